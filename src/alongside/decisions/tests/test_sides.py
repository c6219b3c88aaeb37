"""Yes or no by sides: the test vectors, what may never happen, and what is shown to happen under a turnout quorum."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.decisions.rules.explaining import for_side, in_english
from alongside.decisions.rules.recounting import as_data, quorum_of, recount, tallied
from alongside.decisions.rules.sides import (
    HALF,
    NotATally,
    OnTwoRolls,
    Outcome,
    Quorum,
    Says,
    Tally,
    check_rolls,
    combined,
    conciliation,
    conciliation_size,
    double_majority,
    enough_yes,
    parity_score,
    parity_weighted,
    pooled,
    says,
)

TURNOUT = Quorum.turnout()
VECTORS = [
    pytest.param((4, 4, 0), (100, 45, 55), "split", "29/40", False, id="1 staff yes, participants no"),
    pytest.param((10, 5, 5), (20, 15, 5), "split", "5/8", True, id="2 staff tied"),
    pytest.param((10, 6, 4), (20, 11, 9), "passed", "23/40", True, id="3 both agree"),
    pytest.param((10, 6, 2, 2), (40, 12, 7), "not_quorate", "105/152", True, id="4 too few participants"),
    pytest.param((10, 6, 2, 2), (40, 12, 8), "passed", "27/40", True, id="5 one more no, and it passes"),
    pytest.param((3, 2, 1), (30, 16, 14), "passed", "3/5", True, id="6 a small side"),
]


@pytest.mark.parametrize(("staff", "participants", "outcome", "parity", "one_head"), VECTORS)
def test_vectors(staff, participants, outcome, parity, one_head):
    sides = {"staff": Tally(*staff), "participants": Tally(*participants)}

    assert double_majority(sides, quorum=TURNOUT).outcome == outcome
    assert parity_score(sides) == Fraction(parity)
    assert pooled(sides) is one_head
    weighted = parity_weighted(sides, quorum=TURNOUT)
    assert weighted.outcome == ("not_quorate" if outcome == "not_quorate" else "passed")


def test_a_split_opens_conciliation_between_equal_numbers():
    sides = {"staff": Tally(2, 2, 0), "participants": Tally(100, 45, 55)}
    decided = double_majority(sides, quorum=TURNOUT)

    assert decided.outcome is Outcome.SPLIT
    assert conciliation_size({"staff": 2, "participants": 100}) == 2
    assert "2 people from each side" in in_english(decided.steps)[-1]


def test_conciliators_are_drawn_by_a_published_seed():
    willing = {"staff": ["s1", "s2", "s3", "s4"], "participants": ["p9", "p2", "p5", "p7", "p1"]}
    rolls = {"staff": 10, "participants": 40}

    drawn = conciliation(rolls, willing, seed="12 May")

    assert {side: len(people) for side, people in drawn.members.items()} == {"staff": 3, "participants": 3}
    again = conciliation(rolls, {side: people[::-1] for side, people in willing.items()}, seed="12 May")
    assert again == drawn
    assert (drawn.rounds, drawn.days) == (2, 14)
    few = conciliation(rolls, {"staff": ["s1"], "participants": ["p1", "p2"]}, seed="")
    assert {side: len(people) for side, people in few.members.items()} == {"staff": 1, "participants": 1}


@pytest.mark.parametrize(
    ("threshold", "yes", "no", "passes"),
    [
        pytest.param("1/2", 5, 5, False, id="half is a tie"),
        pytest.param("2/3", 6, 3, True, id="two thirds may be met exactly"),
        pytest.param("2/3", 66666666, 33333334, False, id="a hair below two thirds"),
        pytest.param("1/2", 50000000000000001, 50000000000000000, True, id="one voice more than doubles can tell"),
    ],
)
def test_thresholds_are_compared_exactly(threshold, yes, no, passes):
    sides = {side: Tally(10**18, yes, no) for side in ("staff", "participants")}

    decided = double_majority(sides, quorum=Quorum.turnout(Fraction(0)), threshold=Fraction(threshold))

    assert decided.passed is passes


def test_nobody_voting_and_nobody_there_leave_things_as_they_are():
    silent = {"staff": Tally(4, 0, 0), "participants": Tally(9, 0, 0)}

    assert not double_majority(silent).passed
    assert double_majority(silent, quorum=Quorum.turnout(Fraction(0))).outcome is Outcome.NOT_PASSED
    assert not double_majority({"staff": Tally(0, 0, 0), "participants": Tally(0, 0, 0)}).passed
    assert not double_majority({}).passed


def test_the_usual_quorum_is_a_quarter_of_each_roll_saying_yes():
    assert double_majority({"staff": Tally(8, 2, 0), "participants": Tally(40, 10, 9)}).passed
    assert double_majority({"staff": Tally(8, 2, 0), "participants": Tally(40, 9, 0)}).outcome is Outcome.NOT_QUORATE


def test_more_votes_than_people_and_people_on_two_rolls_are_refused():
    with pytest.raises(NotATally):
        Tally(3, 2, 2)
    with pytest.raises(OnTwoRolls) as refusal:
        check_rolls({"staff": ["ana", "ben"], "participants": ["ben", "cyd"]})
    assert refusal.value.people == ("ben",)


def test_each_side_is_told_in_words_why():
    sides = {"staff": Tally(4, 4, 0), "participants": Tally(100, 45, 55)}
    decided = double_majority(sides, quorum=TURNOUT)

    told = in_english(for_side(decided.steps, "participants"))

    assert told[0] == "participants: 45 yes, 55 no, 0 abstained, of 100 on the roll."
    assert "participants does not agree: 45 yes against 55 no." in told
    assert not any(line.startswith("staff:") for line in told)


@st.composite
def tallies(draw: st.DrawFn) -> Tally:
    yes, no, abstain = draw(st.tuples(*[st.integers(0, 12)] * 3))
    return Tally(yes + no + abstain + draw(st.integers(0, 12)), yes, no, abstain)


TWO_SIDES = st.fixed_dictionaries({"staff": tallies(), "participants": tallies()})
QUORUMS = st.builds(
    quorum_of, st.sampled_from(["approval", "turnout"]), st.sampled_from(["0", "1/4", "1/3", "1/2", "1"])
)
THRESHOLDS = st.sampled_from([HALF, Fraction(2, 3), Fraction(3, 4)])


@given(TWO_SIDES, QUORUMS, THRESHOLDS)
def test_swapping_the_names_of_the_sides_changes_nothing(sides, quorum, threshold):
    swapped = {"staff": sides["participants"], "participants": sides["staff"]}

    assert (
        double_majority(sides, quorum=quorum, threshold=threshold).outcome
        == double_majority(swapped, quorum=quorum, threshold=threshold).outcome
    )
    assert parity_weighted(sides, quorum=quorum).outcome == parity_weighted(swapped, quorum=quorum).outcome


@given(TWO_SIDES, QUORUMS, THRESHOLDS, st.sampled_from(["staff", "participants"]))
def test_one_more_yes_never_turns_pass_into_fail(sides, quorum, threshold, side):
    old = sides[side]
    if old.voted == old.roll:
        return
    more = {**sides, side: Tally(old.roll, old.yes + 1, old.no, old.abstain)}

    for rule in (
        lambda found: double_majority(found, quorum=quorum, threshold=threshold),
        lambda found: parity_weighted(found, quorum=quorum),
    ):
        assert rule(more).passed or not rule(sides).passed


@given(TWO_SIDES, THRESHOLDS, st.sampled_from(["staff", "participants"]))
def test_one_more_no_never_turns_fail_into_pass_with_an_approval_quorum(sides, threshold, side):
    old = sides[side]
    if old.voted == old.roll:
        return
    more = {**sides, side: Tally(old.roll, old.yes, old.no + 1, old.abstain)}

    assert double_majority(sides, threshold=threshold).passed or not double_majority(more, threshold=threshold).passed


def test_one_more_no_turns_fail_into_pass_with_a_turnout_quorum():
    """The quorum paradox: vectors 4 and 5. It is why approval quorum is the usual one."""
    staff = Tally(10, 6, 2, 2)
    before = {"staff": staff, "participants": Tally(40, 12, 7)}
    after = {"staff": staff, "participants": Tally(40, 12, 8)}

    assert not double_majority(before, quorum=TURNOUT).passed
    assert double_majority(after, quorum=TURNOUT).passed
    assert double_majority(before).passed == double_majority(after).passed


@given(TWO_SIDES, QUORUMS, THRESHOLDS, st.randoms())
def test_a_recount_from_single_ballots_in_any_order_gives_the_stored_result(sides, quorum, threshold, chance):
    stored = double_majority(sides, quorum=quorum, threshold=threshold)
    ballots = [
        (side, word)
        for side, tally in sides.items()
        for word, many in (("yes", tally.yes), ("no", tally.no), ("abstain", tally.abstain))
        for _ in range(many)
    ]
    chance.shuffle(ballots)

    again = tallied(ballots, {side: tally.roll for side, tally in sides.items()})

    assert again == sides
    data = as_data("double-majority", sides, quorum, threshold)
    assert recount("double-majority", again, quorum=quorum, threshold=data["threshold"]) == stored


@pytest.mark.parametrize(
    ("tally", "said"),
    [
        pytest.param((40, 10, 9), Says.AGREES, id="a quarter said yes, and more than said no"),
        pytest.param((40, 10, 10), Says.DISAGREES, id="a tie"),
        pytest.param((40, 2, 10), Says.DISAGREES, id="a quarter said no"),
        pytest.param((40, 9, 9), Says.NOT_QUORATE, id="neither reaches a quarter"),
        pytest.param((40, 9, 0, 31), Says.NOT_QUORATE, id="abstaining says nothing"),
        pytest.param((7, 1, 2), Says.DISAGREES, id="2 is a quarter of 7"),
        pytest.param((9, 1, 2), Says.NOT_QUORATE, id="2 is no quarter of 9"),
    ],
)
def test_enough_noes_settle_what_a_side_says(tally, said):
    assert says(Tally(*tally), quorum=Quorum()) is said


def test_a_side_that_said_no_makes_a_split_although_few_said_yes():
    sides = {"staff": Tally(8, 5, 0), "participants": Tally(40, 3, 22)}

    decided = double_majority(sides)

    assert decided.outcome is Outcome.SPLIT
    assert (
        in_english(for_side(decided.steps, "participants"))[1]
        == "participants: enough of the roll said no to settle it (22, needed 10)."
    )


def test_both_sides_may_say_no_and_one_may_say_too_little():
    no, few = Tally(40, 3, 22), Tally(40, 3, 2)

    assert double_majority({"staff": no, "participants": no}).outcome is Outcome.NOT_PASSED
    assert double_majority({"staff": no, "participants": few}).outcome is Outcome.NOT_QUORATE


@given(TWO_SIDES, THRESHOLDS)
def test_with_an_approval_quorum_passing_is_enough_yes_and_more_yes_than_no_on_every_side(sides, threshold):
    passes = all(4 * tally.yes >= tally.roll and enough_yes(tally.yes_share, threshold) for tally in sides.values())

    assert double_majority(sides, threshold=threshold).passed is passes


@given(TWO_SIDES, QUORUMS, THRESHOLDS)
def test_the_outcome_follows_from_what_each_side_says(sides, quorum, threshold):
    said = {side: says(tally, quorum=quorum, threshold=threshold) for side, tally in sides.items()}

    assert double_majority(sides, quorum=quorum, threshold=threshold).outcome is combined(said)
