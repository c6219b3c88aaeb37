"""Last days, who lacks what, and what runs out, against walking through the calendar day by day."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.safeguarding.rules import (
    DAY,
    End,
    Span,
    end_near,
    first_short_day,
    free_place,
    holding,
    in_order,
    last_covered_day,
    last_day,
    missing,
)

MARCH = date(2026, 3, 1)
DAYS = st.integers(0, 60).map(lambda days: MARCH + timedelta(days=days))
SPANS = st.lists(
    st.builds(
        lambda since, length: Span(since, None if length is None else since + timedelta(days=length)),
        DAYS,
        st.none() | st.integers(0, 40),
    ),
    max_size=5,
)
NEEDED = st.integers(1, 3)


@pytest.mark.parametrize(
    ("seen_on", "months", "last"),
    [
        pytest.param(date(2026, 3, 3), 12, date(2027, 3, 3), id="a year"),
        pytest.param(date(2024, 2, 29), 12, date(2025, 2, 28), id="a leap day and a year"),
        pytest.param(date(2024, 2, 29), 48, date(2028, 2, 29), id="a leap day and four years"),
        pytest.param(date(2026, 1, 31), 1, date(2026, 2, 28), id="into a shorter month"),
        pytest.param(date(2026, 12, 15), 1, date(2027, 1, 15), id="over New Year"),
        pytest.param(date(2026, 3, 3), None, None, id="it never ends"),
        pytest.param(date(9999, 3, 3), 12, None, id="beyond the calendar"),
    ],
)
def test_the_last_day_of_a_check(seen_on: date, months: int | None, last: date | None):
    assert last_day(seen_on, months) == last


@given(st.dates(max_value=date(9000, 1, 1)), st.integers(1, 120))
def test_a_last_day_lies_in_the_month_that_was_meant(seen_on: date, months: int):
    last = last_day(seen_on, months)

    assert last is not None
    assert (last.year - seen_on.year) * 12 + last.month - seen_on.month == months
    assert last.day == seen_on.day or (last.day < seen_on.day and (last + DAY).day == 1)


@given(SPANS, NEEDED, DAYS)
def test_the_first_short_day_is_the_one_a_walk_finds(spans: list[Span], needed: int, on: date):
    walked = next((day for n in range(200) if holding(spans, day := on + n * DAY) < needed), None)

    assert first_short_day(spans, needed=needed, on=on) == walked


@given(SPANS, NEEDED, DAYS)
def test_the_last_covered_day_is_the_one_a_walk_back_finds(spans: list[Span], needed: int, before: date):
    walked = next((day for n in range(1, 200) if holding(spans, day := before - n * DAY) >= needed), None)

    assert last_covered_day(spans, needed=needed, before=before) == walked


@given(SPANS, NEEDED, DAYS)
def test_what_is_near_its_end_is_covered_on_the_last_day_and_short_the_day_after(
    spans: list[Span], needed: int, on: date
):
    end = end_near(spans, needed=needed, on=on, before=10, after=10)

    if end is not None:
        assert holding(spans, end.last_day) >= needed > holding(spans, end.last_day + DAY)
        assert end.over == (end.last_day < on)
        assert abs((end.last_day - on).days) <= 10


@pytest.mark.parametrize(
    ("until", "renewed_until", "end"),
    [
        pytest.param(10, None, End(MARCH + 10 * DAY, over=False), id="in ten days"),
        pytest.param(31, None, None, id="in more than thirty"),
        pytest.param(10, 300, None, id="renewed in time"),
        pytest.param(0, None, End(MARCH, over=False), id="today is the last day"),
        pytest.param(-1, None, End(MARCH - DAY, over=True), id="yesterday was"),
        pytest.param(-1, 20, End(MARCH + 20 * DAY, over=False), id="renewed for a short while"),
        pytest.param(-61, None, None, id="so long ago that nobody asks"),
    ],
)
def test_what_runs_out(until: int, renewed_until: int | None, end: End | None):
    spans = [Span(MARCH - 400 * DAY, MARCH + until * DAY)]
    if renewed_until is not None:
        spans.append(Span(MARCH - DAY, MARCH + renewed_until * DAY))

    assert end_near(spans, needed=1, on=MARCH) == end


@given(st.dictionaries(st.integers(0, 4), st.integers(0, 3)), st.dictionaries(st.integers(0, 4), st.integers(1, 3)))
def test_with_what_is_missing_there_is_enough(held: dict[int, int], needed: dict[int, int]):
    lacks = missing(held, needed)

    assert all(count > 0 for count in lacks.values())
    assert {kind: max(held.get(kind, 0), needed[kind]) for kind in needed} == {
        kind: held.get(kind, 0) + lacks.get(kind, 0) for kind in needed
    }


@given(st.sets(st.integers(1, 6)), st.integers(1, 5))
def test_a_free_place_is_the_first_one_not_taken(taken: set[int], places: int):
    place = free_place(taken, places=places)

    assert place == min(set(range(1, places + 1)) - taken, default=None)


@given(st.uuids(), st.uuids())
def test_a_pair_has_one_order_whoever_is_named_first(one: UUID, other: UUID):
    assert in_order(one, other) == in_order(other, one)
    assert set(in_order(one, other)) == {one, other}
