"""Sharing a budget: the vectors, the quick run against fractions, and what holds for any ballots."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.decisions.rules.budgeting import race
from alongside.decisions.rules.budgeting.crowds import Field
from alongside.decisions.rules.budgeting.election import Ballots, Election, Project
from alongside.decisions.rules.budgeting.equal_shares import (
    CannotShare,
    equal_power,
    equal_shares,
    equal_shares_add1,
    equal_shares_add1_exhaustive,
    personal_steps,
)
from alongside.decisions.rules.budgeting.greedy import greedy_skip, greedy_stop
from alongside.decisions.rules.budgeting.phragmen import phragmen
from alongside.decisions.rules.explaining import in_english
from alongside.decisions.tests.plain_counts import add1_in_fractions, equal_shares_in_fractions


def election(budget, costs, *ballots, **more) -> Election:
    """Projects named A, B, …; a ballot is ("AB", how many) or ("AB", how many, side)."""
    projects = [Project("ABCDEFGHIJ"[place], Fraction(cost)) for place, cost in enumerate(costs)]
    groups = [Ballots(tuple("ABCDEFGHIJ".index(one) for one in named), *rest) for named, *rest in ballots]
    return Election(Fraction(budget), projects, groups, **more)


SEVEN = election(1000, [500, 500], ("A", 2, "staff"), ("B", 8, "participants"))


def test_vector_7_plain_shares_fund_what_the_many_want_and_equal_power_funds_both():
    assert equal_shares(SEVEN).winners == ("B",)
    assert set(equal_power(SEVEN).winners) == {"A", "B"}
    assert greedy_skip(SEVEN).winners == ("B", "A")


def test_equal_power_tells_each_what_they_paid():
    funded = equal_power(SEVEN)

    assert funded.endowments == {"staff": 250, "participants": Fraction(125, 2)}
    assert funded.paid
    assert funded.paid([0], "staff") == {"A": 250}
    told = in_english(personal_steps(funded, [1], "participants"))
    assert told == ["You had 62.5 to spend.", "Your share helped pay for B: 62.5.", "0 of your share was not used."]


def test_equal_power_works_for_hours_as_for_money():
    hours = election(40 * 60, [20 * 60, 20 * 60], ("A", 2, "staff"), ("B", 8, "participants"))

    assert set(equal_power(hours).winners) == {"A", "B"}


def test_equal_power_ends_by_spending_what_still_fits():
    """Raised on, shares would buy C (30) as well, which is too much; of what is left over D (5) still fits."""
    votes = election(100, [40, 45, 30, 5], ("A", 4, "staff"), ("B", 4, "participants"), ("C", 2, "staff"))
    votes = replace(votes, ballots=[*votes.ballots, Ballots((3,), 1, "participants")])

    funded = equal_power(votes)

    assert set(funded.winners) == {"A", "B", "D"}
    assert funded.cost == 90


def test_skip_passes_over_what_does_not_fit_and_stop_ends_there():
    votes = election(100, [60, 50, 40], ("A", 9), ("B", 8), ("C", 7))

    assert greedy_skip(votes).winners == ("A", "C")
    assert greedy_stop(votes).winners == ("A",)


def test_a_project_below_the_threshold_is_left_out():
    votes = election(100, [60, 40], ("A", 9), ("B", 2), threshold=Fraction(3))

    assert greedy_skip(votes).winners == ("A",)
    assert greedy_skip(votes).steps[0].facts["others"] == ("B",)


def test_add1_has_two_meanings():
    """B and C leave no room for A, so one meaning stops there; the other raises on and finds that B and A fit."""
    votes = election(100, [50, 50, 20], ("B", 3), ("AC", 1), ("A", 1))

    assert equal_shares_add1(votes).winners == ("B", "A")
    assert equal_shares_add1_exhaustive(votes).winners == ("B", "C")


def test_equal_power_needs_two_sides_and_shares_need_approvals():
    with pytest.raises(CannotShare):
        equal_power(election(10, [5], ("A", 3)))
    with pytest.raises(CannotShare):
        equal_shares(Election(Fraction(5), [Project("A", Fraction(1))], [Ballots((0,), 1, "", (Fraction(2),))]))


def test_phragmen_buys_what_can_be_paid_first():
    votes = election(2, [1, 1, 1], ("AB", 2), ("C", 1), ("A", 1))

    funded = phragmen(votes)

    assert funded.winners == ("A", "B")  # A at 1/3; B at (1 + 2/3)/2 = 5/6; C at 1 would be next
    assert [step.facts.get("moment") for step in funded.steps[:2]] == [Fraction(1, 3), Fraction(5, 6)]


def test_the_rounds_are_told_in_words():
    told = in_english(equal_shares(SEVEN).steps)

    assert told == [
        "Everybody begins with 100 to spend.",
        "Round 1: B (500) is funded. Its 8 supporters pay 62.5 each.",
        "500 of the budget is left.",
    ]


@st.composite
def elections(draw: st.DrawFn) -> Election:
    many = draw(st.integers(1, 6))
    costs = draw(
        st.lists(st.sampled_from(["0", "1", "2", "3", "6", "10", "12", "5/2", "30"]), min_size=many, max_size=many)
    )
    ballot = st.tuples(st.sets(st.integers(0, many - 1)), st.integers(1, 4), st.sampled_from(["staff", "participants"]))
    groups = draw(st.lists(ballot, min_size=1, max_size=8))
    projects = [Project("ABCDEF"[place], Fraction(cost)) for place, cost in enumerate(costs)]
    ballots = [Ballots(tuple(sorted(named)), count, side) for named, count, side in groups]
    return Election(Fraction(draw(st.integers(1, 60))), projects, ballots)


def ids(election: Election, places: list[int]) -> tuple[str, ...]:
    return tuple(election.id(place) for place in places)


@given(elections())
@settings(max_examples=300, deadline=None)
def test_the_quick_run_buys_what_fractions_buy(votes):
    endowment = {"": votes.budget / sum(votes.voters.values())}

    assert equal_shares(votes).winners == ids(votes, equal_shares_in_fractions(votes, endowment))


@given(elections())
@settings(max_examples=150, deadline=None)
def test_add1_is_what_fractions_say(votes):
    assert equal_shares_add1(votes).winners == ids(votes, add1_in_fractions(votes))
    assert equal_shares_add1_exhaustive(votes).winners == ids(votes, add1_in_fractions(votes, exhaustive=True))


@given(elections())
@settings(max_examples=100, deadline=None)
def test_equal_power_begins_with_what_fractions_say(votes):
    if len(votes.voters) < 2:
        return
    bought = ids(votes, add1_in_fractions(votes, sides=True))

    assert equal_power(votes).winners[: len(bought)] == bought


@given(elections())
@settings(max_examples=60, deadline=None)
def test_few_bits_and_many_bits_buy_the_same(votes):
    field = Field(votes)
    share = [Fraction(int(votes.budget * field.unit), sum(votes.voters.values()))]
    found = set()
    for bits in (16, 60, 200):
        run = race.Run(field, share, bits)
        try:
            while run.buys():
                pass
        except race.NotPreciseEnough:
            continue
        found.add((tuple(run.chosen), tuple(run.price(place) for place in range(len(run.rounds)))))
    assert len(found) == 1


def test_only_what_was_bought_tells_voters_apart():
    votes = election(30, [10, 12, 14], ("AB", 3), ("AC", 2), ("A", 1), ("BC", 4))
    field = Field(votes)
    assert field.crowds(0) == [(0, 6)]

    field.tell_apart(1)

    assert sorted(field.crowds(0)) == [(0, 3), (1, 3)]  # three did not name B, three did
    assert sorted(field.crowds(1)) == [(1, 7)]
    assert sorted(field.crowds(2)) == [(0, 2), (1, 4)]
    assert field.named == [(), (1,)]


@given(elections(), st.permutations(range(6)), st.integers(0, 6))
@settings(max_examples=100, deadline=None)
def test_crowds_told_apart_too_early_buy_the_same(votes, order, many):
    """Runs share their crowds, so a run meets voters that only another run told apart."""
    share = [Fraction(int(votes.budget * votes.unit), sum(votes.voters.values()))]
    fresh, used = Field(votes), Field(votes)
    for project in [one for one in order if one in used.running][:many]:
        used.tell_apart(project)

    alone, after = race.run(fresh, share), race.run(used, share)

    assert alone.chosen == after.chosen
    assert [alone.price(place) for place in range(len(alone.rounds))] == [
        after.price(place) for place in range(len(after.rounds))
    ]


@given(elections(), st.randoms())
@settings(deadline=None)
def test_the_order_of_ballots_and_the_names_of_sides_change_nothing(votes, chance):
    shuffled = list(votes.ballots)
    chance.shuffle(shuffled)
    other = {"staff": "participants", "participants": "staff"}
    renamed = replace(votes, ballots=[replace(group, side=other[group.side]) for group in shuffled])

    for rule in (greedy_skip, greedy_stop, equal_shares, equal_shares_add1, phragmen):
        assert rule(votes).winners == rule(renamed).winners
    if len(votes.voters) > 1:
        assert equal_power(votes).winners == equal_power(renamed).winners


@given(elections())
@settings(deadline=None)
def test_sides_of_equal_size_have_the_same_as_everybody_together(votes):
    if len(set(votes.voters.values())) != 1 or len(votes.voters) != 2:
        return
    together = equal_shares_add1(votes).winners

    assert equal_power(votes).winners[: len(together)] == together


@given(elections())
@settings(deadline=None)
def test_nobody_pays_more_than_their_share_and_all_together_pay_the_cost(votes):
    for rule in (equal_shares, equal_shares_add1):
        funded = rule(votes)
        assert funded.cost <= votes.budget
        assert funded.paid
        paid: dict[str, Fraction] = {}
        for group in votes.ballots:
            mine = funded.paid(group.projects, group.side)
            assert sum(mine.values()) <= funded.endowments[""]
            for name, amount in mine.items():
                paid[name] = paid.get(name, Fraction(0)) + amount * group.count
        costs = {project.id: project.cost for project in votes.projects if project.id in funded.winners}
        assert {name: cost for name, cost in costs.items() if cost} == paid
