"""Rotas keep every rule, are as good as they say, and stay as they were where they can."""

from dataclasses import replace

import pytest
from hypothesis import given as whatever
from hypothesis import settings
from hypothesis import strategies as st

from alongside.rota.rules.checking import violations
from alongside.rota.rules.hunting import Progress
from alongside.rota.rules.problem import Problem, Spacing
from alongside.rota.rules.solving import NoRota, Proof, solve
from alongside.rota.tests.casting import allowed_rotas, duty, given, people, problems
from bench.nurseries import nursery


@whatever(problems())
@settings(max_examples=60)
def test_a_rota_costs_what_the_slow_way_finds_and_is_missing_only_where_there_is_none(problem: Problem):
    slow = allowed_rotas(problem)

    if not slow:
        with pytest.raises(NoRota) as none:
            solve(problem)
        assert none.value.proved
        return
    rota = solve(problem)

    assert violations(problem, rota.assignments) == ()
    assert rota.cost == problem.cost(rota.assignments) == min(map(problem.cost, slow))
    assert rota.proof is Proof.BEST
    assert rota.flow is not None
    assert rota.flow <= rota.cost


@whatever(problems(), st.data())
@settings(max_examples=40)
def test_a_rota_so_far_is_left_with_the_fewest_moves_and_of_those_for_the_least_cost(
    problem: Problem, data: st.DataObject
):
    slow = allowed_rotas(problem)
    if not slow:
        return
    places = [(person.id, one.id) for person in problem.people for one in problem.duties]
    earlier = given(*data.draw(st.sets(st.sampled_from(places), max_size=5)))

    rota = solve(replace(problem, earlier=earlier))

    assert (rota.moves, rota.cost) == min((len(earlier - one), problem.cost(one)) for one in slow)
    assert rota.fewest_moves
    assert violations(problem, rota.assignments) == ()


def test_twenty_families_on_twenty_days_have_one_day_each():
    problem = Problem(people(*(f"family {n}" for n in range(20))), [duty(n) for n in range(20)])

    rota = solve(problem)

    assert set(rota.loads.values()) == {1}
    assert rota.proof is Proof.BEST


def test_a_nursery_of_thirty_families_is_proved_best_and_keeps_its_rules():
    problem = nursery(30, 2)

    rota = solve(problem)

    assert (rota.cost, rota.bound, rota.proof) == (57_000, 57_000, Proof.BEST)
    assert violations(problem, rota.assignments) == ()


def test_somebody_who_leaves_moves_only_their_own_duties():
    problem = nursery(30, 2)
    before = solve(problem)
    leaver = problem.people[0].id
    gone = replace(
        problem,
        people=[replace(one, cannot=frozenset(problem.duty_of)) if one.id == leaver else one for one in problem.people],
    )

    after = solve(replace(gone, earlier=before.assignments))

    assert after.moves == before.loads[problem.people[0].home]
    assert violations(gone, after.assignments) == ()


def test_the_same_seed_gives_the_same_rota():
    problem = nursery(30, 2, seed=15)

    assert solve(problem, seed=3).assignments == solve(problem, seed=3).assignments


def test_progress_tells_the_bound_and_the_cost_and_never_gets_worse():
    told: list[Progress] = []

    rota = solve(nursery(30, 2, seed=15), on_progress=told.append)

    costs = [one.cost for one in told if one.cost is not None]
    bounds = [one.bound for one in told if one.bound is not None]
    assert costs == sorted(costs, reverse=True)
    assert bounds == sorted(bounds)
    assert (costs[-1], bounds[-1]) == (rota.cost, rota.bound)


def test_a_search_that_is_stopped_keeps_what_it_found():
    problem = nursery(200, 10, seed=7, hard=True)

    rota = solve(problem, on_progress=lambda progress: progress.cost is not None)

    assert violations(problem, rota.assignments) == ()
    assert rota.proof in (Proof.BEST, Proof.WITHIN)


def test_what_cannot_be_is_proved_impossible():
    problem = Problem(people("Amina"), [duty(0), duty(1)], spacing=Spacing(2))

    with pytest.raises(NoRota) as none:
        solve(problem)

    assert none.value.proved
