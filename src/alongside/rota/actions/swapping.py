"""Somebody looks for another to take a duty: who may take it is asked, and a coordinator can do it for them."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people.models import Membership, Person
from alongside.rota import letters_swaps as letters
from alongside.rota.actions.holding import NotPublishedYet, changed, end, held, log
from alongside.rota.actions.placing import put_on, standing_assignment, standing_duty
from alongside.rota.actions.unasking import withdraw_swaps
from alongside.rota.both_ways import who_may_answer
from alongside.rota.eligible import check_may_take
from alongside.rota.models import Assignment, Swap
from alongside.rota.planning import Plan, plan_of
from alongside.rota.together import note_day


class CannotBeAsked(Refusal):
    """Whoever is asked does not share these duties, or is on this one. Whether they may take it is their matter."""


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
    takes_back: bool = False,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Swap:
    """Look for somebody who takes a duty: anybody who may, or one person. Until then it is theirs.

    One person is asked whether or not they may: who asks could learn of checks and days away otherwise.
    `takes_back`: they would do a duty of whoever takes it.
    Raises NotPublishedYet, DutyIsOver, CannotBeAsked, SomeoneElseWasFaster.
    """
    rota = held(assignment.duty.rota)
    if made := Swap.objects.of(rota.community).filter(key=key).first():
        return made  # type: ignore[no-any-return]
    if rota.is_draft:
        raise NotPublishedYet
    standing_duty(rota, assignment.duty, at=at)
    stands = standing_assignment(rota, assignment)
    if Swap.objects.of(rota.community).unsettled().filter(assignment=stands).exists():
        raise SomeoneElseWasFaster
    plan = plan_of(rota, at=at)
    if asked_of is not None and not _can_be_asked(plan, stands, asked_of):
        raise CannotBeAsked
    swap = Swap(
        community=rota.community, assignment=stands, asked_of=asked_of, takes_back=takes_back, asked_at=at,
        keyed_by=by, channel=channel, key=key,
    )  # fmt: skip
    swap.save(force_insert=True)
    log("swap_asked", swap, by=by, at=at, on_behalf_of=on_behalf_of, channel=channel)
    if asked_of is None:
        letters.swap_asked(swap, who_may_answer(plan, swap, at=at), at=at)
    else:
        letters.asked_by_name(swap, at=at)
    return swap


def _can_be_asked(plan: Plan, stands: Assignment, membership: Membership) -> bool:
    on_it = {one.membership_id for one in plan.on_duty[stands.duty_id]}
    return membership.pk in plan.pool.members and membership.pk not in on_it


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
    """Take a duty for which somebody is looked for, and give nothing for it. Who had it is told.

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
    withdraw_swaps(rota.community, [gone.pk], at=at, but=stands)
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
    stands = _as_it_stands(swap, Swap.State.ASKED, Swap.State.OFFERED)
    if stands.given is not None:
        letters.offer_not_needed(stands, at=at)
    stands.state, stands.settled_at = Swap.State.WITHDRAWN, at
    stands.save(update_fields=["state", "settled_at"])
    log("swap_withdrawn", stands, by=by, at=at, on_behalf_of=on_behalf_of, channel=channel)
    return stands


def open_swap(swap: Swap) -> Swap:
    """The swap as it stands, with its duty. Raises SomeoneElseWasFaster where somebody has answered or it is over."""
    return _as_it_stands(swap, Swap.State.ASKED)


def offered_swap(swap: Swap) -> Swap:
    """The swap with what is offered for it. Raises SomeoneElseWasFaster where nothing is."""
    return _as_it_stands(swap, Swap.State.OFFERED)


def _as_it_stands(swap: Swap, *states: str) -> Swap:
    rows = Swap.objects.of(swap.community).filter(pk=swap.pk, state__in=states)
    found: Swap | None = rows.with_duty().first()
    if found is None:
        raise SomeoneElseWasFaster
    found.community = swap.community
    for one in (found.assignment, found.given):
        if one is not None:
            one.community = one.duty.community = one.membership.community = swap.community
            one.duty.rota.community = one.duty.rota.program.community = swap.community
    return found
