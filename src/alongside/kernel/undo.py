"""Undo: what was just done can be taken back for ten seconds, by the one who did it, once.

    @undo.inverse("strengths.confirm")                       # beside the action, at import
    def unconfirm(args: dict[str, Any], by: UUID, at: datetime) -> None: ...

    offer = undo.offer(act="strengths.confirm", args={"exchange": str(exchange.pk)}, ...)

The page then shows "Done. [Undo]", a form that posts to the offer. What an undoable act causes
elsewhere (an e-mail, say) is held back until the offer has run out.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.kernel.errors import Refusal
from alongside.kernel.models import UndoOffer

SECONDS = 10

Inverse = Callable[[dict[str, Any], UUID, datetime], object]

_inverses: dict[str, Inverse] = {}


class TooLateToUndo(Refusal):
    """The seconds have run out; `seconds` is how many there were."""

    def __init__(self, *, seconds: int) -> None:
        super().__init__(f"undo was open for {seconds} seconds")
        self.seconds = seconds


class AlreadyUndone(Refusal):
    """It was taken back before, by a second click or on another page."""


class NotYoursToUndo(Refusal):
    """No such offer was made to this person."""


def inverse(act: str) -> Callable[[Inverse], Inverse]:
    """Register the decorated function as the way back from `act` ("room.verb").

    It gets the offer's `args`, who undoes (the id of a person) and when; it may raise a Refusal,
    and then the offer stays open.
    """

    def register(way_back: Inverse) -> Inverse:
        if act in _inverses:
            raise ValueError(f"{act} already has an inverse")
        _inverses[act] = way_back
        return way_back

    return register


def offer(*, act: str, args: dict[str, Any], community_id: UUID | None, by: UUID, at: datetime) -> UndoOffer:
    """Open an offer of ten seconds to undo `act`. `by`: the id of the person who may."""
    if act not in _inverses:
        raise ValueError(f"{act} has no registered inverse")
    return UndoOffer.objects.create(
        act=act, args=args, community_id=community_id, by_id=by, made_at=at, until=at + timedelta(seconds=SECONDS)
    )


def open_offer(*, about: UUID, by: UUID, at: datetime) -> UndoOffer | None:
    """The newest offer still open to `by` whose args name the row `about`, as {"row": its id}."""
    newest = UndoOffer.objects.filter(by_id=by, undone_at=None, made_at__lte=at, until__gte=at)
    # The moment it was made is indexed; the row alone would be looked for through all offers.
    return (
        newest.filter(made_at__gte=at - timedelta(seconds=SECONDS), args__row=str(about)).order_by("-made_at").first()
    )


@transaction.atomic
def perform(*, id: UUID, by: UUID, at: datetime) -> UndoOffer:
    """Take the offer up: run the inverse, exactly once however often it is asked for.

    Raises NotYoursToUndo, TooLateToUndo or AlreadyUndone; whatever the inverse raises undoes the undoing.
    """
    mine = UndoOffer.objects.filter(pk=id, by_id=by)
    taken = mine.filter(undone_at=None, until__gte=at).update(undone_at=at)
    offer = mine.first()
    if offer is None:
        raise NotYoursToUndo
    if not taken:
        raise AlreadyUndone if offer.undone_at else TooLateToUndo(seconds=SECONDS)
    _inverses[offer.act](offer.args, by, at)
    return offer


def forget_old(*, before: datetime) -> int:
    """Delete offers made before a moment; return how many."""
    deleted, _ = UndoOffer.objects.filter(made_at__lt=before).delete()
    return deleted
