"""Barriers: raised by either side, looked after by somebody, answered, looked at again, and closed."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.decisions.actions.deeds import Deed
from alongside.decisions.rules.publishing import FEWEST
from alongside.kernel import undo
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people import undoing
from alongside.people.models import Membership, Person
from alongside.programs import letters
from alongside.programs.actions.belonging import NotOfThisProgram, checked_side, held_program, people_of, sides_in
from alongside.programs.models import Barrier, BarrierAnswer, Program

# Somewhere on earth it may be tomorrow already.
_ANYWHERE = timedelta(days=1)


class BarrierIsClosed(Refusal):
    """It is closed: nothing changes any more, unless somebody opens it again."""


class SomebodyLooksAfterIt(Refusal):
    """Another looks after it already; `name` is who."""

    def __init__(self, *, name: str) -> None:
        super().__init__(name)
        self.name = name


class NotYours(Refusal):
    """Only who looks after it, or who raised it, does this."""


class LookAgainLater(Refusal):
    """The day to look again must be after today."""


@transaction.atomic
def raise_barrier(
    *,
    program: Program,
    membership: Membership,
    side: str,
    kind: str,
    words: str,
    is_named: bool,
    by: Person,
    at: datetime,
    key: UUID,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Barrier:
    """Say what is in the way. Without a name, the side stands there only where five or more people speak for it.

    The same `key` again returns the first. Raises ProgramIsOver, NotOfThisProgram, NotOfThisSide.
    """
    deed = Deed(by, at, on_behalf_of, channel)
    stands = held_program(program)
    side = checked_side(stands, membership, side, at=at)
    shows_side = is_named or people_of(stands, side, at=at) >= FEWEST
    said = {
        "program": stands, "kind": kind, "words": words, "side": side if shows_side else "", "raised_by": membership,
        "is_named": is_named, "at": at, **deed.keyed(),
    }  # fmt: skip
    barrier: Barrier
    barrier, is_new = Barrier.objects.get_or_create(community=stands.community, key=key, defaults=said)
    if is_new:
        deed.log("programs.barrier_raised", barrier)
    return barrier


@transaction.atomic
def own(
    *,
    barrier: Barrier,
    membership: Membership,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Barrier:
    """Look after a barrier that nobody looks after.

    Raises ProgramIsOver, BarrierIsClosed, SomebodyLooksAfterIt, NotOfThisProgram.
    """
    stands = _held(barrier)
    if not sides_in(stands.program, membership, at=at):
        raise NotOfThisProgram
    if stands.owner_id == membership.pk:
        return stands
    if stands.owner is not None:
        raise SomebodyLooksAfterIt(name=str(stands.owner.person))
    stands.owner, stands.reminded_for = membership, None
    stands.save(update_fields=["owner", "reminded_for"])
    Deed(by, at, on_behalf_of, channel).log("programs.barrier_owned", stands)
    undoing.offer("programs.own_barrier", stands, by=by, at=at, owner=str(membership.pk))
    letters.owned(stands, by=by, at=at)
    return stands


@undo.inverse("programs.own_barrier")
@transaction.atomic
def own_no_more(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """Nobody looks after it, as before. Raises SomeoneElseWasFaster."""
    barrier = _bring_back(args, by, at, "programs.barrier_owned_no_more", {"owner": args["owner"]}, {"owner": None})
    letters.take_back(barrier, owner_id=args["owner"], at=at)


@transaction.atomic
def let_barrier_go(
    *,
    barrier: Barrier,
    membership: Membership,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Barrier:
    """Look after it no more. Raises ProgramIsOver, BarrierIsClosed, NotYours."""
    stands = _held(barrier)
    if stands.owner_id != membership.pk:
        raise NotYours
    stands.owner = None
    stands.save(update_fields=["owner"])
    Deed(by, at, on_behalf_of, channel).log("programs.barrier_let_go", stands)
    return stands


@transaction.atomic
def answer_barrier(
    *,
    barrier: Barrier,
    membership: Membership,
    words: str,
    review_on: date | None,
    by: Person,
    at: datetime,
    key: UUID,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> BarrierAnswer:
    """Answer it, or say how it stands after another look, and when to look again.

    The same `key` again returns the first. Raises ProgramIsOver, BarrierIsClosed, NotYours, LookAgainLater.
    """
    deed = Deed(by, at, on_behalf_of, channel)
    stands = _held(barrier)
    if stands.owner_id != membership.pk:
        raise NotYours
    if review_on is not None and review_on <= barrier.community.day_of(at):
        raise LookAgainLater
    said = {"barrier": stands, "words": words, "review_on": review_on, "membership": membership, "at": at}
    answer: BarrierAnswer
    answer, is_new = BarrierAnswer.objects.get_or_create(
        community=stands.community, key=key, defaults={**said, **deed.keyed()}
    )
    if is_new:
        stands.review_on = review_on
        stands.save(update_fields=["review_on"])
        answer.barrier = stands
        deed.log("programs.barrier_answered", answer)
        letters.answered(answer, by=by, at=at)
    return answer


@transaction.atomic
def close_barrier(
    *,
    barrier: Barrier,
    membership: Membership,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Barrier:
    """It is not in the way any more, say who looks after it or who raised it. Raises BarrierIsClosed, NotYours."""
    stands = _held(barrier)
    if membership.pk not in {stands.owner_id, stands.raised_by_id}:
        raise NotYours
    stands.closed_at = at
    stands.save(update_fields=["closed_at"])
    Deed(by, at, on_behalf_of, channel).log("programs.barrier_closed", stands)
    undoing.offer("programs.close_barrier", stands, by=by, at=at)
    return stands


@undo.inverse("programs.close_barrier")
@transaction.atomic
def open_again(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """It is open as before. Raises SomeoneElseWasFaster."""
    was = {"closed_at": undoing.moment_of(args)}
    _bring_back(args, by, at, "programs.barrier_opened_again", was, {"closed_at": None})


@transaction.atomic
def take_barrier_back(
    *,
    barrier: Barrier,
    membership: Membership,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> None:
    """Delete a barrier one has raised, with all that was answered. Raises NotYours, SomeoneElseWasFaster."""
    rows = Barrier.objects.of(barrier.community).select_for_update()
    stands = rows.filter(pk=barrier.pk).first()
    if stands is None:
        raise SomeoneElseWasFaster
    if stands.raised_by_id != membership.pk:
        raise NotYours
    Deed(by, at, on_behalf_of, channel).log("programs.barrier_taken_back", barrier.program)
    stands.delete()


def remind_of_barriers(*, at: datetime) -> int:
    """Tell who looks after a barrier that its day has come: at most once for each day. Returns how many were told."""
    told = 0
    rows = Barrier.objects.due(on=at.date() + _ANYWHERE).filter(program__ended_at=None)
    for barrier in rows.select_related("community", "program", "owner__person"):
        # Where it is still yesterday, the day has not come yet.
        if barrier.review_on is not None and barrier.review_on <= barrier.community.day_of(at):
            told += _reminded(barrier, at=at)
    return told


@transaction.atomic
def _reminded(barrier: Barrier, *, at: datetime) -> bool:
    """Another runner may be at it: whoever sets the day tells."""
    mine = Barrier.objects.due(on=at.date() + _ANYWHERE).filter(
        pk=barrier.pk, community=barrier.community_id, review_on=barrier.review_on, owner=barrier.owner_id
    )
    if not mine.update(reminded_for=barrier.review_on):
        return False
    letters.time_to_look(barrier, at=at)
    return True


def _held(barrier: Barrier) -> Barrier:
    """The barrier as it stands, held until the end of the transaction. Raises ProgramIsOver, BarrierIsClosed."""
    program = held_program(barrier.program)
    rows = Barrier.objects.on(program).open().select_for_update(of=("self",), no_key=True)
    stands: Barrier | None = rows.with_people().filter(pk=barrier.pk).first()
    if stands is None:
        raise BarrierIsClosed
    stands.program, stands.community = program, program.community
    return stands


def _bring_back(
    args: dict[str, Any], by: UUID, at: datetime, did: str, was: dict[str, Any], before: dict[str, Any]
) -> Barrier:
    barrier: Barrier | None = Barrier.objects.filter(pk=args["row"]).select_related("community").first()
    if barrier is None:
        raise SomeoneElseWasFaster
    undoing.bring_back(Barrier.objects.of(barrier.community).filter(pk=barrier.pk, **was), **before)
    undoing.log(did, barrier, by=by, at=at)
    return barrier
