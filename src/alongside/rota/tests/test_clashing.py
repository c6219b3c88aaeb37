"""Where no rota is possible, the reason is true, no longer than it must be, and says what would help."""

from dataclasses import replace
from itertools import combinations

from hypothesis import assume, settings
from hypothesis import given as whatever

from alongside.rota.rules.checking import Violation, violations
from alongside.rota.rules.clashing import Clash, Explanation, explain
from alongside.rota.rules.easing import NUMBERED, Relief, eased
from alongside.rota.rules.problem import Apart, Assignment, FairShare, Person, Problem, Quota, Scope, Session, Spacing
from alongside.rota.rules.program import Kind, Part, Rule, pair_id, whose
from alongside.rota.tests.casting import allowed_rotas, day, duty, given, people, problems
from bench.nurseries import nursery

Keys = frozenset[Rule]


def broken(problem: Problem, assignments: frozenset[Assignment]) -> frozenset[Part]:
    """What a rota breaks, and whom or what that is about, as the explanation names them."""
    return frozenset(part_of(problem, one) for one in violations(problem, assignments))


def part_of(problem: Problem, one: Violation) -> Part:
    if one.kind in (Kind.LEAST, Kind.MOST, Kind.FAIR):
        periods: list[Quota | FairShare] = [*problem.quotas, *problem.fair]
        ends = next((rule.first, rule.last) for rule in periods if f"{rule.first}/{rule.last}" == one.detail)
        return Rule(one.kind, "", *ends), one.who[0]
    rule = Rule(one.kind, one.detail)
    if one.kind in (Kind.FILLED, Kind.SOMEBODY, Kind.EVERYBODY, Kind.CHECKED):
        return rule, one.where[0]
    if one.kind is Kind.HAND:
        return rule, pair_id(*one.who, *one.where)
    return rule, pair_id(*one.who)


def every_choice(problem: Problem) -> set[frozenset[Part]]:
    """What each set of assignments whatsoever breaks."""
    places = [Assignment(person.id, one.id) for person in problem.people for one in problem.duties]
    return {
        broken(problem, frozenset(chosen)) for size in range(len(places) + 1) for chosen in combinations(places, size)
    }


def fewest(choices: set[frozenset[Part]]) -> list[Keys]:
    """The sets of rules that are enough to give way on; none that holds another."""
    ways = {frozenset(rule for rule, _ in choice) for choice in choices}
    return [one for one in ways if not any(other < one for other in ways)]


# What is to be found out must not depend on how busy the machine is.
PATIENT = 120.0


def clash_of(problem: Problem) -> Clash:
    explanation = explain(problem, seconds=PATIENT)
    assert len(explanation.clashes) == 1
    return explanation.clashes[0]


def kinds(clash: Clash) -> list[Kind]:
    return [rule.kind for rule in clash.rules]


def reliefs(clash: Clash) -> dict[Kind, Relief]:
    return {one.rule.kind: one for one in clash.reliefs}


@whatever(problems())
@settings(max_examples=30)
def test_a_clash_is_the_smallest_and_without_any_of_its_rules_the_others_can_be_kept(problem: Problem):
    assume(len(problem.people) * len(problem.duties) <= 8)
    choices = every_choice(problem)
    ways_out = fewest(choices)

    explanation = explain(problem, seconds=PATIENT)

    assert bool(explanation.clashes) == (not allowed_rotas(problem))
    assert explanation.complete
    gone: set[Rule] = set()
    for clash in explanation.clashes:
        rules = frozenset(clash.rules)
        open_ways = [way - gone for way in ways_out]
        assert all(way & rules for way in open_ways)
        assert all(any(not way & (rules - {rule}) for way in open_ways) for rule in rules)
        named = {(rule, about) for rule, those in clash.about.items() for about in those}
        whole = rules - clash.about.keys()
        assert all(named & choice or any(rule in whole for rule, _ in choice) for choice in choices)
        assert clash.minimal
        assert clash.smallest
        assert len(rules) == fewest_that_touch(open_ways)
        for one in clash.reliefs:
            assert one.solves == any(way <= {one.rule} for way in open_ways)
        gone.add(clash.rules[0])


def fewest_that_touch(ways: list[Keys]) -> int:
    """The size of the smallest clash: a set of rules that has one of every way out."""
    rules = frozenset(rule for way in ways for rule in way)
    return next(
        size
        for size in range(len(rules) + 1)
        for chosen in combinations(rules, size)
        if all(way.intersection(chosen) for way in ways)
    )


@whatever(problems())
@settings(max_examples=30)
def test_giving_way_as_it_says_makes_a_rota_possible_and_giving_way_less_does_not(problem: Problem):
    explanation = explain(problem, seconds=PATIENT)

    for clash in explanation.clashes[:1]:
        for one in clash.reliefs:
            if one.solves and one.rule.kind in NUMBERED:
                assert one.by is not None
                assert allowed_rotas(eased(problem, one.rule, one.by))
                assert not allowed_rotas(eased(problem, one.rule, one.by - 1))
            elif one.solves and one.rule.kind in (Kind.AWAY, Kind.APART, Kind.HAND):
                assert allowed_rotas(excepted(problem, one))


def excepted(problem: Problem, one: Relief) -> Problem:
    """The problem with the exceptions that a relief names."""
    parts = [whose(name) for name in one.exceptions]
    if one.rule.kind is Kind.HAND:
        return replace(problem, fixed=frozenset(hand for hand in problem.fixed if tuple(hand) not in parts))
    if one.rule.kind is Kind.APART:
        return replace(problem, apart=[pair for pair in problem.apart if (pair.one, pair.other) not in parts])
    can = [
        replace(person, cannot=person.cannot - {duty for who, duty in parts if who == person.id})
        for person in problem.people
    ]
    return replace(problem, people=can)


def test_days_between_and_too_few_families_clash_and_the_most_days_that_work_are_named():
    problem = Problem(people("Amina", "Ben"), [duty(n) for n in range(8)], spacing=Spacing(4))

    clash = clash_of(problem)

    assert kinds(clash) == [Kind.SPACING, Kind.FILLED]
    assert reliefs(clash)[Kind.SPACING].number == 2
    assert len(reliefs(clash)[Kind.FILLED].exceptions) == 4


def test_the_one_day_on_which_nobody_trained_can_come_is_named_with_who_could():
    cast = [Person("Amina", training=frozenset({"aid"}), away=frozenset({day(2)})), Person("Ben"), Person("Chen")]
    problem = Problem(cast, [duty(n, somebody=frozenset({"aid"}) if n != 1 else frozenset()) for n in range(3)])

    clash = clash_of(problem)

    assert kinds(clash) == [Kind.AWAY, Kind.SOMEBODY]
    assert clash.about == {Rule(Kind.AWAY): ("Amina",), Rule(Kind.SOMEBODY, "aid"): ("day 2",)}
    assert reliefs(clash)[Kind.AWAY].exceptions == ("Amina\nday 2",)


def test_a_pair_that_may_not_meet_is_named():
    problem = Problem(
        people("Amina", "Ben", "Chen"), [duty(0, people=2)], apart=[Apart("Amina", "Ben"), Apart("Ben", "Chen")]
    )
    gone = replace(
        problem,
        people=[replace(one, cannot=frozenset({"day 0"} if one.id == "Chen" else ())) for one in problem.people],
    )

    clash = clash_of(gone)

    assert kinds(clash) == [Kind.APART, Kind.AWAY, Kind.FILLED]
    assert clash.about[Rule(Kind.APART, Scope.DUTY)] == ("Amina\nBen",)


def test_what_is_made_by_hand_can_clash_with_a_limit():
    problem = Problem(
        people("Amina", "Ben"), [duty(0), duty(1)], per_week=1, fixed=given(("Amina", "day 0"), ("Amina", "day 1"))
    )

    clash = clash_of(problem)

    assert kinds(clash) == [Kind.WEEK, Kind.HAND]
    assert reliefs(clash)[Kind.WEEK].number == 2


def test_two_clashes_that_have_nothing_to_do_with_each_other_are_told_one_after_the_other():
    problem = Problem(
        people("Amina", "Ben"),
        [duty(0, everybody=frozenset({"aid"})), duty(1)],
        quotas=[Quota("person:Amina", day(1), day(1), least=1), Quota("person:Amina", day(0), day(3), most=0)],
    )

    explanation = explain(problem, seconds=PATIENT)

    assert [kinds(clash) for clash in explanation.clashes] == [
        [Kind.EVERYBODY, Kind.FILLED],
        [Kind.MOST, Kind.LEAST],
    ]
    assert [clash.after for clash in explanation.clashes] == [(), (explanation.clashes[0].rules[0],)]
    assert explanation.complete


def test_too_few_checked_adults_and_too_narrow_a_fair_share_say_which_number_works():
    unchecked = Problem(people("Amina", "Ben", checked=False), [duty(0)], sessions=[Session("play", ("day 0",), 1)])
    narrow = Problem(people("Amina", "Ben"), [duty(n) for n in range(3)], fair=[FairShare(day(0), day(9), within=0)])

    assert reliefs(clash_of(unchecked))[Kind.CHECKED].number == 0
    assert reliefs(clash_of(narrow))[Kind.FAIR].number == 1


def test_a_nursery_without_first_aid_on_some_days_is_explained_in_two_rules():
    problem = nursery(30, 2, seed=1, hard=True)

    clash = clash_of(problem)

    assert kinds(clash) == [Kind.AWAY, Kind.SOMEBODY]
    assert [len(one.exceptions) for one in clash.reliefs] == [3, 3]


def test_where_a_rota_is_possible_there_is_nothing_to_explain():
    assert replace(explain(Problem(people("Amina"), [duty(0)])), seconds=0) == Explanation((), True)


def test_what_time_did_not_allow_to_find_out_is_left_open_and_never_claimed():
    problem = replace(nursery(200, 10, seed=7, hard=True, days=40), spacing=Spacing(30, opening=True))

    explanation = explain(problem, seconds=0)

    assert not explanation.complete
    assert not any(clash.minimal or clash.smallest for clash in explanation.clashes)
    assert all(one.solves is None for clash in explanation.clashes for one in clash.reliefs)
