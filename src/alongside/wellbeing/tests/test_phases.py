"""Visits by phases: the totals that are published come out of the blueprint, and what a moved day does."""

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from alongside.programs.rules.blueprint import fill, read
from alongside.programs.serving import sections
from alongside.programs.shipped import FOLDER
from alongside.wellbeing.rules.phases import (
    ENROLMENT,
    STEPS,
    THE_DAY,
    Dosage,
    Phase,
    dosage,
    expected_visits,
    moves,
    phases_of,
)

ENROLLED = date(2026, 3, 3)
BIRTH_WEEK = 40
HOME_VISITING = FOLDER / "home-visiting.toml"


def from_the_file() -> list[Phase]:
    """The phases of the home-visiting blueprint, with every question answered as most would."""
    blueprint = read(HOME_VISITING.read_text(), sections())
    design = fill(blueprint, {ask.key: ask.usual for ask in blueprint.asks}, sections())
    return phases_of(design["visits"])


def visits(enrolled_in_week: int, *, born_in_week: int = BIRTH_WEEK):
    born = ENROLLED + timedelta(weeks=born_in_week - enrolled_in_week)
    return expected_visits(from_the_file(), enrolled_on=ENROLLED, the_day=born), born


@pytest.mark.parametrize(("week", "total"), [(11, 67), (12, 67), (14, 66), (16, 65), (18, 64), (20, 63), (28, 59)])
def test_the_published_totals_come_out_of_the_blueprint(week, total):
    found, _born = visits(week)

    assert len(found) == total


@pytest.mark.parametrize("week", [11, 12, 14, 16, 18, 20, 28])
def test_fifty_one_visits_come_after_the_birth_whenever_somebody_enrols(week):
    found, born = visits(week)

    assert sum(each.due_on > born for each in found) == 51


def test_the_visits_after_a_birth_fall_in_the_weeks_that_are_published():
    found, born = visits(12)

    weeks = [(each.due_on - born).days // 7 for each in found if each.due_on > born]
    assert weeks[:48] == [1, 2, 3, 4, 5, 6, *range(8, 91, 2)]
    assert [each.due_on for each in found[-3:]] == [born + relativedelta(months=months) for months in (22, 23, 24)]


def test_a_birth_that_comes_early_takes_the_visits_before_it_away_and_moves_those_after():
    planned, born = visits(12)
    early, born_early = visits(12, born_in_week=35)

    before = [each for each in planned if each.due_on < born_early]
    assert [each for each in early if each.due_on < born_early] == before
    moved = {each.slot: each.due_on for each in early if each.due_on > born_early}
    weekly = {each.slot: each.due_on for each in planned if each.due_on > born and each.number <= 40}
    assert all(weekly[slot] - moved[slot] == timedelta(weeks=5) for slot in weekly if slot[0] != planned[-1].phase)


def test_without_a_day_only_what_does_not_need_it_is_due():
    found = expected_visits(from_the_file(), enrolled_on=ENROLLED, the_day=None)

    assert len(found) == 4
    assert found[0].due_on == ENROLLED


def test_whoever_enrols_after_the_day_misses_what_was_due_before():
    born = ENROLLED - timedelta(weeks=3)

    found = expected_visits(from_the_file(), enrolled_on=ENROLLED, the_day=born)

    assert found[0].due_on == ENROLLED
    assert found[0].number == 3


phases_that_fit = st.tuples(
    st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.integers(1, 6)), max_size=2),
    st.booleans(),
    st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.integers(1, 8)), max_size=3),
)


def made(drawn) -> list[Phase]:
    before, goes_on, after_the_day = drawn
    first = [Phase(f"before {n}", ENROLMENT, every, times) for n, (every, times) in enumerate(before)]
    open_one = [Phase("until the day", ENROLMENT, "two weeks")] if goes_on else []
    later = [Phase(f"after {n}", THE_DAY, every, times) for n, (every, times) in enumerate(after_the_day)]
    return [*first, *open_one, *later]


@given(phases_that_fit, st.integers(0, 700))
def test_visits_come_one_after_the_other_each_on_its_side_of_the_day(drawn, days):
    phases, the_day = made(drawn), ENROLLED + timedelta(days=days)

    found = expected_visits(phases, enrolled_on=ENROLLED, the_day=the_day)

    assert [each.due_on for each in found] == sorted({each.due_on for each in found})
    assert len({each.slot for each in found}) == len(found)
    side = {phase.name: phase.counts_from for phase in phases}
    assert all((each.due_on < the_day) == (side[each.phase] == ENROLMENT) for each in found)


@given(phases_that_fit, st.integers(0, 700), st.integers(0, 700), st.data())
def test_a_moved_day_leaves_what_took_place_and_plans_the_rest_anew(drawn, days, moved_days, data):
    phases = made(drawn)
    before = expected_visits(phases, enrolled_on=ENROLLED, the_day=ENROLLED + timedelta(days=days))
    settled = before[: data.draw(st.integers(0, len(before)))]
    planned = {each.slot: each.due_on for each in before[len(settled) :]}
    after = expected_visits(phases, enrolled_on=ENROLLED, the_day=ENROLLED + timedelta(days=moved_days))

    told = moves(after, planned=planned, settled=[each.slot for each in settled])
    result = {slot: day for slot, day in planned.items() if slot not in told.dropped} | told.moved
    result |= {each.slot: each.due_on for each in told.added}

    assert result == {each.slot: each.due_on for each in after if each.slot not in {each.slot for each in settled}}
    assert not {each.slot for each in settled} & (set(result) | set(told.dropped))
    assert moves(after, planned=result, settled=[each.slot for each in settled]).count == 0


@given(phases_that_fit, st.integers(0, 700), st.integers(0, 900))
def test_what_was_due_grows_day_by_day_to_all_there_is(drawn, days, on):
    found = expected_visits(made(drawn), enrolled_on=ENROLLED, the_day=ENROLLED + timedelta(days=days))

    one, next_day, end = (
        sum(each.expected for each in dosage(found, [], on=day))
        for day in (ENROLLED + timedelta(days=on), ENROLLED + timedelta(days=on + 1), date(2050, 1, 1))
    )

    assert one <= next_day <= end == len(found)


def test_done_and_due_are_told_phase_by_phase():
    found, _born = visits(12)
    first, second = found[0].phase, found[4].phase

    told = dosage(found, [first, first, first, "As it was called before"], on=ENROLLED + timedelta(weeks=5))

    assert told[:2] == [Dosage(first, 3, 4), Dosage(second, 0, 1)]
    assert told[-1] == Dosage("As it was called before", 1, 0)
