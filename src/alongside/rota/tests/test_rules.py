"""What a design says about rotas: the duties it asks for, what is owed, and what cannot be."""

import re
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.rota.rules.ledger import Served, reckon
from alongside.rota.rules.opening import Stretch, Turn, checked_needed, duties_in, months_in, owed, together
from alongside.rota.rules.section import SECTION, Money, money_of

DUTY = {"name": "Cook", "people": 1, "on": ["monday"], "starts": "09:00", "length": "3h"}
MONDAY = date(2026, 4, 6)
wall = datetime.fromisoformat


def faults(**rota: Any) -> list[str]:
    """What is wrong with a design that says this about rotas."""
    told = {"duties": [DUTY], **rota}
    shape = [str(each) for each in SECTION.shape.faults(told, ("rota",))]
    return shape or [str(each) for each in SECTION.check({"rota": told})]


def test_a_design_that_can_be_has_no_faults():
    assert faults() == []


@pytest.mark.parametrize(
    ("rota", "words"),
    [
        pytest.param({"duties": []}, "1 to 12 entries fit", id="no duties"),
        pytest.param({"duties": [{**DUTY, "on": []}]}, "say on which days of the week", id="neither days nor sessions"),
        pytest.param({"duties": [{**DUTY, "starts": "22:00"}]}, "ends on the day", id="beyond midnight"),
        pytest.param({"duties": [DUTY, {**DUTY, "name": "cook"}]}, "stands here twice", id="two of one name"),
        pytest.param({"owed": [{"name": "a", "least": 3, "most": 2}]}, "cannot both be", id="most below least"),
        pytest.param(
            {"owed": [{"name": "a", "least": 7}], "most_a_week": 1}, "at most 6 fit", id="more than weeks allow"
        ),
        pytest.param(
            {"owed": [{"name": "a", "least": 2}], "spacing": {"days": 5, "counted_in": "opening days"}},
            "at most 1 fit", id="more than days between allow",
        ),
        pytest.param({"ratio": {"adults": 2, "counts_with": ["x"]}}, "2 adults are needed", id="too few adults"),
        pytest.param(
            {"ratio": {"children": 9, "counts_with": ["x"]}}, '"for_one_adult" is missing', id="children alone"
        ),
        pytest.param({"ratio": {"counts_with": ["x"]}}, '"adults" is missing', id="a ratio of nothing"),
        pytest.param({"fee": {}}, '"each" is missing', id="a fee of nothing"),
        pytest.param({"fee": {"each": "12 pounds"}}, "an amount of money", id="no money"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_with_a_hint(rota: dict[str, Any], words: str):
    assert words in " ".join(faults(**rota))


def test_duties_are_on_their_days_but_not_on_closed_ones():
    found = duties_in({"duties": [DUTY]}, MONDAY, date(2026, 4, 30), closed={date(2026, 4, 13)})

    assert [one.day.day for one in found] == [6, 20, 27]
    assert (found[0].starts, found[0].minutes) == (wall("2026-04-06T09:00"), 180)


def test_a_duty_without_days_is_at_every_session_as_long_as_it_takes():
    sessions = [Turn(wall("2026-04-08T18:30"), 150), Turn(wall("2026-05-08T18:30"), 150)]

    found = duties_in({"duties": [{"name": "Tea", "people": 2}]}, MONDAY, date(2026, 4, 30), sessions=sessions)

    assert [(one.starts, one.minutes, one.people) for one in found] == [(wall("2026-04-08T18:30"), 150, 2)]


@pytest.mark.parametrize(
    ("ratio", "needed"),
    [
        ({"children": 16, "for_one_adult": 8, "staff": 1}, 1),
        ({"children": 17, "for_one_adult": 8, "staff": 1}, 2),
        ({"children": 23, "for_one_adult": 4, "staff": 3}, 3),
        ({"adults": 2}, 2),
        ({"adults": 2, "staff": 5}, 0),
    ],
)
def test_staff_count_among_the_adults_that_children_need(ratio: dict[str, int], needed: int):
    assert checked_needed({"ratio": ratio}) == needed


def test_what_is_under_way_together_is_found_at_every_moment():
    def at(hour: int) -> datetime:
        return wall(f"2026-04-06T{hour:02}:00")

    found = together({"early": (at(8), at(12)), "late": (at(11), at(15)), "short": (at(13), at(14))})

    assert found == [("early",), ("early", "late"), ("late",), ("late", "short")]


def test_of_a_month_that_is_cut_only_its_part_is_owed():
    opening = {date(2026, 4, day) for day in (20, 21, 22, 23, 24)}
    found = months_in(date(2026, 4, 20), date(2026, 4, 26), opening=opening, of_month={date(2026, 4, 1): 20})

    assert found == [Stretch(date(2026, 4, 20), date(2026, 4, 26), 5, 20)]
    assert owed({"least": 4, "most": 6}, found[0]) == (1, 2)
    assert owed({"least": 4}, found[0], free_days=2) == (0, None)


@given(st.integers(0, 60), st.integers(1, 31), st.integers(0, 31))
@settings(max_examples=60)
def test_nobody_owes_more_for_a_part_than_for_the_whole(least: int, whole: int, part: int):
    stretch = Stretch(MONDAY, MONDAY, min(part, whole), whole)

    assert 0 <= owed({"least": least}, stretch)[0] <= least


@given(st.integers(0, 20), st.lists(st.sampled_from(["", "done", "not_done"]), max_size=20))
@settings(max_examples=60)
def test_what_was_done_or_is_still_to_come_is_never_missing(least: int, outcomes: list[str]):
    total = reckon(least, [Served(60, one) for one in outcomes], each=Money(1500, "GBP"), is_free=False)

    assert total.missing == max(0, least - outcomes.count("done") - outcomes.count(""))
    assert (total.fee is None) == (total.missing == 0)
    assert total.minutes == 60 * outcomes.count("done")


@pytest.mark.parametrize("text", ["", "12", "GBP 12", "12.5 GBP", "0 GBP", "0.00 GBP", "-1 GBP", "12 gbp", "1e3 GBP"])
def test_only_an_amount_of_money_is_one(text: str):
    with pytest.raises(ValueError, match=re.escape(text)):
        money_of(text)


def test_money_is_counted_in_its_smallest_units():
    assert [money_of("12.50 GBP"), money_of("3 EUR")] == [Money(1250, "GBP"), Money(300, "EUR")]
