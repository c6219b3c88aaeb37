"""What stands on the agenda: anybody it is for brings a matter, a facilitator orders them, and nothing is just lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from alongside.decisions import subjects
from alongside.decisions.actions.closing import ReasonMissing
from alongside.decisions.actions.deeds import Deed
from alongside.decisions.actions.hands import BY_HANDS
from alongside.decisions.actions.meetings import HandsWait, MeetingIsOver, NotInvited, held
from alongside.decisions.letters import agenda as letters
from alongside.decisions.models import AgendaItem, Decision, HandVote, Meeting, Proposal
from alongside.decisions.permissions.meetings import invited_to
from alongside.kernel import activity, undo
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.kernel.ids import new_id
from alongside.people import undoing
from alongside.people.models import Membership, Person


class NotForThisMeeting(Refusal):
    """Only what is open, and concerns those who meet, is put on an agenda."""


class NowhereToCarry(Refusal):
    """It is moved to a meeting of the same people that is still to come."""


@dataclass(frozen=True)
class ItemTold:
    """A matter for an agenda. `decides`: it is to be decided there, and people read so."""

    title: str
    wanted: int
    why: str = ""
    proposal: Proposal | None = None
    decision: Decision | None = None
    decides: bool = False

    @property
    def kind(self) -> str:
        if self.decision is not None:
            return AgendaItem.Kind.LOOK_AGAIN
        return AgendaItem.Kind.DECIDE if self.decides and self.proposal else AgendaItem.Kind.TALK


@dataclass(frozen=True)
class Place:
    """Where an item stands on the agenda, and how many minutes it is given."""

    place: int
    minutes: int


@transaction.atomic
def bring_item(
    *,
    meeting: Meeting,
    membership: Membership,
    told: ItemTold,
    by: Person,
    at: datetime,
    key: UUID,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> AgendaItem:
    """Put a matter on the agenda; `by` may take it back for ten seconds. The same `key` again returns the first.

    When it is to be decided, everybody the meeting is for is told. Raises MeetingIsOver, NotInvited,
    NotForThisMeeting.
    """
    stands = held(meeting)
    if made := AgendaItem.objects.of(stands.community).filter(key=key).first():
        return made  # type: ignore[no-any-return]
    if stands.is_called_off or stands.is_over:
        raise MeetingIsOver
    if not invited_to(stands, on=stands.community.day_of(at)).filter(pk=membership.pk).exists():
        raise NotInvited
    _check_about(stands, told)
    deed = Deed(by, at, on_behalf_of, channel)
    item = _put(stands, told, membership, deed, key=key)
    deed.log("decisions.item_brought", item)
    letters.brought(item, speaker=deed.speaker, at=at)
    undoing.offer("decisions.bring_item", item, by=by, at=at)
    return item


@undo.inverse("decisions.bring_item")
@transaction.atomic
def take_item_back(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """It was never brought. Raises SomeoneElseWasFaster when something has been done with it since."""
    brought = AgendaItem.objects.filter(pk=args["row"]).select_related("meeting__community").first()
    if brought is None:
        raise SomeoneElseWasFaster
    # Who takes it up, writes about it or counts hands on it holds the meeting too.
    meeting = held(brought.meeting)
    item = AgendaItem.objects.on(meeting).filter(pk=brought.pk).first()
    if item is None or _is_touched(item):
        raise SomeoneElseWasFaster
    key = letters.brought_key(item)
    item.delete()
    letters.take_back(meeting.community, key=key, by=by, at=at)
    undoing.log("decisions.item_taken_back", meeting, by=by, at=at)


@transaction.atomic
def arrange(*, meeting: Meeting, places: Mapping[AgendaItem, Place], by: Person, at: datetime) -> None:
    """Order the items, and give each its minutes; who is not named keeps their place. Raises MeetingIsOver."""
    stands = held(meeting)
    if stands.is_called_off or stands.is_over:
        raise MeetingIsOver
    for item, told in places.items():
        rows = AgendaItem.objects.on(stands).to_deal_with().filter(pk=item.pk)
        rows.update(place=told.place, given=told.minutes)
    activity.log(did="decisions.agenda_arranged", about_what=stands, by_id=by.pk, at=at)


@transaction.atomic
def carry_item(*, item: AgendaItem, to: Meeting, by: Person, at: datetime) -> AgendaItem:
    """Move what was not reached to another meeting; whoever brought it is told.

    What is to be decided is announced anew from now on, and everybody is told. Raises NowhereToCarry,
    SomeoneElseWasFaster.
    """
    stands, next_one = _held_waiting(item), held(to)
    is_open = not (next_one.is_called_off or next_one.is_over) and next_one.starts_at > at
    if next_one.pk == stands.meeting_id or not is_open or next_one.group_id != stands.meeting.group_id:
        raise NowhereToCarry
    told = ItemTold(
        title=stands.title,
        wanted=stands.wanted,
        why=stands.why,
        proposal=stands.proposal,
        decision=stands.decision,
        decides=stands.kind == AgendaItem.Kind.DECIDE and stands.proposal.is_open,
    )
    stands.state = AgendaItem.State.CARRIED
    stands.save(update_fields=["state"])
    deed = Deed(by, at)
    moved = _put(next_one, told, stands.brought_by, deed, key=new_id(), carried_from=stands)
    deed.log("decisions.item_carried", stands)
    letters.carried(stands, moved, at=at, by=by)
    if moved.kind == AgendaItem.Kind.DECIDE:
        letters.to_decide(moved, at=at, by=by)
    return moved


@transaction.atomic
def drop_item(*, item: AgendaItem, why: str, by: Person, at: datetime) -> AgendaItem:
    """Take a matter off the agenda, with a word to whoever brought it. Raises ReasonMissing, SomeoneElseWasFaster."""
    if not why.strip():
        raise ReasonMissing
    stands = _held_waiting(item)
    stands.state, stands.dropped_why = AgendaItem.State.DROPPED, why.strip()
    stands.save(update_fields=["state", "dropped_why"])
    activity.log(did="decisions.item_dropped", about_what=stands, by_id=by.pk, at=at)
    letters.dropped(stands, at=at, by=by)
    return stands


def _held_waiting(item: AgendaItem) -> AgendaItem:
    """The item, its meeting held; only one that stands on the agenda and is not talked about now."""
    meeting = held(item.meeting)
    rows = AgendaItem.objects.on(meeting).with_words().filter(state=AgendaItem.State.STANDS, began_at=None)
    stands: AgendaItem | None = rows.filter(pk=item.pk).first()
    if stands is None:
        raise SomeoneElseWasFaster
    if HandVote.objects.of(meeting.community).waiting().filter(item=stands).exists():
        raise HandsWait
    stands.meeting, stands.community = meeting, meeting.community
    return stands


def _check_about(meeting: Meeting, told: ItemTold) -> None:
    """Raises NotForThisMeeting: a group decides its own matters alone."""
    if told.proposal is not None:
        stands = Proposal.objects.of(meeting.community).open().filter(pk=told.proposal.pk).first()
        if stands is None or (meeting.group_id is not None and meeting.group_id != stands.group_id):
            raise NotForThisMeeting
        about = subjects.subject_of(stands)
        if told.decides and about is not None and BY_HANDS not in about.ways:
            raise NotForThisMeeting
    if told.decision is not None:
        closed = Decision.objects.of(meeting.community).closed().filter(pk=told.decision.pk)
        if told.proposal is not None or not closed.exists():
            raise NotForThisMeeting


def _put(meeting: Meeting, told: ItemTold, brought_by: Membership, deed: Deed, **more: Any) -> AgendaItem:
    last = AgendaItem.objects.on(meeting).aggregate(last=Max("place"))["last"] or 0
    item: AgendaItem = AgendaItem.objects.create(
        community=meeting.community,
        meeting=meeting,
        title=told.title,
        why=told.why,
        kind=told.kind,
        proposal=told.proposal,
        decision=told.decision,
        announced_at=deed.at if told.kind == AgendaItem.Kind.DECIDE else None,
        wanted=told.wanted,
        place=last + 1,
        brought_by=brought_by,
        at=deed.at,
        **deed.keyed(),
        **more,
    )
    return item


def _is_touched(item: AgendaItem) -> bool:
    is_new = item.state == AgendaItem.State.STANDS and item.began_at is None and not item.spent_seconds
    return not is_new or item.passages.exists() or item.undertakings.exists() or item.hands.exists()
