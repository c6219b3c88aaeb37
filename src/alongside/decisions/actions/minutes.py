"""Minutes are written together, put to everybody who was there, corrected, and approved by every side."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max

from alongside.decisions.actions.closing import ReasonMissing
from alongside.decisions.actions.deeds import Deed
from alongside.decisions.actions.meetings import MinutesStand, held, refuse_before_it
from alongside.decisions.letters import minutes as letters
from alongside.decisions.models import (
    AgendaItem,
    Attendance,
    Correction,
    Meeting,
    Minutes,
    MinutesApproval,
    Passage,
)
from alongside.decisions.permissions.meetings import was_there
from alongside.decisions.rules.minutes import Heard, approved
from alongside.kernel import activity, undo
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people import undoing
from alongside.people.models import Membership, Person

# So long everybody who was there can read and correct, unless all of them have answered before.
TIME_TO_READ = timedelta(days=3)


class MeetingGoesOn(Refusal):
    """Minutes are put forward once the meeting is over."""


class ItemsWait(Refusal):
    """Something that was not reached is neither moved nor taken off; `count` of them wait."""

    def __init__(self, *, count: int) -> None:
        super().__init__(f"{count} wait")
        self.count = count


class NothingWritten(Refusal):
    """There are no words yet to approve."""


class NobodyThere(Refusal):
    """The attendance list is empty, so nobody could approve."""


class CorrectionsWait(Refusal):
    """Somebody asked for a correction that has no answer yet; `count` of them wait."""

    def __init__(self, *, count: int) -> None:
        super().__init__(f"{count} wait")
        self.count = count


class NotThere(Refusal):
    """Only who was there says how it was."""


class AnsweredThemselves(Refusal):
    """Whoever this is for has answered these words themselves. What they said stands until they say otherwise."""


@transaction.atomic
def write_passage(
    *, item: AgendaItem, membership: Membership, said: str, agreed: str, number: int, by: Person, at: datetime
) -> Passage:
    """Keep what the minutes say about an item, as its next state; the states before it stay.

    `number`: of the state that was on the page, 0 where there was none. Raises SomeoneElseWasFaster when another is
    there by now, MinutesStand once they are put forward, NotYetBegun, MeetingIsOver for one that was called off.
    """
    meeting = held(item.meeting)
    refuse_before_it(meeting, at)
    minutes = _begun(meeting)
    if minutes.state != Minutes.State.WRITING:
        raise MinutesStand
    rows = Passage.objects.on(meeting).filter(item=item.pk)
    last = rows.aggregate(last=Max("number"))["last"] or 0
    if last != number:
        raise SomeoneElseWasFaster
    passage: Passage = Passage.objects.create(
        community=meeting.community,
        item=item,
        number=number + 1,
        said=said,
        agreed=agreed,
        membership=membership,
        keyed_by=by,
        at=at,
    )
    Deed(by, at).log("decisions.minutes_written", meeting)
    return passage


@transaction.atomic
def put_minutes_forward(*, meeting: Meeting, by: Person, at: datetime) -> Minutes:
    """Put the minutes to everybody who was there; approvals begin anew.

    Raises MeetingGoesOn, ItemsWait, NothingWritten, NobodyThere, CorrectionsWait, and SomeoneElseWasFaster when they
    are put forward already.
    """
    stands = held(meeting)
    minutes = _begun(stands)
    if minutes.state != Minutes.State.WRITING:
        raise SomeoneElseWasFaster
    if not stands.is_over:
        raise MeetingGoesOn
    if count := AgendaItem.objects.on(stands).filter(state=AgendaItem.State.STANDS).count():
        raise ItemsWait(count=count)
    if not Passage.objects.on(stands).exclude(said="", agreed="").exists():
        raise NothingWritten
    if not Attendance.objects.of(stands.community).filter(meeting=stands).exists():
        raise NobodyThere
    if count := _waiting(stands):
        raise CorrectionsWait(count=count)
    minutes.state, minutes.put_forward_at = Minutes.State.PUT_FORWARD, at
    minutes.revision += 1
    minutes.save(update_fields=["state", "put_forward_at", "revision"])
    Deed(by, at).log("decisions.minutes_put_forward", stands)
    letters.put_forward(minutes, at=at, by=by)
    return minutes


@transaction.atomic
def approve_minutes(
    *,
    meeting: Meeting,
    membership: Membership,
    revision: int,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> MinutesApproval:
    """Say of the minutes as they were read: that is how it was. They stand once every side that was there has.

    Twice is once. `by` may take it back for ten seconds, unless they stand by it. Raises NotThere, AnsweredThemselves
    where it is written down for somebody who asked for a correction themselves, and SomeoneElseWasFaster when other
    words are put forward by now, or none are.
    """
    stands, minutes = _put_forward(meeting, revision)
    place = was_there(stands, membership)
    if place is None:
        raise NotThere
    asked = Correction.objects.of(stands.community).filter(meeting=stands, revision=revision)
    _refuse_over_their_own(asked, membership, by=by)
    deed = Deed(by, at, on_behalf_of, channel)
    approval: MinutesApproval
    approval, is_new = MinutesApproval.objects.get_or_create(
        community=stands.community,
        meeting=stands,
        revision=revision,
        membership=membership,
        defaults={"side": place.side, "at": at, **deed.keyed()},
    )
    if is_new:
        deed.log("decisions.minutes_approved", stands)
        if not _stand_if_approved(minutes, by=by, at=at):
            undoing.offer("decisions.approve_minutes", approval, by=by, at=at)
    return approval


@undo.inverse("decisions.approve_minutes")
@transaction.atomic
def take_approval_back(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """It was never approved. Raises SomeoneElseWasFaster when the minutes stand by now, or are other words."""
    given = MinutesApproval.objects.filter(pk=args["row"]).select_related("meeting__community").first()
    if given is None:
        raise SomeoneElseWasFaster
    meeting, _minutes = _put_forward(given.meeting, given.revision)
    given.delete()
    undoing.log("decisions.approval_taken_back", meeting, by=by, at=at)


@transaction.atomic
def ask_correction(
    *,
    meeting: Meeting,
    membership: Membership,
    revision: int,
    words: str,
    by: Person,
    at: datetime,
    key: UUID,
    item: AgendaItem | None = None,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Correction:
    """Ask for other words, about one item or the whole. An approval of these words by the same person is gone.

    `by` may take it back for ten seconds. The same `key` again returns the first. Raises as `approve_minutes`;
    AnsweredThemselves where it is written down for somebody who approved them themselves.
    """
    held(meeting)
    if made := Correction.objects.of(meeting.community).filter(key=key).first():
        return made  # type: ignore[no-any-return]
    stands, _minutes = _put_forward(meeting, revision)
    place = was_there(stands, membership)
    if place is None:
        raise NotThere
    _refuse_over_their_own(_approvals(stands, revision), membership, by=by)
    deed = Deed(by, at, on_behalf_of, channel)
    _approvals(stands, revision).filter(membership=membership).delete()
    correction: Correction = Correction.objects.create(
        community=stands.community,
        meeting=stands,
        revision=revision,
        item=item,
        membership=membership,
        side=place.side,
        words=words,
        at=at,
        key=key,
        **deed.keyed(),
    )
    deed.log("decisions.correction_asked", correction)
    letters.corrected(correction, speaker=deed.speaker, at=at)
    undoing.offer("decisions.ask_correction", correction, by=by, at=at)
    return correction


@undo.inverse("decisions.ask_correction")
@transaction.atomic
def take_correction_back(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """It was never asked. Raises SomeoneElseWasFaster when it is answered by now."""
    asked = Correction.objects.filter(pk=args["row"]).select_related("meeting__community").first()
    if asked is None:
        raise SomeoneElseWasFaster
    meeting, key = held(asked.meeting), letters.correction_key(asked)
    if not Correction.objects.of(meeting.community).filter(pk=asked.pk, state=Correction.State.WAITS).delete()[0]:
        raise SomeoneElseWasFaster
    letters.take_back(meeting.community, key=key, by=by, at=at)
    undoing.log("decisions.correction_taken_back", meeting, by=by, at=at)


@transaction.atomic
def answer_correction(
    *, correction: Correction, membership: Membership, take_up: bool, answer: str, by: Person, at: datetime
) -> Correction:
    """Take a correction up, and the minutes are written on; or not, with a reason that everybody reads.

    Raises ReasonMissing, and SomeoneElseWasFaster when it is answered already.
    """
    if not take_up and not answer.strip():
        raise ReasonMissing
    meeting = held(correction.meeting)
    rows = Correction.objects.of(meeting.community).select_related("membership__person", "community")
    stands: Correction | None = rows.filter(pk=correction.pk, state=Correction.State.WAITS).first()
    if stands is None:
        raise SomeoneElseWasFaster
    stands.meeting = meeting
    stands.state = Correction.State.TAKEN_UP if take_up else Correction.State.NOT_TAKEN_UP
    stands.answer, stands.answered_by, stands.answered_at = answer.strip(), membership, at
    stands.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    Deed(by, at).log("decisions.correction_answered", stands)
    letters.answered(stands, at=at, by=by)
    minutes = _begun(meeting)
    if take_up and minutes.state == Minutes.State.PUT_FORWARD:
        minutes.state = Minutes.State.WRITING
        minutes.save(update_fields=["state"])
    elif minutes.state == Minutes.State.PUT_FORWARD:
        _stand_if_approved(minutes, by=by, at=at)
    return stands


def let_minutes_stand(*, at: datetime) -> int:
    """Let stand what enough of every side approved, once those who were there had their days to read it. How many."""
    read = Minutes.objects.filter(state=Minutes.State.PUT_FORWARD, put_forward_at__lte=at - TIME_TO_READ)
    rows = read.select_related("meeting__community").order_by("put_forward_at", "id")
    return sum(_let_stand(one.meeting, one.revision, at=at) for one in rows)


@transaction.atomic
def _let_stand(meeting: Meeting, revision: int, *, at: datetime) -> bool:
    try:
        stands, minutes = _put_forward(meeting, revision)
    except SomeoneElseWasFaster:
        return False
    if not _stand_if_approved(minutes, by=None, at=at):
        return False
    activity.log(did="decisions.minutes_stand", about_what=stands, by_id=None, at=at)
    return True


def heard(meeting: Meeting, revision: int) -> dict[str, Heard]:
    """What each side that was there says about one revision."""
    there = _by_side(Attendance.objects.of(meeting.community).filter(meeting=meeting))
    approve = _by_side(_approvals(meeting, revision))
    asked = Correction.objects.of(meeting.community).filter(meeting=meeting, revision=revision)
    correct = _by_side(asked.exclude(membership__in=_approvals(meeting, revision).values("membership")))
    return {
        side: Heard(len(people), len(approve.get(side, ())), len(correct.get(side, ())))
        for side, people in there.items()
    }


def minutes_of(meeting: Meeting) -> Minutes | None:
    """How far the minutes of a meeting are; None before anything was written."""
    found: Minutes | None = Minutes.objects.of(meeting.community).filter(meeting=meeting).first()
    return found


def _by_side(rows: Any) -> Mapping[str, set[UUID]]:
    found: dict[str, set[UUID]] = {}
    for side, member in rows.values_list("side", "membership_id"):
        found.setdefault(side, set()).add(member)
    return found


def _begun(meeting: Meeting) -> Minutes:
    """The minutes of a meeting that is held."""
    minutes: Minutes
    minutes, _is_new = Minutes.objects.get_or_create(community=meeting.community, meeting=meeting)
    minutes.meeting = meeting
    return minutes


def _put_forward(meeting: Meeting, revision: int) -> tuple[Meeting, Minutes]:
    """The meeting, held, and its minutes, put forward in the revision that somebody read."""
    stands = held(meeting)
    minutes = _begun(stands)
    if minutes.state != Minutes.State.PUT_FORWARD or minutes.revision != revision:
        raise SomeoneElseWasFaster
    return stands, minutes


def _approvals(meeting: Meeting, revision: int) -> Any:
    return MinutesApproval.objects.of(meeting.community).filter(meeting=meeting, revision=revision)


def _refuse_over_their_own(said: Any, membership: Membership, *, by: Person) -> None:
    """Raises AnsweredThemselves where somebody else writes down the opposite of what a member said themselves."""
    if by.pk != membership.person_id and said.filter(membership=membership, keyed_by=membership.person_id).exists():
        raise AnsweredThemselves


def _all_have_answered(meeting: Meeting, revision: int) -> bool:
    """Has everybody who was there answered themselves? What others wrote down for them does not shorten the time."""
    answered = {
        member
        for rows in (
            _approvals(meeting, revision),
            Correction.objects.of(meeting.community).filter(meeting=meeting, revision=revision),
        )
        for member in rows.filter(keyed_by=F("membership__person")).values_list("membership_id", flat=True)
    }
    there = Attendance.objects.of(meeting.community).filter(meeting=meeting)
    return answered >= set(there.values_list("membership_id", flat=True))


def _waiting(meeting: Meeting) -> int:
    asked = Correction.objects.of(meeting.community).filter(meeting=meeting, state=Correction.State.WAITS)
    return int(asked.count())


def _stand_if_approved(minutes: Minutes, *, by: Person | None, at: datetime) -> bool:
    """Let the minutes stand when every side that was there approves, nothing waits, and people had time to read."""
    meeting, said = minutes.meeting, heard(minutes.meeting, minutes.revision)
    had_time = minutes.put_forward_at is not None and at >= minutes.put_forward_at + TIME_TO_READ
    if not had_time and not _all_have_answered(meeting, minutes.revision):
        return False
    if not approved(said, corrections_open=_waiting(meeting)):
        return False
    minutes.state, minutes.approved_at = Minutes.State.APPROVED, at
    minutes.save(update_fields=["state", "approved_at"])
    letters.approved(minutes, at=at, by=by)
    return True
