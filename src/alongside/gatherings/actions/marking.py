"""Who came: marks are added one by one, contradictions wait for a coordinator, and the attendance is closed."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.gatherings import hooks, signals
from alongside.gatherings.actions.booking import NotForThem
from alongside.gatherings.actions.deeds import Deed, GatheringIsOver, held
from alongside.gatherings.due import due_at
from alongside.gatherings.models import Attendance, Booking, Gathering, Mark, Sheet
from alongside.gatherings.models.gatherings import DOORS_OPEN
from alongside.gatherings.rules.time_there import SAME_WITHIN, minutes_there, says_otherwise
from alongside.kernel import undo
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal
from alongside.kernel.ids import new_id
from alongside.people import undoing
from alongside.people.models import Membership, Person

# So long after its end somebody may still have gone out.
LONGEST_AFTER = timedelta(hours=12)
_STATE_OF = {
    Mark.Said.CAME: Attendance.State.CAME,
    Mark.Said.DID_NOT: Attendance.State.DID_NOT,
    Mark.Said.IN: Attendance.State.CAME,
    Mark.Said.OUT: Attendance.State.CAME,
}


class NotYetBegun(Refusal):
    """Nobody is ticked before the doors open; `starts_at` says when it is."""

    def __init__(self, *, starts_at: datetime) -> None:
        super().__init__(starts_at.isoformat())
        self.starts_at = starts_at


class TimeDoesNotFit(Refusal):
    """In or out lies outside the gathering, in the future, or out before in."""


class OwnCase(Refusal):
    """Nobody settles a contradiction about themselves."""


class NothingToSettle(Refusal):
    """Nothing contradicts what stands there."""


@transaction.atomic
def mark(
    *,
    gathering: Gathering,
    membership: Membership,
    said: str,
    by: Person,
    at: datetime,
    key: UUID,
    moment: datetime | None = None,
    channel: str = Channel.WEB,
    sheet: Sheet | None = None,
) -> Attendance:
    """Add one entry: somebody came, did not, or went in or out at a `moment`. The same `key` or word again is once.

    Paper and screen that contradict each other, and anything after the closing, leave what stands as it is: the
    contradiction waits for a coordinator. Raises GatheringIsOver, NotYetBegun, TimeDoesNotFit, and NotForThem
    for somebody of another community.
    """
    stands = held(gathering)
    if membership.community_id != stands.community_id:
        raise NotForThem
    if stands.is_called_off:
        raise GatheringIsOver
    if at < stands.starts_at - DOORS_OPEN:
        raise NotYetBegun(starts_at=stands.starts_at)
    row = presence(stands, membership, at)
    if Mark.objects.of(stands.community).filter(key=key).exists():
        return row
    _check_moment(stands, row, said, moment, at)
    if _says_the_same(row, said, moment, by):
        return row
    entry: Mark = Mark.objects.create(
        community=stands.community, gathering=stands, membership=membership, said=said, moment=moment, by=by, at=at,
        channel=channel, sheet=sheet, key=key,
    )  # fmt: skip
    before = _before(row)
    if _contradicts(row, stands, entry):
        row.contradicted_by = entry
    else:
        apply(row, entry, by=by)
    row.changed_at = at
    row.save()
    Deed(by, at, channel=channel).log("gatherings.marked", row)
    undoing.offer("gatherings.mark", row, by=by, at=at, mark=str(entry.pk), before=before)
    return row


def presence(gathering: Gathering, membership: Membership, at: datetime) -> Attendance:
    """The row about one person; a new one for who was not marked yet, as a walk-in where they have no place."""
    rows = Attendance.objects.of(gathering.community).filter(gathering=gathering, membership=membership)
    if found := rows.select_related("last_mark", "contradicted_by").first():
        return found  # type: ignore[no-any-return]
    booked = Booking.objects.of(gathering.community).booked().filter(gathering=gathering, membership=membership)
    row: Attendance = rows.create(
        community=gathering.community, gathering=gathering, membership=membership, changed_at=at,
        is_walk_in=gathering.signs_up and not booked.exists() and membership not in hooks.expected(gathering),
    )  # fmt: skip
    return row


def _check_moment(gathering: Gathering, row: Attendance, said: str, moment: datetime | None, at: datetime) -> None:
    if (moment is None) != (said not in {Mark.Said.IN, Mark.Said.OUT}):
        raise TimeDoesNotFit
    if moment is None:
        return
    if not gathering.starts_at - DOORS_OPEN <= moment <= min(at + SAME_WITHIN, gathering.ends_at + LONGEST_AFTER):
        raise TimeDoesNotFit
    other = row.out_at if said == Mark.Said.IN else row.in_at
    if other is not None and (moment >= other if said == Mark.Said.IN else moment <= other):
        raise TimeDoesNotFit


def _says_the_same(row: Attendance, said: str, moment: datetime | None, by: Person) -> bool:
    """Nothing new; a time that only the person told is new once somebody else tells it."""
    if row.state != _STATE_OF[Mark.Said(said)] or row.is_disputed:
        return False
    if moment is None:
        return True
    stands = row.in_at if said == Mark.Said.IN else row.out_at
    return stands == moment and (row.attested_by_id is not None or by.pk == row.membership.person_id)


def _contradicts(row: Attendance, gathering: Gathering, entry: Mark) -> bool:
    if gathering.closed_at is not None or row.is_disputed:
        return True
    if row.last_mark is None or (row.last_mark.channel == Channel.PAPER) == (entry.channel == Channel.PAPER):
        return False
    stands = {Mark.Said.IN: row.in_at, Mark.Said.OUT: row.out_at}.get(Mark.Said(entry.said))
    return row.state != _STATE_OF[Mark.Said(entry.said)] or says_otherwise(stands, entry.moment)


def apply(row: Attendance, entry: Mark, *, by: Person) -> None:
    """Let a mark count: minutes only where somebody other than the person has seen the times."""
    row.state, row.last_mark = _STATE_OF[Mark.Said(entry.said)], entry
    if entry.said == Mark.Said.DID_NOT:
        row.in_at = row.out_at = None
    elif entry.said == Mark.Said.IN:
        row.in_at = entry.moment
    elif entry.said == Mark.Said.OUT:
        row.out_at = entry.moment
    if entry.moment is not None or entry.said == Mark.Said.DID_NOT:
        row.attested_by = None if by.pk == row.membership.person_id else by
    row.minutes = minutes_there(row.in_at, row.out_at) if row.attested_by else None


def _before(row: Attendance) -> dict[str, Any]:
    """What an undo brings back: states, ids, moments and numbers."""
    return {
        "state": row.state,
        "in_at": row.in_at and row.in_at.isoformat(),
        "out_at": row.out_at and row.out_at.isoformat(),
        "minutes": row.minutes,
        "attested_by_id": row.attested_by_id and str(row.attested_by_id),
        "last_mark_id": row.last_mark_id and str(row.last_mark_id),
        "contradicted_by_id": row.contradicted_by_id and str(row.contradicted_by_id),
    }


@undo.inverse("gatherings.mark")
@transaction.atomic
def take_back_mark(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """What counted before counts again; the entry stays, and one more says that it was taken back."""
    when = undoing.moment_of(args)
    row = Attendance.objects.filter(pk=args["row"], changed_at=when)
    before = args["before"]
    moments = {name: before[name] and datetime.fromisoformat(before[name]) for name in ("in_at", "out_at")}
    undoing.bring_back(row, **{**before, **moments, "changed_at": at})
    stands = Attendance.objects.get(pk=args["row"])
    Mark.objects.create(
        community_id=stands.community_id, gathering_id=stands.gathering_id, membership_id=stands.membership_id,
        said=Mark.Said.TAKEN_BACK, by_id=by, at=at, key=new_id(),
    )  # fmt: skip
    undoing.log("gatherings.mark_taken_back", stands, by=by, at=at)


@transaction.atomic
def settle(
    *,
    attendance: Attendance,
    came: bool,
    by: Person,
    at: datetime,
    key: UUID,
    in_at: datetime | None = None,
    out_at: datetime | None = None,
) -> Attendance:
    """A coordinator says what is so; both entries stay as they were made. Untold, times stay as they stand.

    Raises OwnCase, NothingToSettle, TimeDoesNotFit.
    """
    stands = held(attendance.gathering)
    row: Attendance = (
        Attendance.objects.of(stands.community).select_related("membership", "contradicted_by").get(pk=attendance.pk)
    )
    if row.membership.person_id == by.pk:
        raise OwnCase
    if not row.is_disputed:
        raise NothingToSettle
    entry: Mark = Mark.objects.create(
        community=stands.community, gathering=stands, membership=row.membership, by=by, at=at, key=key,
        said=Mark.Said.CAME if came else Mark.Said.DID_NOT,
    )  # fmt: skip
    row.contradicted_by, row.changed_at = None, at
    apply(row, entry, by=by)
    if came and (in_at or out_at):
        row.in_at, row.out_at = in_at or row.in_at, out_at or row.out_at
        if row.in_at and row.out_at and row.out_at <= row.in_at:
            raise TimeDoesNotFit
        row.attested_by, row.minutes = by, minutes_there(row.in_at, row.out_at)
    row.save()
    Deed(by, at).log("gatherings.settled", row)
    if stands.closed_at is not None:
        transaction.on_commit(lambda: signals.attendance_settled.send(sender=Attendance, attendance=row))
    return row


@transaction.atomic
def close_attendance(*, gathering: Gathering, by: Person | None, at: datetime) -> Gathering:
    """Who came is written down; who had a place and was not marked counts as not there. Rooms above hear of it once.

    Raises GatheringIsOver for one that was called off, NotYetBegun.
    """
    stands = held(gathering)
    if stands.is_called_off:
        raise GatheringIsOver
    if at < stands.starts_at:
        raise NotYetBegun(starts_at=stands.starts_at)
    if stands.closed_at is not None:
        return stands
    for row in _unmarked(stands, at):
        entry = Mark.objects.create(
            community=stands.community, gathering=stands, membership=row.membership, said=Mark.Said.DID_NOT, by=by,
            at=at, key=new_id(),
        )  # fmt: skip
        row.state, row.last_mark, row.changed_at = Attendance.State.DID_NOT, entry, at
        row.save()
    stands.closed_at, stands.closed_by = at, by
    stands.save(update_fields=["closed_at", "closed_by"])
    Deed(by, at).log("gatherings.attendance_closed", stands)
    transaction.on_commit(lambda: signals.attendance_closed.send(sender=Gathering, gathering=stands))
    return stands


def _unmarked(gathering: Gathering, at: datetime) -> list[Attendance]:
    """A row for everybody who is due there whom nobody has marked, and whom no entry contradicts."""
    rows = [presence(gathering, member, at) for member in due_at(gathering)]
    return [row for row in rows if row.state == Attendance.State.UNKNOWN and not row.is_disputed]
