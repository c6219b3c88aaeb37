"""Votes of every kind, as pure values: what ballots say, how they are counted, and what is kept back."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.decisions.rules.ballots import (
    NotABallot,
    Style,
    cells,
    checked,
    marks_text,
    order_from,
    points_of,
    points_text,
    ranks_of,
)
from alongside.decisions.rules.kinds import KINDS, CannotCount, Choice, Terms, counted, tallies, usual_quorum
from alongside.decisions.rules.publishing import published, sealed_sides

ROLLS = {"uses": 6, "provides": 6}
ALL = usual_quorum("approval", Fraction(1, 4))


def terms(rule, *names, costs=(), sides=(), **more):
    choices = tuple(
        Choice(number, name, costs[number - 1] if costs else 0, sides[number - 1] if sides else "")
        for number, name in enumerate(names, 1)
    )
    return Terms(rule, usual_quorum(rule, Fraction(1, 4)), choices=choices, **more)


def cast(uses, provides):
    return [*(("uses", text) for text in uses), *(("provides", text) for text in provides)]


@pytest.mark.parametrize(
    ("style", "text", "why"),
    [
        (Style.WORD, "maybe", "unknown"),
        (Style.WORD, "", "empty"),
        (Style.STEP, "9", "unknown"),
        (Style.STEP, "abstain", "unknown"),
        (Style.MARKS, "4", "unknown"),
        (Style.MARKS, "1,1", "twice"),
        (Style.MARKS, "0", "unknown"),
        (Style.MARKS, "\u0661", "unknown"),
        (Style.MARKS, "1,,2", "unknown"),
        (Style.RANKS, "1>2>1", "twice"),
        (Style.RANKS, "3>4", "unknown"),
        (Style.POINTS, "1=6", "points"),
        (Style.POINTS, "1=-1", "points"),
        (Style.POINTS, "1=2,1=3", "twice"),
        (Style.POINTS, "1", "points"),
    ],
)
def test_what_cannot_be_counted_is_refused_by_name(style, text, why):
    with pytest.raises(NotABallot) as fault:
        checked(style, text, options=3)

    assert fault.value.why == why


@given(st.permutations([1, 2, 3, 4, 5]), st.integers(1, 5))
def test_an_order_is_written_and_read_the_same(order, many):
    text = ">".join(map(str, order[:many]))

    assert checked(Style.RANKS, text, options=5) == text
    assert order_from({option: place for place, option in enumerate(ranks_of(text), 1)}) == text


@given(st.dictionaries(st.integers(1, 24), st.integers(0, 5), min_size=1))
def test_points_are_written_and_read_the_same(points):
    given_some = {option: many for option, many in points.items() if many}
    if not given_some:
        with pytest.raises(NotABallot):
            points_text(points)
        return

    text = checked(Style.POINTS, points_text(points), options=24)

    assert points_of(text) == given_some
    assert len(text) <= 160


def test_an_order_with_a_gap_or_a_number_twice_is_told_so():
    with pytest.raises(NotABallot, match="order"):
        order_from({1: 1, 2: 3})
    with pytest.raises(NotABallot, match="twice"):
        order_from({1: 1, 2: 1})
    with pytest.raises(NotABallot, match="empty"):
        marks_text([])


def test_what_all_of_a_side_tick_gives_them_away_even_where_the_rest_differs():
    found = terms("approval", "tea", "soup", "cake")
    ballots = cast(["1,2", "1,3", "1", "1,2", "1,3"], ["1", "2", "3", "1,2", "2,3"])

    assert sealed_sides(found, ROLLS, ballots, is_secret=True) == ("uses",)
    assert sealed_sides(found, ROLLS, ballots, is_secret=False) == ()
    assert cells(Style.RANKS, "3>1") == {"1:3", "2:1"}


def test_one_sealed_side_keeps_back_what_all_together_would_tell():
    found = terms("approval", "tea", "soup")
    ballots = cast(["1"] * 5, ["1", "2", "2", "2", "1,2"])
    count = counted(found, ROLLS, ballots)

    shown = published(found, count, ROLLS, ballots, is_secret=True)

    assert shown["winners"] == [1]
    assert shown["steps"] == []
    assert set(shown["tallies"]) == {"provides"}


def test_too_few_on_one_side_choose_nothing():
    count = counted(terms("approval", "tea", "soup"), ROLLS, cast(["1"] * 6, ["1"]))

    assert (count.outcome, count.winners) == ("not_quorate", ())
    assert count.says == {"uses": "took_part", "provides": "not_quorate"}


def test_who_leaves_it_to_the_others_takes_part_and_marks_nothing():
    count = counted(terms("approval", "tea", "soup"), ROLLS, cast(["abstain"] * 6, ["abstain"] * 6))

    assert (count.outcome, count.winners) == ("not_passed", ())


@pytest.mark.parametrize(
    ("rule", "uses", "provides", "winners"),
    [
        ("approval", ["1,2", "2", "3"], ["2", "1", "1,2"], (2,)),
        ("score", ["1=5", "1=5,2=1", "2=1"], ["3=5", "3=4", "abstain"], (1,)),
        ("schulze", ["1>2>3", "1>3", "2>1"], ["3>1", "1", "2>1>3"], (1,)),
    ],
)
def test_choosing_among_several(rule, uses, provides, winners):
    count = counted(terms(rule, "a", "b", "c"), ROLLS, cast(uses, provides))

    assert count.winners == winners
    assert count.outcome == "passed"


def test_each_side_elects_its_own_and_steps_tell_which_side_they_are_about():
    found = terms(
        "scottish-stv", "", "", "", "", sides=("uses", "uses", "provides", "provides"), seats=1, seed="published"
    )

    count = counted(found, ROLLS, cast(["1>2", "2", "2>1"], ["3", "3>4", "4"]))

    assert count.winners == (2, 3)
    assert {one.side for one in count.steps} == {"uses", "provides"}


def test_more_seats_than_candidates_cannot_be_counted():
    found = terms("scottish-stv", "", "", sides=("uses", "provides"), seats=2)

    with pytest.raises(CannotCount):
        counted(found, ROLLS, cast(["1", "1"], ["2", "2"]))


def test_each_side_holds_half_of_a_budget():
    """Vector 7 of the rule: two of one side pay for X, eight of the other for Y."""
    found = terms("equal-power-mes", "X", "Y", costs=(500, 500), budget=1000)

    count = counted(found, {"uses": 8, "provides": 2}, cast(["2"] * 8, ["1"] * 2))

    assert set(count.winners) == {1, 2}


def test_gradients_ask_the_middle_of_each_side():
    found = terms("gradients")

    assert counted(found, ROLLS, cast(["8", "6", "6", "3"], ["7", "7", "6"])).outcome == "passed"
    split = counted(found, ROLLS, cast(["8", "6", "6"], ["5", "5", "7"]))
    assert split.says == {"uses": "agrees", "provides": "disagrees"}
    assert split.outcome == "split"
    assert counted(found, ROLLS, cast(["8", "8", "8"], ["8", "8", "1"])).outcome == "not_passed"


BALLOTS = {
    Style.WORD: st.sampled_from(["yes", "no", "abstain"]),
    Style.STEP: st.sampled_from([str(number) for number in range(1, 9)]),
    Style.MARKS: st.one_of(st.just("abstain"), st.sets(st.integers(1, 4), min_size=1).map(marks_text)),
    Style.RANKS: st.permutations([1, 2, 3, 4]).map(lambda order: ">".join(map(str, order))),
    Style.POINTS: st.dictionaries(st.integers(1, 4), st.integers(1, 5), min_size=1).map(points_text),
}


@pytest.mark.parametrize("rule", [rule for rule in KINDS if rule != "scottish-stv"])
@given(data=st.data())
def test_the_order_of_ballots_changes_nothing_and_every_count_adds_up(rule, data):
    found = terms(rule, "a", "b", "c", "d", costs=(40, 50, 30, 20), budget=100, seats=2, seed="published")
    one = BALLOTS[KINDS[rule].style]
    ballots = cast(data.draw(st.lists(one, max_size=6)), data.draw(st.lists(one, max_size=6)))
    shuffled = data.draw(st.permutations(ballots))

    count = counted(found, ROLLS, ballots)

    assert counted(found, ROLLS, shuffled).winners == count.winners
    assert counted(found, ROLLS, shuffled).outcome == count.outcome
    assert tallies(found, ROLLS, shuffled) == tallies(found, ROLLS, ballots)
    if KINDS[rule].has_budget:
        assert sum(found.choices[winner - 1].cost for winner in count.winners) <= found.budget
