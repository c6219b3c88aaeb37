"""Choosing among several: transferable votes, Schulze, approval and score."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.decisions.rules.explaining import in_english
from alongside.decisions.rules.lots import drawn
from alongside.decisions.rules.picking import approval, approvals, score
from alongside.decisions.rules.schulze import pairwise, schulze
from alongside.decisions.rules.scottish import CannotElect, each_side_elects, scottish_stv


def ballots(text: str) -> list[tuple[tuple[str, ...], int]]:
    """Read "3 AB, 2 C": three ballots with A before B, two with C alone."""
    return [(tuple(order), int(many)) for many, order in (part.split() for part in text.split(","))]


def test_a_surplus_is_cut_off_after_five_decimals():
    """Quota 4; A has 7 and passes on 3/7 = 0.42857 of each ballot, which is 2.99999 in all."""
    elected = scottish_stv("ABC", ballots("7 AB, 3 C, 1 BC"), 2)

    assert elected.winners == ("A", "B")
    lines = in_english(elected.steps)
    assert lines[0] == "11 ballots, 2 seats: 4 votes are sure to elect (the quota)."
    assert any("3.99999 votes" in line for line in lines)


def test_a_tie_is_settled_by_the_latest_earlier_round_that_separates():
    """After D is out, B and C are level with 4; in the first round B had 3 and C 4, so B goes."""
    elected = scottish_stv("ABCD", ballots("6 A, 3 BC, 4 C, 1 DB, 1 D"), 1)

    assert [step.facts["what"] for step in elected.steps if step.code == "stv.excluded"][:2] == ["D", "B"]
    assert elected.lots == 0
    assert elected.winners == ("C",)


def test_what_nothing_separates_a_lot_by_the_published_seed_does():
    one = scottish_stv("AB", ballots("2 A, 2 B"), 1, seed="published on Monday")

    assert one.lots == 1
    out = drawn("AB", seed="published on Monday", moment="round 1")[0]
    assert one.winners == tuple({"A", "B"} - {out})
    assert {scottish_stv("AB", ballots("2 A, 2 B"), 1, seed=str(seed)).winners for seed in range(9)} == {("A",), ("B",)}


def test_seats_reserved_for_a_side_go_to_that_side():
    side_of = {"A": "staff", "B": "staff", "C": "participants", "D": "participants"}
    votes = ballots("10 AB, 9 BA, 2 CD, 1 DC")

    free = scottish_stv("ABCD", votes, 2)
    kept = scottish_stv("ABCD", votes, 2, reserved={"staff": 1, "participants": 1}, side_of=side_of)

    assert set(free.winners) == {"A", "B"}
    assert set(kept.winners) == {"A", "C"}


def test_each_side_elects_its_own_co_chair():
    chairs = each_side_elects(
        {"staff": ["A", "B"], "participants": ["C", "D"]},
        {"staff": ballots("3 A, 2 B"), "participants": ballots("30 D, 2 C")},
        1,
    )

    assert {side: found.winners for side, found in chairs.items()} == {"staff": ("A",), "participants": ("D",)}


def test_more_seats_than_candidates_are_refused():
    with pytest.raises(CannotElect):
        scottish_stv("AB", [], 3)
    with pytest.raises(CannotElect):
        scottish_stv("AB", [], 1, reserved={"staff": 1}, side_of={})


ORDERS = st.lists(st.tuples(st.permutations("ABCDE").flatmap(lambda order: st.integers(0, 5).map(
    lambda length: tuple(order[:length]))), st.integers(1, 9)), max_size=12)  # fmt: skip


@given(ORDERS, st.integers(1, 5), st.randoms())
def test_the_order_of_ballots_changes_nobody_elected(votes, seats, chance):
    shuffled = list(votes)
    chance.shuffle(shuffled)

    elected = scottish_stv("ABCDE", votes, seats, seed="x")

    assert len(elected.winners) == seats
    assert scottish_stv("ABCDE", shuffled, seats, seed="x") == elected


@given(ORDERS, st.integers(0, 3), st.integers(0, 2))
def test_reserved_seats_are_always_filled(votes, staff, participants):
    side_of = dict(zip("ABCDE", ["staff"] * 3 + ["participants"] * 2, strict=True))
    seats = max(staff + participants, 1)

    elected = scottish_stv(
        "ABCDE", votes, seats, reserved={"staff": staff, "participants": participants}, side_of=side_of
    )

    sides = [side_of[one] for one in elected.winners]
    assert len(set(elected.winners)) == seats
    assert sides.count("staff") >= staff
    assert sides.count("participants") >= participants


def ranked(text: str) -> list[tuple[tuple[tuple[str, ...], ...], int]]:
    return [(tuple((one,) for one in order), many) for order, many in ballots(text)]


def test_schulze_on_the_example_of_its_paper():
    """Schulze 2011, example 1: 45 voters, E wins."""
    votes = ranked("5 ACBED, 5 ADECB, 8 BEDAC, 3 CABED, 7 CAEBD, 2 CBADE, 7 DCEBA, 8 EBADC")

    found = schulze("ABCDE", votes)

    assert found.winners == ("E",)
    assert pairwise("ABCDE", votes)["E", "A"] == 23
    assert any("loses to" in line for line in in_english(found.steps))


def test_whoever_is_left_out_stands_below_and_level():
    assert schulze("ABC", ranked("2 A, 1 B")).winners == ("A",)
    assert schulze("AB", ranked("1 A, 1 B")).winners == ("A", "B")
    assert schulze("AB", []).winners == ()


@given(ORDERS)
def test_a_condorcet_winner_wins(votes):
    found = [(tuple((one,) for one in order), many) for order, many in votes]
    wins = pairwise("ABCDE", found)
    best = [one for one in "ABCDE" if all(wins[one, other] > wins[other, one] for other in "ABCDE" if other != one)]

    winners = schulze("ABCDE", found).winners

    assert not best or winners == tuple(best)
    assert winners or not votes


def test_approval_and_score_choose_the_most_supported_and_nobody_without_support():
    votes = approvals([(["A", "B"], 3), (["B"], 1), (["C"], 2)])

    assert approval("ABCD", votes, 2).winners == ("B", "A")
    assert approval("ABCD", votes, 9).winners == ("B", "A", "C")
    assert score("AB", {"A": Fraction(1, 3), "B": Fraction(1, 2)}).winners == ("B",)
    assert approval("AB", {}).winners == ()


def test_level_at_the_last_seat_a_lot_decides_the_same_way_for_everybody():
    one = approval("ABC", {"A": 2, "B": 1, "C": 1}, 2, seed="s")

    assert one.lots == 1
    assert approval("CBA", {"C": 1, "B": 1, "A": 2}, 2, seed="s").winners == one.winners
