"""Somebody looks for another to take a duty: who may take it is asked, and a coordinator can do it for them."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people.models import Membership, Person
from alongside.rota import letters
from alongside.rota.actions.holding import NotPublishedYet, changed, end, held, log
from alongside.rota.actions.placing import put_on, standing_assignment, standing_duty
from alongside.rota.eligible import check_may_take, who_may_take
from alongside.rota.models import Assignment, Swap
from alongside.rota.planning import plan_of
from alongside.rota.together import note_day


class CannotTakeIt(Refusal):
    """Whoever is asked may not take this duty."""


class NotTheirs(Refusal):
    """Only whoever has the duty, or was asked, does this."""


@transaction.atomic
def ask_swap(
    *,
    assignment: Assignment,
    by: Person,
    at: datetime,
    key: UUID,
    asked_of: Membership | None = None,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Swap:
    """Look for somebody who takes a duty: anybody who may, or one person. Until then it is theirs.

    Raises NotPublishedYet, DutyIsOver, CannotTakeIt, SomeoneElseWasFaster.
    """
    rota = held(assignment.duty.rota)
    if made := Swap.objects.of(rota.community).filter(key=key).first():
        return made  # type: ignore[no-any-return]
    if rota.is_draft:
        raise NotPublishedYet
    standing_duty(rota, assignment.duty, at=at)
    stands = standing_assignment(rota, assignment)
    if Swap.objects.of(rota.community).open().filter(assignment=stands).exists():
        raise SomeoneElseWasFaster
    plan = plan_of(rota, at=at)
    takers = who_may_take(plan, stands.duty, gone=stands)
    if asked_of is not None and asked_of.pk not in {one.pk for one in takers}:
        raise CannotTakeIt
    swap = Swap(
        community=rota.community, assignment=stands, asked_of=asked_of, asked_at=at, keyed_by=by, channel=channel,
        key=key,
    )  # fmt: skip
    swap.save(force_insert=True)
    log("swap_asked", swap, by=by, at=at, on_behalf_of=on_behalf_of, channel=channel)
    letters.swap_asked(swap, [asked_of] if asked_of else takers, at=at)
    return swap


@transaction.atomic
def take_swap(
    *,
    swap: Swap,
    membership: Membership,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Assignment:
    """Take a duty for which somebody is looked for. Who had it is told.

    Raises DutyIsOver, NotTheirs, NotOfThisPool, AlreadyOnIt, AlreadyBusy, MustNotBe, BreaksRules, SomeoneElseWasFaster.
    """
    rota = held(swap.assignment.duty.rota)
    stands = open_swap(swap)
    duty = standing_duty(rota, swap.assignment.duty, at=at)
    gone = standing_assignment(rota, swap.assignment)
    if stands.asked_of_id is not None and stands.asked_of_id != membership.pk:
        raise NotTheirs
    plan = plan_of(rota, at=at)
    check_may_take(plan, duty, membership, gone=gone)
    end(gone, Assignment.Ended.SWAPPED, at=at)
    made = put_on(plan, duty, membership, at=at)
    stands.state, stands.settled_at, stands.taken = Swap.State.TAKEN, at, made
    stands.save(update_fields=["state", "settled_at", "taken"])
    changed(rota)
    log("swap_taken", stands, by=by, at=at, on_behalf_of=on_behalf_of, channel=channel)
    letters.swap_taken(stands, gone, made, at=at)
    note_day(duty, at=at)
    return made


@transaction.atomic
def decline_swap(
    *,
    swap: Swap,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Swap:
    """Whoever was asked says no, and need not say why. Raises SomeoneElseWasFaster."""
    held(swap.assignment.duty.rota)
    stands = open_swap(swap)
    if stands.asked_of_id is None:
        raise SomeoneElseWasFaster
    stands.state, stands.settled_at = Swap.State.DECLINED, at
    stands.save(update_fields=["state", "settled_at"])
    log("swap_declined", stands, by=by, at=at, on_behalf_of=on_behalf_of, channel=channel)
    letters.swap_declined(stands, at=at)
    return stands


@transaction.atomic
def withdraw_swap(
    *,
    swap: Swap,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Swap:
    """Nobody is looked for any more: who has the duty does it. Raises SomeoneElseWasFaster."""
    held(swap.assignment.duty.rota)
    stands = open_swap(swap)
    stands.state, stands.settled_at = Swap.State.WITHDRAWN, at
    stands.save(update_fields=["state", "settled_at"])
    log("swap_withdrawn", stands, by=by, at=at, on_behalf_of=on_behalf_of, channel=channel)
    return stands


def open_swap(swap: Swap) -> Swap:
    """The swap as it stands, with its duty. Raises SomeoneElseWasFaster where it is settled."""
    found: Swap | None = Swap.objects.of(swap.community).open().filter(pk=swap.pk).with_duty().first()
    if found is None:
        raise SomeoneElseWasFaster
    found.community = found.assignment.community = found.assignment.duty.community = swap.community
    found.assignment.duty.rota.community = swap.community
    return found
