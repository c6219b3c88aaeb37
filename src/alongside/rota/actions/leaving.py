"""Who cannot do duties any more gives back what lies ahead, and others are told that a place is open."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.people.models import Community, Membership, Person
from alongside.programs.models import Enrolment, Program
from alongside.rota import letters
from alongside.rota.actions.holding import changed, end, held, log
from alongside.rota.actions.unasking import withdraw_swaps
from alongside.rota.lacking import lost_on
from alongside.rota.models import Assignment, Rota
from alongside.rota.planning import Plan, plan_of
from alongside.rota.pool import pool_of


@transaction.atomic
def free_duties(
    *, membership: Membership, by: Person | None, at: datetime, program: Program | None = None
) -> list[Assignment]:
    """Somebody leaves a program, or the community: their duties ahead are open to others."""
    rows = Assignment.objects.by(membership).standing().filter(duty__starts_at__gt=at, outcome="")
    if program is not None:
        rows = rows.filter(duty__program=program)
    return _open(membership.community, rows.with_people(), Assignment.Ended.LEFT, by=by, at=at)


@transaction.atomic
def free_families(*, enrolment: Enrolment, by: Person | None, at: datetime) -> list[Assignment]:
    """An enrolment has ended: whoever is not in the pool any more gives back their duties ahead."""
    program = enrolment.program
    still = pool_of(program, on=program.community.day_of(at)).members
    rows = (
        Assignment.objects.of(program.community)
        .standing()
        .filter(duty__program=program, duty__starts_at__gt=at, outcome="")
    )
    gone = rows.exclude(membership__in=list(still)).with_people()
    return _open(program.community, gone, Assignment.Ended.LEFT, by=by, at=at)


@transaction.atomic
def free_unchecked(
    *, community: Community, person_id: UUID, kind: str, by: Person | None, at: datetime
) -> list[Assignment]:
    """A check of somebody does not hold any more: duties ahead for which it is needed are open to others.

    `kind`: the name of the check.
    """
    rows = (
        Assignment.objects.of(community)
        .standing()
        .filter(membership__person=person_id, duty__starts_at__gt=at, outcome="")
    )
    gone: list[Assignment] = []
    for rota in _in_order(rows.with_people()):
        rota.community = rota.program.community = community
        plan = plan_of(held(rota), at=at)
        out = [one.pk for one in plan.held if one.membership.person_id == person_id and _must_go(plan, one, kind)]
        gone += _open(community, rows.filter(pk__in=out).with_people(), Assignment.Ended.CHECK, by=by, at=at)
        if not rota.is_draft:
            theirs = [one for one in plan.held if one.membership.person_id == person_id]
            _tell_of_lost(rota, theirs, kind, at=at)
    return gone


def _tell_of_lost(rota: Rota, theirs: Iterable[Assignment], kind: str, *, at: datetime) -> None:
    """Whoever keeps the rota hears of duties ahead on which nobody has this any more, where one of them must."""
    asked = [one for one in theirs if one.duty.starts_at > at and kind.casefold() in _folded(one.duty.somebody)]
    if not asked:
        return
    plan = plan_of(rota, at=at)
    for one in asked:
        one.community = rota.community
        if kind.casefold() in _folded(lost_on(plan, one.duty)):
            letters.nobody_with(one, kind, at=at)


def _folded(names: Iterable[str]) -> set[str]:
    return {name.casefold() for name in names}


def _must_go(plan: Plan, one: Assignment, kind: str) -> bool:
    """Is this check needed where they are on duty, and do they lack it on that day?"""
    if plan.problem is None:
        return False
    person, duty = str(one.membership_id), str(one.duty_id)
    ratio = plan.rota.section.get("ratio", {})
    needed = _folded(one.duty.everybody)
    if one.duty.counts:
        needed |= _folded(ratio.get("counts_with", ()))
    if kind.casefold() not in needed:
        return False
    training = _folded(plan.problem.person_of[person].training)
    return kind.casefold() not in training or plan.is_out(person, duty)


def _open(
    community: Community, rows: Iterable[Assignment], why: str, *, by: Person | None, at: datetime
) -> list[Assignment]:
    """End these, one rota after the other in one order; return those that still stood once their rota was held."""
    asked = list(rows)
    gone: list[Assignment] = []
    for rota in _in_order(asked):
        rota.community = rota.program.community = community
        stands = held(rota)
        still = Assignment.objects.on(stands).standing().filter(pk__in=[one.pk for one in asked], outcome="")
        if theirs := list(still.with_people()):
            _free(stands, theirs, why, by=by, at=at)
            gone += theirs
    return gone


def _in_order(rows: Iterable[Assignment]) -> list[Rota]:
    """The rotas of these, in the order in which they are held, so that nobody waits for each other."""
    rotas: dict[UUID, Rota] = {one.duty.rota_id: one.duty.rota for one in rows}
    return [rotas[pk] for pk in sorted(rotas)]


def _free(stands: Rota, theirs: list[Assignment], why: str, *, by: Person | None, at: datetime) -> None:
    withdraw_swaps(stands.community, [one.pk for one in theirs], at=at)
    for one in theirs:
        one.community = one.duty.community = stands.community
        one.duty.rota = stands
        end(one, why, at=at)
    changed(stands)
    log("duties_freed", stands, by=by, at=at)
    if not stands.is_draft:
        letters.places_open(plan_of(stands, at=at), theirs, at=at)
