"""A duty changes hands only where no rule is broken by it."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, settings
from hypothesis import given as whatever

from alongside.rota.rules.checking import violations
from alongside.rota.rules.problem import Assignment, FairShare, Person, Problem, Quota, Spacing
from alongside.rota.rules.solving import NoRota, solve
from alongside.rota.rules.swapping import NotOnDuty, cover, eligible
from alongside.rota.tests.casting import day, duty, given, people, problems
from bench.nurseries import nursery


@whatever(problems())
@settings(max_examples=30)
def test_offers_are_exactly_the_changes_that_break_nothing(problem: Problem):
    problem = replace(problem, fixed=frozenset())
    try:
        rota = solve(problem).assignments
    except NoRota:
        assume(False)
    giving = min(rota)

    offered = {(one.person, one.gives) for one in eligible(problem, rota, giving)}

    left = rota - {giving}
    there = {one.person for one in rota if one.duty == giving.duty}
    takes = {
        (person.id, None)
        for person in problem.people
        if person.id not in there and not violations(problem, left | {Assignment(person.id, giving.duty)})
    }
    swaps = {
        (other.person, other.duty)
        for other in rota
        if other.duty != giving.duty
        and other.person not in there
        and Assignment(giving.person, other.duty) not in rota
        and not violations(
            problem, (left - {other}) | {Assignment(other.person, giving.duty), Assignment(giving.person, other.duty)}
        )
    }
    assert offered == takes | swaps


def test_whoever_has_least_to_do_is_asked_first_and_nobody_untrained():
    aid = frozenset({"aid"})
    cast = [Person("Amina", training=aid), Person("Ben", training=aid), Person("Chen", training=aid), Person("Dora")]
    problem = Problem(cast, [duty(0, somebody=aid), duty(7), duty(14)])
    rota = given(("Amina", "day 0"), ("Ben", "day 7"), ("Dora", "day 14"))

    offers = eligible(problem, rota, Assignment("Amina", "day 0"))

    assert [(one.person, one.gives, one.load) for one in offers] == [
        ("Chen", None, 1),
        ("Ben", None, 2),
        ("Ben", "day 7", 1),
    ]


def test_where_a_household_owes_its_duty_it_can_only_be_swapped():
    problem = Problem(
        people("Amina", "Ben", "Chen"), [duty(0), duty(7)], quotas=[Quota("person:Amina", day(0), day(9), least=1)]
    )
    rota = given(("Amina", "day 0"), ("Ben", "day 7"))

    offers = eligible(problem, rota, Assignment("Amina", "day 0"))

    assert [(one.person, one.gives) for one in offers] == [("Ben", "day 7")]


def test_what_is_wrong_already_stands_in_nobodys_way_but_may_not_get_worse():
    problem = Problem(people("Amina", "Ben"), [duty(0, people=2), duty(1)], spacing=Spacing(2))
    rota = given(("Amina", "day 0"), ("Amina", "day 1"))

    assert [one.person for one in eligible(problem, rota, Assignment("Amina", "day 1"))] == ["Ben"]
    assert [one.person for one in eligible(problem, rota, Assignment("Amina", "day 0"))] == ["Ben"]


def test_duties_set_by_hand_are_not_asked_of_others_and_past_ones_are_not_swapped():
    problem = Problem(people("Amina", "Ben"), [duty(0), duty(7)], per_week=1, fixed=given(("Ben", "day 7")))
    rota = given(("Amina", "day 0"), ("Ben", "day 7"))
    free = replace(problem, fixed=frozenset())

    def swaps(asked: Problem, since: date | None = None) -> list[str]:
        return [one.person for one in eligible(asked, rota, Assignment("Amina", "day 0"), since=since) if one.gives]

    assert swaps(problem) == []
    assert swaps(free) == ["Ben"]
    assert swaps(free, since=day(8)) == []


def test_only_who_holds_a_duty_can_hand_it_over():
    problem = Problem(people("Amina", "Ben"), [duty(0)])

    with pytest.raises(NotOnDuty):
        eligible(problem, given(("Ben", "day 0")), Assignment("Amina", "day 0"))


def test_whoever_leaves_is_covered_without_breaking_a_rule():
    problem = nursery(30, 2)
    rota = solve(problem)
    leaver = problem.people[0].id
    since = problem.days[20]
    ahead = {one.duty for one in rota.assignments if one.person == leaver and problem.duty_of[one.duty].day >= since}

    covers = cover(problem, rota.assignments, leaver, since=since)

    assert {one.duty for one in covers} == ahead
    moved = {one.duty: one.proposed for one in covers}
    after = frozenset(
        Assignment(moved[one.duty] or leaver, one.duty) if one.person == leaver and one.duty in ahead else one
        for one in rota.assignments
    )
    assert None not in moved.values()
    assert violations(problem, after) == ()


def test_a_family_that_leaves_takes_its_quota_along_and_the_scarcest_duty_is_covered_first():
    problem = Problem(
        [*people("Amina", "Ben"), Person("Chen", cannot=frozenset({"day 7"}))],
        [duty(0), duty(7)],
        quotas=[Quota("person:Amina", day(0), day(9), least=2)],
        fair=[FairShare(day(0), day(9))],
        spacing=Spacing(10),
    )
    rota = given(("Amina", "day 0"), ("Amina", "day 7"))

    covers = cover(problem, rota, "Amina", since=day(0))

    assert [(one.duty, one.proposed) for one in covers] == [("day 7", "Ben"), ("day 0", "Chen")]
