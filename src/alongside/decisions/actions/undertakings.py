"""What people do after a meeting: they are asked or take it on, and say when it is done, or why it is not."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.decisions.actions.closing import ReasonMissing
from alongside.decisions.actions.deeds import Deed
from alongside.decisions.actions.meetings import MinutesStand, NotInvited, held, refuse_before_it
from alongside.decisions.letters import minutes as letters
from alongside.decisions.models import AgendaItem, Meeting, Minutes, Undertaking
from alongside.decisions.permissions.meetings import invited_to, was_there
from alongside.kernel import undo
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people import undoing
from alongside.people.models import Membership, Person


class DueTooSoon(Refusal):
    """What somebody undertakes is due on a day still to come, or today."""


class NotAsked(Refusal):
    """Only whoever was asked says yes or no."""


@transaction.atomic
def undertake(
    *,
    meeting: Meeting,
    membership: Membership,
    what: str,
    owner: Membership,
    due_on: date,
    by: Person,
    at: datetime,
    key: UUID,
    item: AgendaItem | None = None,
) -> Undertaking:
    """Write down what somebody is to do. Who was there, or writes it, has taken it on; others are asked first.

    The same `key` again returns the first. Raises NotYetBegun, MeetingIsOver, MinutesStand, NotInvited, DueTooSoon.
    """
    stands = held(meeting)
    if made := Undertaking.objects.of(stands.community).filter(key=key).first():
        return made  # type: ignore[no-any-return]
    refuse_before_it(stands, at)
    if Minutes.objects.of(stands.community).filter(meeting=stands).exclude(state=Minutes.State.WRITING).exists():
        raise MinutesStand
    _check(stands, owner, due_on, at)
    made = Undertaking.objects.create(
        community=stands.community,
        meeting=stands,
        item=item,
        what=what,
        owner=owner,
        due_on=due_on,
        state=_first_state(stands, owner, membership),
        made_by=membership,
        keyed_by=by,
        made_at=at,
        changed_at=at,
        key=key,
    )
    Deed(by, at).log("decisions.undertaken", made)
    letters.asked_to_do(made, at=at, by=by)
    return made


@transaction.atomic
def answer_undertaking(
    *,
    undertaking: Undertaking,
    membership: Membership,
    yes: bool,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Undertaking:
    """Say yes or no to what one was asked to do; after a no it needs somebody else. Raises NotAsked."""
    stands = _held_open(undertaking)
    if stands.owner_id != membership.pk or stands.state != Undertaking.State.ASKED:
        raise NotAsked
    stands.state, stands.changed_at = (Undertaking.State.TAKEN if yes else Undertaking.State.DECLINED), at
    stands.owner = membership if yes else None
    stands.save(update_fields=["state", "owner", "changed_at"])
    deed = Deed(by, at, on_behalf_of, channel)
    deed.log("decisions.undertaking_taken" if yes else "decisions.undertaking_declined", stands)
    if not yes:
        letters.declined(stands, who=membership, at=at, by=by)
    return stands


@transaction.atomic
def pass_on(
    *, undertaking: Undertaking, membership: Membership, owner: Membership, due_on: date, by: Person, at: datetime
) -> Undertaking:
    """Ask somebody else, or name another day. Raises NotInvited, DueTooSoon, SomeoneElseWasFaster once it is closed."""
    stands = _held_open(undertaking)
    _check(stands.meeting, owner, due_on, at)
    if owner.pk != stands.owner_id:
        stands.state = _first_state(stands.meeting, owner, membership)
    stands.owner, stands.due_on, stands.changed_at = owner, due_on, at
    stands.save(update_fields=["owner", "due_on", "state", "changed_at"])
    Deed(by, at).log("decisions.undertaking_passed_on", stands)
    letters.asked_to_do(stands, at=at, by=by)
    return stands


@transaction.atomic
def end_undertaking(
    *,
    undertaking: Undertaking,
    done: bool,
    word: str,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Undertaking:
    """It is done, or dropped for a reason that everybody reads; `by` may take that back for ten seconds.

    Raises ReasonMissing, SomeoneElseWasFaster.
    """
    if not done and not word.strip():
        raise ReasonMissing
    stands = _held_open(undertaking)
    before = {"state": stands.state, "changed_at": stands.changed_at.isoformat()}
    stands.state = Undertaking.State.DONE if done else Undertaking.State.DROPPED
    stands.word, stands.closed_at, stands.changed_at = word.strip(), at, at
    stands.save(update_fields=["state", "word", "closed_at", "changed_at"])
    Deed(by, at, on_behalf_of, channel).log("decisions.undertaking_ended", stands)
    undoing.offer("decisions.end_undertaking", stands, by=by, at=at, before=before)
    return stands


@undo.inverse("decisions.end_undertaking")
@transaction.atomic
def open_undertaking_again(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """It is still to be done. Raises SomeoneElseWasFaster when something has happened to it since."""
    as_left = Undertaking.objects.filter(pk=args["row"], closed_at=undoing.moment_of(args))
    stands, before = as_left.select_related("community").first(), args["before"]
    if stands is None:
        raise SomeoneElseWasFaster
    changed_at = datetime.fromisoformat(before["changed_at"])
    undoing.bring_back(as_left, state=before["state"], word="", closed_at=None, changed_at=changed_at)
    undoing.log("decisions.undertaking_open_again", stands, by=by, at=at)


def _held_open(undertaking: Undertaking) -> Undertaking:
    rows = Undertaking.objects.of(undertaking.community).open().select_related("meeting__community", "community")
    stands: Undertaking | None = rows.select_for_update(no_key=True, of=("self",)).filter(pk=undertaking.pk).first()
    if stands is None:
        raise SomeoneElseWasFaster
    return stands


def _first_state(meeting: Meeting, owner: Membership, writer: Membership) -> str:
    took_it = owner.pk == writer.pk or was_there(meeting, owner) is not None
    return Undertaking.State.TAKEN if took_it else Undertaking.State.ASKED


def _check(meeting: Meeting, owner: Membership, due_on: date, at: datetime) -> None:
    today = meeting.community.day_of(at)
    if due_on < today:
        raise DueTooSoon
    if not invited_to(meeting, on=today).filter(pk=owner.pk).exists():
        raise NotInvited
