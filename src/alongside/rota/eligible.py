"""Who may have which duty, by the rules that everybody knows. Who is kept apart is no part of it (ADR 0011)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from alongside.kernel.errors import Refusal
from alongside.people.models import Membership
from alongside.rota.models import Assignment, Duty
from alongside.rota.planning import Plan
from alongside.rota.rules import problem as rules
from alongside.rota.rules.checking import Checker, Violation
from alongside.rota.rules.program import Kind

# What nobody can say yes to, whoever keeps the rota: safety, and being in two places.
REFUSED = frozenset({Kind.EVERYBODY, Kind.CHECKED, Kind.ONCE})
# What whoever takes a duty decides for themself, or what is no worse with them than without.
OWN_MATTER = frozenset({Kind.LEAST, Kind.FAIR, Kind.SOMEBODY, Kind.AWAY})
# A change of one person can make nothing worse that was so before; whether places are open is seen anyway.
NOT_TOLD = frozenset({Kind.FILLED})


class NotOfThisPool(Refusal):
    """Nobody of this family or name shares the duties of the program."""


class MustNotBe(Refusal):
    """Safety forbids it, or the person is elsewhere at that time; `broken` says what."""

    def __init__(self, *, broken: Sequence[Violation], plan: Plan) -> None:
        super().__init__(", ".join(one.kind for one in broken))
        self.broken = tuple(broken)
        self.plan = plan


class BreaksRules(Refusal):
    """It can be, but rules are `broken` that were agreed on. Whoever keeps the rota may say yes all the same."""

    def __init__(self, *, broken: Sequence[Violation], plan: Plan) -> None:
        super().__init__(", ".join(one.kind for one in broken))
        self.broken = tuple(broken)
        self.plan = plan


class AlreadyOnIt(Refusal):
    """The person has this duty."""


def check_may_take(plan: Plan, duty: Duty, membership: Membership, *, gone: Assignment | None = None) -> None:
    """May this person take the duty of their own accord? What a family owes is no matter here, what it may do is.

    Raises NotOfThisPool, AlreadyOnIt, MustNotBe, BreaksRules.
    """
    broken = own_part(plan, duty, membership, broken_by(plan, duty, membership, gone=gone))
    refuse(plan, broken, is_instead=gone is not None)


def refuse(plan: Plan, broken: Sequence[Violation], *, is_instead: bool) -> None:
    """Raises MustNotBe or BreaksRules where what would be broken is no matter of the person alone.

    `is_instead`: of somebody, who may be the only one with first aid: whoever goes takes along what only they have.
    """
    if refused := must_not_be(plan, broken):
        raise MustNotBe(broken=refused, plan=plan)
    own = OWN_MATTER - {Kind.SOMEBODY} if is_instead else OWN_MATTER
    if hindering := [one for one in broken if one.kind not in own]:
        raise BreaksRules(broken=hindering, plan=plan)


def own_part(plan: Plan, duty: Duty, membership: Membership, broken: Iterable[Violation]) -> list[Violation]:
    """What of it is about somebody, their family, or the duty that they would get: others' matters are not theirs."""
    assert plan.problem is not None
    theirs = {str(membership.pk), plan.problem.person_of[str(membership.pk)].home}
    places = {str(duty.pk)} | {one.id for one in plan.problem.sessions if str(duty.pk) in one.duties}
    return [one for one in broken if (theirs.intersection(one.who) if one.who else places.intersection(one.where))]


def broken_by(plan: Plan, duty: Duty, membership: Membership, *, gone: Assignment | None = None) -> list[Violation]:
    """Which rules would be broken that are kept now. Raises NotOfThisPool, AlreadyOnIt.

    Pairs that are kept apart are no part of it, nor of anything that a page shows.
    """
    check_in_pool(plan, duty, membership)
    went = [pair_of(gone)] if gone else []
    return broken_between(plan, went, [rules.Assignment(str(membership.pk), str(duty.pk))])


def check_in_pool(plan: Plan, duty: Duty, membership: Membership) -> None:
    """Raises NotOfThisPool, AlreadyOnIt."""
    if plan.problem is None or plan.home_of(membership.pk) is None:
        raise NotOfThisPool
    if any(one.membership_id == membership.pk for one in plan.on_duty[duty.pk]):
        raise AlreadyOnIt


def pair_of(one: Assignment) -> rules.Assignment:
    return rules.Assignment(str(one.membership_id), str(one.duty_id))


def broken_between(plan: Plan, went: Sequence[rules.Assignment], come: Sequence[rules.Assignment]) -> list[Violation]:
    """Which rules would be broken that are kept now, where some go and others come."""
    assert plan.problem is not None
    checker = Checker(plan.problem, plan.assignments)
    duties = sorted({one.duty for one in (*went, *come)})
    people = sorted({one.person for one in (*went, *come)})
    before, room = set(checker.about(duties, people)), _room(checker, duties)
    for one in went:
        checker.remove(one)
    for one in come:
        checker.add(one)
    after = set(checker.about(duties, people))
    new = {one for one in after if one.kind not in NOT_TOLD and not _was_so(one, before)}
    return sorted(new | _too_few(room, _room(checker, duties)), key=lambda one: (one.kind, one.who, one.where))


def may_be_back(plan: Plan, again: Collection[UUID]) -> bool:
    """May those whose assignments these are be on their duties again, as far as pool and safety go?"""
    back = [one for one in plan.held if one.pk in again]
    if plan.problem is None or any(plan.home_of(one.membership_id) is None for one in back):
        return not back
    others = replace(plan, held=[one for one in plan.held if one.pk not in again])
    return not must_not_be(plan, broken_between(others, [], [pair_of(one) for one in back]))


def _room(checker: Checker, duties: Iterable[str]) -> dict[str, tuple[int, int]]:
    """For each session of these duties: how many checked adults it could still have, and how many it needs."""
    problem, found = checker.problem, {}
    for key in {key for duty in duties for key in checker.sessions_of[duty]}:
        session = checker.session_of[key]
        there = [person for one in session.duties for person in checker.on_duty[one]]
        places = sum(problem.duty_of[one].people for one in session.duties)
        checked = sum(problem.person_of[person].checked for person in there)
        found[key] = checked + max(0, places - len(there)), session.checked
    return found


def _too_few(before: dict[str, tuple[int, int]], after: dict[str, tuple[int, int]]) -> set[Violation]:
    """Sessions that could not get enough checked adults any more, whoever took the places that are left."""
    return {
        Violation(Kind.CHECKED, (), (key,), "", could, needed)
        for key, (could, needed) in after.items()
        if could < needed and could < before[key][0]
    }


def must_not_be(plan: Plan, broken: Iterable[Violation]) -> list[Violation]:
    """What nobody can say yes to."""
    return [one for one in broken if one.kind in REFUSED or _is_out(plan, one)]


def _is_out(plan: Plan, one: Violation) -> bool:
    return one.kind is Kind.AWAY and plan.is_out(one.who[0], one.where[0])


def _was_so(one: Violation, before: Iterable[Violation]) -> bool:
    """Was the same rule broken in the same place, by as much or more?"""
    for other in before:
        if (one.kind, one.who, one.where, one.detail, one.asked) == (
            other.kind, other.who, other.where, other.detail, other.asked,
        ):  # fmt: skip
            if one.found is None or one.asked is None or other.found is None:
                return True
            if abs(one.found - one.asked) <= abs(other.found - one.asked):
                return True
    return False


def who_may_take(plan: Plan, duty: Duty, *, gone: Assignment | None = None) -> list[Membership]:
    """Everybody of the pool who may take a duty, whoever has the least to do first."""
    found = []
    for member in plan.pool.members.values():
        if gone is not None and member.pk == gone.membership_id:
            continue
        try:
            check_may_take(plan, duty, member, gone=gone)
        except (NotOfThisPool, AlreadyOnIt, MustNotBe, BreaksRules):
            continue
        found.append(member)
    loads = {home.key: 0 for home in plan.pool.homes.values()}
    for one in plan.held:
        if home := plan.home_of(one.membership_id):
            loads[home.key] += 1

    def rank(member: Membership) -> tuple[int, str, int]:
        home = plan.home_of(member.pk)
        return loads[home.key] if home else 0, member.person.search_name, member.number

    return sorted(found, key=rank)
