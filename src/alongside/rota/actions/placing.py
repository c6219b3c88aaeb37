"""One person on one duty: set by hand by whoever keeps the rota, or taken by oneself where a place is open."""

from datetime import datetime
from typing import Any

from django.db import transaction

from alongside.kernel import undo
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people import undoing
from alongside.people.models import Membership, Person
from alongside.rota import letters
from alongside.rota.actions.holding import (
    DutyIsOver,
    NotPublishedYet,
    changed,
    end,
    family_of,
    free_place,
    held,
    hold_people,
    log,
)
from alongside.rota.actions.unasking import withdraw_swaps
from alongside.rota.eligible import BreaksRules, MustNotBe, NotOfThisPool, broken_by, check_may_take, must_not_be
from alongside.rota.models import Assignment, Duty, Rota
from alongside.rota.planning import Plan, plan_of
from alongside.rota.together import note_day


class AlreadyBusy(Refusal):
    """The person has another duty at that time."""


@transaction.atomic
def place(
    *,
    duty: Duty,
    membership: Membership,
    by: Person,
    at: datetime,
    instead_of: Assignment | None = None,
    despite_rules: bool = False,
    channel: str = Channel.WEB,
) -> Assignment:
    """Set somebody on a duty by hand, in an open place or instead of somebody. A search leaves it.

    `by` may take it back for ten seconds.
    Raises DutyIsOver, NotOfThisPool, AlreadyOnIt, AlreadyBusy, MustNotBe, BreaksRules, SomeoneElseWasFaster.
    """
    rota = held(duty.rota)
    stands = standing_duty(rota, duty, at=at)
    gone = standing_assignment(rota, instead_of) if instead_of else None
    plan = plan_of(rota, at=at)
    broken = broken_by(plan, stands, membership, gone=gone)
    if refused := must_not_be(plan, broken):
        raise MustNotBe(broken=refused, plan=plan)
    if broken and not despite_rules:
        raise BreaksRules(broken=broken, plan=plan)
    before = _taken_off(gone, at=at) if gone else {}
    made = put_on(plan, stands, membership, at=at, is_fixed=True)
    changed(rota)
    told = {"revision": rota.revision, "gone": str(gone.pk) if gone else None, **before}
    undoing.offer("rota.place", made, by=by, at=at, **told)
    log("placed", made, by=by, at=at, on_behalf_of=membership.person, channel=channel)
    if not rota.is_draft:
        letters.given(made, by=by, at=at)
        if gone is not None:
            letters.taken_off(gone, by=by, at=at)
    note_day(stands, at=at)
    return made


@transaction.atomic
def take_off(*, assignment: Assignment, by: Person, at: datetime, channel: str = Channel.WEB) -> Assignment:
    """Somebody need not do a duty: its place is open. `by` may take it back for ten seconds.

    Raises DutyIsOver, SomeoneElseWasFaster.
    """
    rota = held(assignment.duty.rota)
    standing_duty(rota, assignment.duty, at=at)
    gone = standing_assignment(rota, assignment)
    before = _taken_off(gone, at=at)
    changed(rota)
    undoing.offer("rota.take_off", gone, by=by, at=at, revision=rota.revision, **before)
    log("taken_off", gone, by=by, at=at, on_behalf_of=gone.membership.person, channel=channel)
    if not rota.is_draft:
        letters.taken_off(gone, by=by, at=at)
        letters.places_open(plan_of(rota, at=at), [gone], at=at, wait=undo.SECONDS)
    return gone


def _taken_off(gone: Assignment, *, at: datetime) -> dict[str, Any]:
    """End it by hand; returns what an undo needs."""
    was_fixed = gone.is_fixed
    end(gone, Assignment.Ended.CHANGED, at=at)
    return {"was_fixed": was_fixed, "swaps": withdraw_swaps(gone.community, [gone.pk], at=at)}


@transaction.atomic
def take(
    *,
    duty: Duty,
    membership: Membership,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Assignment:
    """Take an open place of a published rota.

    Raises NotPublishedYet, DutyIsOver, NotOfThisPool, AlreadyOnIt, AlreadyBusy, MustNotBe, BreaksRules or
    SomeoneElseWasFaster.
    """
    rota = held(duty.rota)
    if rota.is_draft:
        raise NotPublishedYet
    stands = standing_duty(rota, duty, at=at)
    plan = plan_of(rota, at=at)
    check_may_take(plan, stands, membership)
    made = put_on(plan, stands, membership, at=at)
    changed(rota)
    log("taken", made, by=by, at=at, on_behalf_of=on_behalf_of, channel=channel)
    letters.tell_keeper(made, by=by, at=at)
    note_day(stands, at=at)
    return made


def put_on(plan: Plan, duty: Duty, membership: Membership, *, at: datetime, is_fixed: bool = False) -> Assignment:
    """Write down that somebody has a duty. A part of other actions, which hold the rota.

    Raises AlreadyBusy, SomeoneElseWasFaster.
    """
    rota = plan.rota
    hold_people(rota, [membership.pk])
    busy = Assignment.objects.by(membership).standing()
    if busy.filter(duty__starts_at__lt=duty.ends_at, duty__ends_at__gt=duty.starts_at).exists():
        raise AlreadyBusy
    home = plan.home_of(membership.pk)
    if home is None:
        raise NotOfThisPool
    made = Assignment(
        community=rota.community, duty=duty, family=family_of(rota, home), membership=membership,
        place=free_place(duty), is_fixed=is_fixed, made_at=at,
    )  # fmt: skip
    made.save(force_insert=True)
    return made


def standing_duty(rota: Rota, duty: Duty, *, at: datetime) -> Duty:
    """The duty as it stands and lies ahead. Raises DutyIsOver."""
    found: Duty | None = Duty.objects.on(rota).standing().filter(pk=duty.pk).first()
    if found is None or (not rota.is_draft and found.starts_at <= at):
        raise DutyIsOver
    found.rota, found.community, found.program = rota, rota.community, rota.program
    return found


def standing_assignment(rota: Rota, assignment: Assignment) -> Assignment:
    """The assignment as it stands. Raises SomeoneElseWasFaster where it has ended or is done."""
    rows = Assignment.objects.on(rota).standing().filter(pk=assignment.pk, outcome="").with_people()
    found: Assignment | None = rows.first()
    if found is None:
        raise SomeoneElseWasFaster
    found.community, found.duty.rota, found.duty.community = rota.community, rota, rota.community
    found.duty.program = rota.program
    return found
