"""What becomes of an entitlement: handed over at a desk once, handed on by the rule, or given back."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.kernel import activity, undo
from alongside.kernel.channels import Channel
from alongside.people import undoing
from alongside.people.models import BodyMember, Community, Membership, Person
from alongside.people.permissions import share_a_household
from alongside.rewards import letters
from alongside.rewards.actions.issuing import State, Why, fill, fresh_code, held, withdraw
from alongside.rewards.models import Entitlement, PaperNote, Reward
from alongside.rewards.refusing import HandedOnBefore, HasRunOut, NotInHand, NotThatWay, OwnReward
from alongside.rewards.rules.codes import new_serial
from alongside.rewards.rules.section import HOUSEHOLD, NOBODY, PROGRAM
from alongside.timebank import actions as timebank


@transaction.atomic
def redeem(*, entitlement: Entitlement, by: Person, at: datetime, channel: str = Channel.WEB) -> Entitlement:
    """Hand it over at a desk: once, whichever of two desks is first. Its paper is redeemed with it.

    Raises NotInHand, HasRunOut, OwnReward.
    """
    row = _held_row(entitlement)
    if row.membership.person_id == by.pk:
        raise OwnReward
    _check_in_hand(row, at)
    row.state, row.settled_at, row.settled_by, row.channel = State.REDEEMED, at, by, channel
    row.save(update_fields=["state", "settled_at", "settled_by", "channel"])
    PaperNote.objects.on(row).out().update(state=PaperNote.State.REDEEMED, settled_at=at)
    activity.log(did="rewards.redeemed", about_what=row, by_id=by.pk, at=at, channel=channel)
    undoing.offer("rewards.redeem", row, by=by, at=at)
    return row


@undo.inverse("rewards.redeem")
@transaction.atomic
def take_back_redeeming(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """It was the wrong one: it is ready again, and so is its paper."""
    when = undoing.moment_of(args)
    rows = Entitlement.objects.filter(pk=args["row"], state=State.REDEEMED, settled_at=when)
    undoing.bring_back(rows, state=State.ISSUED, settled_at=None, settled_by=None)
    row: Entitlement = Entitlement.objects.get(pk=args["row"])
    notes = PaperNote.objects.on(row).filter(state=PaperNote.State.REDEEMED, settled_at=when)
    notes.update(state=PaperNote.State.OUT, settled_at=None)
    undoing.log("rewards.redeeming_taken_back", row, by=by, at=at)


@transaction.atomic
def hand_on(
    *,
    entitlement: Entitlement,
    to: Membership,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Entitlement:
    """Give it to somebody else, as the program's rule allows, once; nothing can be asked for it.

    The old code and paper are void; the other person has a new one, for as long. Raises NotInHand, HasRunOut,
    HandedOnBefore, NotThatWay.
    """
    reward = held(entitlement.reward)
    row = _held_row(entitlement)
    _check_in_hand(row, at)
    if row.origin == Entitlement.Origin.HANDED_ON:
        raise HandedOnBefore
    _check_rule(reward, row, to)
    row.state, row.settled_at, row.settled_by, row.channel = State.TRANSFERRED, at, by, channel
    row.save(update_fields=["state", "settled_at", "settled_by", "channel"])
    PaperNote.objects.on(row).out().update(state=PaperNote.State.VOID, settled_at=at)
    theirs: Entitlement = Entitlement.objects.create(
        community=reward.community, reward=reward, membership=to, origin=Entitlement.Origin.HANDED_ON, came_from=row,
        state=State.ISSUED, code=fresh_code(reward.community_id), earned_at=at, issued_at=at,
        expires_on=row.expires_on, channel=channel,
    )  # fmt: skip
    _log("rewards.handed_on", theirs, by, at, on_behalf_of, channel)
    letters.about(theirs, at=at)
    return theirs


@transaction.atomic
def give_back(
    *,
    entitlement: Entitlement,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Entitlement:
    """Do without: somebody in line has it. Hours that were given for it come back. Raises NotInHand."""
    reward = held(entitlement.reward)
    row = _held_row(entitlement)
    if row.state not in (State.WAITING, State.ISSUED):
        raise NotInHand(state=row.state, settled_at=row.settled_at)
    withdraw(row, Why.GIVEN_BACK, by=by, at=at, on_behalf_of=on_behalf_of, channel=channel)
    if row.transfer is not None:
        row.transfer.payer.community = row.transfer.payee.community = reward.community
        timebank.reverse(
            transfer=row.transfer, reason=str(reward.name), by=by, at=at, key=f"reward-back:{row.pk}",
            on_behalf_of=on_behalf_of, channel=channel, undoes_own_step=True,
        )  # fmt: skip
    fill(reward, at=at)
    return row


def _held_row(entitlement: Entitlement) -> Entitlement:
    """The row as it stands, held. Whoever holds a reward too holds that first."""
    rows = Entitlement.objects.of(entitlement.community).select_for_update(of=("self",), no_key=True)
    related = rows.select_related("membership__person", "reward", "transfer__payer", "transfer__payee")
    row: Entitlement = related.get(pk=entitlement.pk)
    row.community = row.reward.community = row.membership.community = entitlement.community
    return row


def _check_in_hand(row: Entitlement, at: datetime) -> None:
    if row.state != State.ISSUED:
        raise NotInHand(state=row.state, settled_at=row.settled_at)
    if row.has_run_out(row.community.day_of(at)):
        raise HasRunOut(expires_on=row.expires_on)


def _check_rule(reward: Reward, row: Entitlement, to: Membership) -> None:
    rule = reward.term("transfer", NOBODY)
    fits = to.pk != row.membership_id and to.community_id == row.community_id and to.left_at is None
    if rule == HOUSEHOLD:
        fits = fits and share_a_household(row.membership, to)
    elif rule == PROGRAM:
        people = BodyMember.objects.of(row.community).filter(group=reward.program.group_id, membership=to)
        fits = fits and people.exists()
    if rule == NOBODY or not fits:
        raise NotThatWay(rule=rule)


@transaction.atomic
def print_note(*, entitlement: Entitlement, by: Person, at: datetime) -> PaperNote:
    """A piece of paper with a serial; one that was printed before is void. Raises NotInHand, HasRunOut."""
    reward = held(entitlement.reward)
    row = _held_row(entitlement)
    _check_in_hand(row, at)
    PaperNote.objects.on(row).out().update(state=PaperNote.State.VOID, settled_at=at)
    return _paper_for(reward, row, by=by, at=at)


@transaction.atomic
def print_notes(*, reward: Reward, entitlements: Iterable[UUID], by: Person, at: datetime) -> list[PaperNote]:
    """A note for each of these that can still be used, on one sheet, by name; notes printed before are void.

    However many there are, it takes as many questions as one. Returns [] where none can be used any more.
    """
    stands = held(reward)
    rows = Entitlement.objects.on(stands).in_hand().filter(pk__in=list(entitlements))
    rows = rows.select_related("membership__person").select_for_update(of=("self",), no_key=True)
    today = stands.community.day_of(at)
    found = [row for row in rows.order_by("membership__person__search_name", "pk") if not row.has_run_out(today)]
    if not found:
        return []
    out = PaperNote.objects.of(stands.community).out().filter(entitlement__in=found)
    out.update(state=PaperNote.State.VOID, settled_at=at)
    first = _next_number(stands)
    made = [
        PaperNote(
            community=stands.community, entitlement=row, number=number, serial=new_serial(number), printed_by=by,
            printed_at=at,
        )
        for number, row in enumerate(found, start=first)
    ]  # fmt: skip
    PaperNote.objects.bulk_create(made)
    activity.log(did="rewards.notes_printed", about_what=stands, by_id=by.pk, at=at)
    return made


def _next_number(reward: Reward) -> int:
    """The next number of the community, whose row is held meanwhile: numbers run on without gaps."""
    Community.objects.select_for_update(no_key=True).get(pk=reward.community_id)
    last = PaperNote.objects.of(reward.community).order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def _paper_for(reward: Reward, row: Entitlement, *, by: Person, at: datetime) -> PaperNote:
    number = _next_number(reward)
    note: PaperNote = PaperNote.objects.create(
        community=reward.community, entitlement=row, number=number, serial=new_serial(number),
        printed_by=by, printed_at=at,
    )  # fmt: skip
    activity.log(did="rewards.printed", about_what=note, by_id=by.pk, at=at)
    return note


def _log(did: str, row: Entitlement, by: Person, at: datetime, on_behalf_of: Person | None, channel: str) -> None:
    activity.log(
        did=did, about_what=row, by_id=by.pk, at=at, channel=channel,
        on_behalf_of_id=on_behalf_of.pk if on_behalf_of else None,
    )  # fmt: skip
