"""The values of the rules, in plain Python: what differs, what is applied, what cannot be."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.charter.rules.values import (
    KEYS,
    ListChange,
    applied,
    difference,
    faults,
    list_changes,
    stale,
    subjects_of,
)

AT_FIRST: dict[str, Any] = {
    "floor_minutes": -600,
    "soft_floor_minutes": -480,
    "ceiling_minutes": None,
    "soft_ceiling_minutes": 2400,
    "auto_confirm_days": 14,
    "hold_days": 60,
    "inactive_days": 90,
    "recognised_work_credits": False,
    "categories": [["a", "Company", 7], ["b", "Rides", 5]],
    "recognised_work": [["c", "Raising children", 4]],
    "house_rules": "",
}


def values() -> st.SearchStrategy[dict[str, Any]]:
    days, rows = st.integers(1, 90), st.lists(st.sampled_from("abcdef"), min_size=1, max_size=4, unique=True)
    listed = rows.map(lambda keys: [[key, f"Name {key}", 5] for key in keys])
    return st.fixed_dictionaries(
        {
            "floor_minutes": st.integers(-6000, -100),
            "soft_floor_minutes": st.one_of(st.none(), st.integers(-100, 0)),
            "ceiling_minutes": st.one_of(st.none(), st.integers(5000, 9000)),
            "soft_ceiling_minutes": st.one_of(st.none(), st.integers(0, 5000)),
            "auto_confirm_days": days,
            "hold_days": days,
            "inactive_days": days,
            "recognised_work_credits": st.booleans(),
            "categories": listed,
            "recognised_work": listed,
            "house_rules": st.text(max_size=20),
        }
    )


@given(values(), values())
def test_what_differs_applied_to_the_one_makes_the_other(before, after):
    assert applied(before, difference(before, after)) == after


@given(values(), values())
def test_a_change_is_never_stale_against_what_it_was_made_from(before, after):
    assert stale(before, difference(before, after)) == []


@given(values())
def test_whatever_fits_has_no_faults_and_does_not_differ_from_itself(one):
    assert faults(one) == []
    assert difference(one, deepcopy(one)) == {}


@given(values(), values())
def test_two_lists_without_a_change_between_them_are_the_same(before, after):
    told = list_changes(before["categories"], after["categories"])

    assert (told == []) == (before["categories"] == after["categories"])


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("floor_minutes", 1), ("floor_minutes", -60_001), ("floor_minutes", None), ("floor_minutes", True),
        ("soft_floor_minutes", -601), ("soft_floor_minutes", 1), ("ceiling_minutes", 0), ("ceiling_minutes", "60"),
        ("soft_ceiling_minutes", -1), ("auto_confirm_days", 0), ("auto_confirm_days", 91), ("hold_days", 366),
        ("inactive_days", 731), ("recognised_work_credits", 1), ("house_rules", "x" * 3001), ("house_rules", None),
        ("categories", []), ("categories", [["a", " ", 5]]), ("categories", [["a", "x" * 61, 5]]),
        ("categories", [["a", "Rides", 10]]), ("categories", [["a", "Rides", 5], ["b", "RIDES", 5]]),
        ("categories", [["a", "Rides", 5], ["a", "Company", 5]]), ("categories", [["a", "Rides"]]),
        ("recognised_work", "none"),
    ],
)  # fmt: skip
def test_values_that_no_community_can_have_are_named(key, value):
    assert key in faults({**AT_FIRST, key: value})


def test_a_ceiling_below_the_kind_word_names_the_kind_word():
    assert faults({**AT_FIRST, "ceiling_minutes": 2000}) == ["soft_ceiling_minutes"]


def test_an_empty_list_of_recognised_work_is_fine():
    assert faults({**AT_FIRST, "recognised_work": []}) == []


def test_a_list_tells_what_was_added_left_renamed_regrouped_and_moved():
    after = [["b", "Rides and errands", 5], ["a", "Company", 2], ["d", "Bees", 8]]

    assert list_changes(AT_FIRST["categories"], after) == [
        ListChange("added", "", "Bees"),
        ListChange("regrouped", "7", "2"),
        ListChange("renamed", "Rides", "Rides and errands"),
        ListChange("order", "Company, Rides", "Rides and errands, Company, Bees"),
    ]
    assert list_changes(after, after[:2]) == [ListChange("left", "Bees", "")]


def test_the_four_limits_count_as_one_subject():
    assert subjects_of({"floor_minutes": 0, "soft_floor_minutes": 0, "hold_days": 0}) == {"limits", "hold_days"}


def test_every_key_is_looked_at():
    assert set(AT_FIRST) == set(KEYS)
