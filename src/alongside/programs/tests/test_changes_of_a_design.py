"""A change says exactly what it changes: values by name, before and after; entries have places of their own."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.programs.places import NEW, NoSuchPlace, fields_of, place_of, value_of, with_value, without
from alongside.programs.rules.blueprint import fill
from alongside.programs.rules.design import applied, difference, meets, stale, value_at
from alongside.programs.serving import sections
from alongside.programs.shipped import shipped
from alongside.programs.words import label_of, lines_of

NAMES = st.sampled_from(["a", "b", "c d"])
VALUES = st.one_of(st.integers(0, 3), st.lists(st.integers(0, 2), max_size=2), st.text("xy", max_size=2))
DESIGNS = st.dictionaries(
    NAMES, st.dictionaries(NAMES, st.one_of(VALUES, st.dictionaries(NAMES, VALUES, min_size=1)), min_size=1)
)


def course() -> dict[str, Any]:
    """The course as most would answer."""
    blueprint = next(each for each in shipped() if each.id == "peer-course")
    return fill(blueprint, {ask.key: ask.usual for ask in blueprint.asks}, sections())


@given(DESIGNS, DESIGNS)
def test_a_change_makes_the_one_design_of_the_other_and_back(before, after):
    change = difference(before, after)

    assert applied(before, change) == after
    assert applied(after, {name: [new, old] for name, (old, new) in change.items()}) == before
    assert bool(change) == (before != after)


@given(DESIGNS, DESIGNS)
def test_applying_a_change_leaves_the_given_design_alone(before, after):
    kept = deepcopy(before)

    applied(before, difference(before, after))

    assert before == kept


@given(DESIGNS, DESIGNS)
def test_a_fresh_change_is_not_stale_and_one_that_was_made_is(before, after):
    change = difference(before, after)

    assert stale(before, change) == []
    assert stale(after, change) == list(change)


def test_changes_meet_where_one_touches_a_part_of_the_other():
    one: dict[str, list[Any]] = {"sessions.leaders.count": [2, 3], "purpose.why": ["a", "b"]}

    assert meets(one, {"sessions.leaders": [{}, None]}) == ["sessions.leaders.count"]
    assert meets(one, {"sessions.leaders.counts": [1, 2]}) == []


def test_a_further_session_comes_where_it_is_put():
    design = course()
    place = place_of(f"sessions.plan:{NEW}", design)

    after = with_value(design, place, {"title": "A cooking week"}, position=1)

    assert [each["title"] for each in after["sessions"]["plan"]][:2] == [
        "Who we are, and what a plan is", "A cooking week",
    ]  # fmt: skip
    assert len(after["sessions"]["plan"]) == len(design["sessions"]["plan"]) + 1


def test_a_session_can_be_moved_changed_and_left_out():
    design = course()
    third = place_of("sessions.plan:2", design)
    title = value_of(design, third)["title"]

    moved = with_value(design, third, {"title": "Moved"}, position=0)
    gone = without(design, third)

    assert moved["sessions"]["plan"][0] == {"title": "Moved"}
    assert len(moved["sessions"]["plan"]) == len(design["sessions"]["plan"])
    assert title not in [each["title"] for each in gone["sessions"]["plan"]]


def test_a_new_role_gets_a_name_of_its_own():
    design = course()
    place = place_of(f"roles:{NEW}", design)

    after = with_value(design, place, {"name": "Leader!", "who": "participant"})
    again = with_value(after, place, {"name": "Élan & 世界", "who": "participant"})

    assert list(after["roles"])[-1] == "leader 2"
    assert list(again["roles"])[-1] == "elan"


@pytest.mark.parametrize(
    "text",
    ["blueprint", "ask", "nothing", "sessions:1", "sessions.plan", "sessions.plan:99", "sessions.plan:-1", "roles:boss",
     "sessions.nothing", "sessions.starts:1", "stages:co-dance"],
)  # fmt: skip
def test_what_no_design_has_is_no_place(text):
    with pytest.raises(NoSuchPlace):
        place_of(text, course())


def test_a_stage_that_the_design_has_not_yet_can_be_proposed():
    design = course()
    del design["board"]["co-plan"]
    place = place_of("board:co-plan", design)

    assert value_of(design, place) == {}
    assert without(design, place) == design
    assert with_value(design, place, {"participant": 3})["board"]["co-plan"] == {"participant": 3}


def test_a_form_never_demands_what_a_design_may_leave_out():
    fields = {each.name: each.must for each in fields_of(place_of("sessions", course()).shape)}

    assert fields["starts"]
    assert not fields["leaders.role"]
    assert "plan" not in fields


def test_lines_say_in_words_what_changes_and_nothing_else():
    design = course()
    plan = [*design["sessions"]["plan"], {"title": "A cooking week"}]
    after = applied(design, {"sessions.plan": [None, plan], "sessions.every": [None, "two weeks"]})

    lines = [(line.label, line.before, line.after) for line in lines_of(difference(design, after))]

    assert lines == [
        ("Sessions · How often", "every week", "every two weeks"),
        ("Sessions · Session plan 5", "–", "A cooking week"),
    ]


def test_every_value_has_a_name_in_words():
    assert label_of("deciding.share") == "How changes are decided · At least this share of each side"
    assert label_of("sides.people") == "Who must agree · people who use it"
    assert value_at(course(), "deciding.share") == "1/4"
