"""A meeting is called, changed or called off; people say that they come; it goes through its items, and ends."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from alongside.decisions.actions.closing import ReasonMissing
from alongside.decisions.actions.deeds import Deed
from alongside.decisions.actions.opening import NeedsTwoSides, NotASideOfTheirs
from alongside.decisions.actions.rolls import sides_of_members
from alongside.decisions.letters import meetings as letters
from alongside.decisions.models import (
    AgendaItem,
    Attendance,
    Coming,
    Correction,
    HandVote,
    Meeting,
    Minutes,
    MinutesApproval,
)
from alongside.decisions.models.meetings import both_sides
from alongside.decisions.permissions.meetings import invited_to
from alongside.kernel import activity, undo
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people import undoing
from alongside.people.models import Group, Membership, Person

# So long before its start people may sit down, be ticked, and begin.
DOORS_OPEN = timedelta(hours=1)


class StartsTooSoon(Refusal):
    """A meeting is called for a time still to come."""


class NoWayThere(Refusal):
    """A meeting says where it is, or how one takes part from elsewhere."""


class MeetingIsOver(Refusal):
    """It was called off, or it is over: nothing of this is changed now."""


class NotYetBegun(Refusal):
    """This belongs to the meeting itself, which is still to come; `starts_at` says when."""

    def __init__(self, *, starts_at: datetime) -> None:
        super().__init__(starts_at.isoformat())
        self.starts_at = starts_at


class NotInvited(Refusal):
    """Somebody is not among those the meeting is for, or is under 18: visitors are counted without a name."""


class MinutesStand(Refusal):
    """The minutes are put forward or approved: who was there stays as it is written."""


class HasAnswered(Refusal):
    """Somebody has said whether the minutes are right: they were there, and stay on the list and on their side."""


class HandsWait(Refusal):
    """A count of hands waits to be confirmed: whose hands were counted stays on the list, and on their side."""


@dataclass(frozen=True)
class MeetingTold:
    """When a meeting is, and how people take part."""

    title: str
    starts_at: datetime
    minutes: int
    purpose: str = ""
    place: str = ""
    online: str = ""
    phone: str = ""
    access: str = ""

    def facts(self) -> dict[str, object]:
        return asdict(self)


@dataclass(frozen=True)
class DecidesBy:
    """Between whom a meeting decides, and how many of each must be there. Never changed once it is called."""

    sides: Sequence[str] = field(default_factory=both_sides)
    least_each_side: int = 3


@dataclass(frozen=True)
class Seat:
    """For which side somebody was there, and how."""

    side: str
    way: str = Attendance.Way.ROOM


@transaction.atomic
def call_meeting(
    *,
    membership: Membership,
    told: MeetingTold,
    by: Person,
    at: datetime,
    key: UUID,
    group: Group | None = None,
    decides_by: DecidesBy | None = None,
) -> Meeting:
    """Call a meeting of everybody or of a group; those it is for are told. The same `key` again returns the first.

    Raises StartsTooSoon, NoWayThere, NeedsTwoSides.
    """
    if made := Meeting.objects.of(membership.community).filter(key=key).first():
        return made  # type: ignore[no-any-return]
    _check(told, at)
    rule = decides_by or DecidesBy()
    if len(set(rule.sides)) != 2 or len(rule.sides) != 2:
        raise NeedsTwoSides
    about = {
        "group": group, "sides": list(rule.sides), "least_each_side": rule.least_each_side, "made_by": membership,
        "keyed_by": by, "made_at": at, "changed_at": at, **told.facts(),
    }  # fmt: skip
    meeting: Meeting
    # Of two that come at once the second finds the first one's.
    meeting, is_new = Meeting.objects.get_or_create(community=membership.community, key=key, defaults=about)
    if is_new:
        activity.log(did="decisions.meeting_called", about_what=meeting, by_id=by.pk, at=at)
        letters.called(meeting, at=at, by=by)
    return meeting


@transaction.atomic
def change_meeting(
    *, meeting: Meeting, told: MeetingTold, why: str, seen: datetime, by: Person, at: datetime
) -> Meeting:
    """Change when or where it is, for a reason; who said that they cannot come is told when the time is another.

    `seen`: its `changed_at` on the page. Raises MeetingIsOver once it has begun, SomeoneElseWasFaster, ReasonMissing,
    StartsTooSoon, NoWayThere.
    """
    stands = held(meeting)
    if stands.is_called_off or stands.begun_at is not None:
        raise MeetingIsOver
    if stands.changed_at != seen:
        raise SomeoneElseWasFaster
    if not why.strip():
        raise ReasonMissing
    _check(told, at)
    before = stands.starts_at
    for name, value in told.facts().items():
        setattr(stands, name, value)
    stands.changed_at = at
    stands.save(update_fields=[*told.facts(), "changed_at"])
    activity.log(did="decisions.meeting_changed", about_what=stands, by_id=by.pk, at=at)
    letters.changed(stands, why=why.strip(), before=before, at=at, by=by)
    return stands


@transaction.atomic
def call_off_meeting(*, meeting: Meeting, why: str, by: Person, at: datetime) -> Meeting:
    """It does not take place; everybody is told why, but those who said that they cannot come.

    Raises ReasonMissing, and MeetingIsOver once it has begun.
    """
    if not why.strip():
        raise ReasonMissing
    stands = held(meeting)
    if stands.is_called_off or stands.begun_at is not None:
        raise MeetingIsOver
    stands.state, stands.called_off_why, stands.changed_at = Meeting.State.CALLED_OFF, why.strip(), at
    stands.save(update_fields=["state", "called_off_why", "changed_at"])
    activity.log(did="decisions.meeting_called_off", about_what=stands, by_id=by.pk, at=at)
    letters.called_off(stands, at=at, by=by)
    return stands


@transaction.atomic
def say_coming(
    *,
    meeting: Meeting,
    membership: Membership,
    comes: bool,
    by: Person,
    at: datetime,
    needs: str = "",
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Coming:
    """Say whether one comes, and what one needs to take part; the last word counts.

    Raises MeetingIsOver, and NotInvited for somebody the meeting is not for.
    """
    stands = held(meeting)
    if stands.is_called_off or stands.is_over:
        raise MeetingIsOver
    if not invited_to(stands, on=stands.community.day_of(at)).filter(pk=membership.pk).exists():
        raise NotInvited
    deed = Deed(by, at, on_behalf_of, channel)
    said: Coming
    said, _is_new = Coming.objects.update_or_create(
        community=stands.community,
        meeting=stands,
        membership=membership,
        defaults={"comes": comes, "needs": needs.strip(), "at": at, **deed.keyed()},
    )
    deed.log("decisions.coming_said", said)
    return said


def may_sit(meeting: Meeting, at: datetime) -> dict[Membership, tuple[str, ...]]:
    """Everybody of 18 or more whom the meeting is for, by name, with every side they may speak for."""
    day = meeting.community.day_of(at)
    invited = set(invited_to(meeting, on=day).values_list("pk", flat=True))
    return {one: sides for one, sides in sides_of_members(meeting, on=day).items() if one.pk in invited}


@transaction.atomic
def keep_attendance(
    *,
    meeting: Meeting,
    came: Mapping[Membership, Seat],
    by: Person,
    at: datetime,
    gone: Collection[Membership] = (),
    visitors: int | None = None,
) -> Meeting:
    """Write down who was there and for which side, and how many visitors. Who is named in neither stays as they are.

    Who has answered the minutes, or whose hand was counted and waits to be confirmed, stays on the list, and on their
    side. Raises NotYetBegun, MeetingIsOver, MinutesStand, HasAnswered, HandsWait, NotInvited, NotASideOfTheirs.
    """
    stands = held(meeting)
    refuse_before_it(stands, at)
    if Minutes.objects.of(stands.community).fixed(stands):
        raise MinutesStand
    may = may_sit(stands, at) if came else {}
    rows = Attendance.objects.of(stands.community).filter(meeting=stands)
    seats = {row.membership_id: Seat(row.side, row.way) for row in rows}
    _refuse_who_counts(stands, rows, came, gone)
    for member, seat in came.items():
        if member not in may:
            raise NotInvited
        if seat.side not in may[member]:
            raise NotASideOfTheirs(side=seat.side)
        if seats.get(member.pk) == seat:
            continue  # it stays the word of whoever wrote it down
        told = {"side": seat.side, "way": seat.way, "keyed_by": by, "at": at}
        rows.update_or_create(community=stands.community, meeting=stands, membership=member, defaults=told)
    rows.filter(membership__in=[member.pk for member in gone]).delete()
    if visitors is not None and visitors != stands.visitors:
        stands.visitors = visitors
        stands.save(update_fields=["visitors"])
    activity.log(did="decisions.attendance_kept", about_what=stands, by_id=by.pk, at=at)
    return stands


def _refuse_who_counts(
    meeting: Meeting, rows: QuerySet[Attendance], came: Mapping[Membership, Seat], gone: Collection[Membership]
) -> None:
    """Raises HasAnswered or HandsWait: nobody gets rid of who does not agree by taking them off the list."""
    seats = {member.pk: seat.side for member, seat in came.items()}
    left = {member.pk for member in gone}
    moved = [one for one in rows if one.membership_id in left or seats.get(one.membership_id, one.side) != one.side]
    about = {"meeting": meeting, "membership__in": [one.membership_id for one in moved]}
    if any(model.objects.of(meeting.community).filter(**about).exists() for model in (MinutesApproval, Correction)):
        raise HasAnswered
    for hands in HandVote.objects.of(meeting.community).waiting().filter(meeting=meeting):
        if any(one.side in hands.counts for one in moved):
            raise HandsWait


@transaction.atomic
def take_item(*, item: AgendaItem, by: Person, at: datetime) -> AgendaItem:
    """Talk about this item now; the one before counts as dealt with, and the meeting has begun.

    Raises NotYetBegun, MeetingIsOver, and SomeoneElseWasFaster for an item that was moved or taken off.
    """
    meeting = held(item.meeting)
    refuse_before_it(meeting, at)
    if meeting.is_over:
        raise MeetingIsOver
    stands = AgendaItem.objects.on(meeting).to_deal_with().filter(pk=item.pk).first()
    if stands is None:
        raise SomeoneElseWasFaster
    if stands.began_at is not None:
        return stands  # type: ignore[no-any-return]
    _lay_down(meeting, at)
    stands.state, stands.began_at = AgendaItem.State.STANDS, at
    stands.save(update_fields=["state", "began_at"])
    if meeting.begun_at is None:
        meeting.begun_at = at
        meeting.save(update_fields=["begun_at"])
    activity.log(did="decisions.item_taken", about_what=stands, by_id=by.pk, at=at)
    return stands  # type: ignore[no-any-return]


@transaction.atomic
def end_meeting(*, meeting: Meeting, by: Person, at: datetime) -> Meeting:
    """The meeting is over; what was not reached waits to be moved or taken off. Raises NotYetBegun, MeetingIsOver."""
    stands = held(meeting)
    refuse_before_it(stands, at)
    if stands.is_over:
        raise MeetingIsOver
    before = {"began": stands.begun_at.isoformat() if stands.begun_at else None, "item": _current(stands)}
    _lay_down(stands, at)
    stands.begun_at, stands.ended_at = stands.begun_at or min(stands.starts_at, at), at
    stands.save(update_fields=["begun_at", "ended_at"])
    Minutes.objects.get_or_create(community=stands.community, meeting=stands)
    activity.log(did="decisions.meeting_ended", about_what=stands, by_id=by.pk, at=at)
    undoing.offer("decisions.end_meeting", stands, by=by, at=at, **before)
    return stands


def _current(meeting: Meeting) -> dict[str, Any] | None:
    """What the meeting is at, and how long it has been."""
    one = AgendaItem.objects.on(meeting).filter(began_at__isnull=False).first()
    return one and {"id": str(one.pk), "began": one.began_at.isoformat(), "spent": one.spent_seconds}


@undo.inverse("decisions.end_meeting")
@transaction.atomic
def go_on_meeting(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """It goes on where it was. Raises SomeoneElseWasFaster when the minutes have gone further since."""
    ended = Meeting.objects.filter(pk=args["row"], ended_at=undoing.moment_of(args))
    ended = ended.exclude(minutes_of_it__state__in=[Minutes.State.PUT_FORWARD, Minutes.State.APPROVED])
    began, item = args["began"], args["item"]
    undoing.bring_back(ended, begun_at=began and datetime.fromisoformat(began), ended_at=None)
    if item:
        undoing.bring_back(
            AgendaItem.objects.filter(pk=item["id"], state=AgendaItem.State.DEALT_WITH),
            state=AgendaItem.State.STANDS, began_at=datetime.fromisoformat(item["began"]), spent_seconds=item["spent"],
        )  # fmt: skip
    undoing.log("decisions.meeting_went_on", Meeting.objects.get(pk=args["row"]), by=by, at=at)


def held(meeting: Meeting) -> Meeting:
    """The meeting as it stands now, held until the transaction ends."""
    rows = Meeting.objects.of(meeting.community).select_related("community")
    stands: Meeting = rows.select_for_update(no_key=True, of=("self",)).get(pk=meeting.pk)
    return stands


def refuse_before_it(meeting: Meeting, at: datetime) -> None:
    """Raises MeetingIsOver for one that was called off, NotYetBegun before its doors open."""
    if meeting.is_called_off:
        raise MeetingIsOver
    if at < meeting.starts_at - DOORS_OPEN:
        raise NotYetBegun(starts_at=meeting.starts_at)


def _lay_down(meeting: Meeting, at: datetime) -> None:
    """What was talked about until now is dealt with."""
    for one in AgendaItem.objects.on(meeting).filter(began_at__isnull=False):
        one.spent_seconds, one.began_at, one.state = one.seconds_spent(at), None, AgendaItem.State.DEALT_WITH
        one.save(update_fields=["spent_seconds", "began_at", "state"])


def _check(told: MeetingTold, at: datetime) -> None:
    if told.starts_at <= at:
        raise StartsTooSoon
    if not (told.place.strip() or told.online.strip() or told.phone.strip()):
        raise NoWayThere
