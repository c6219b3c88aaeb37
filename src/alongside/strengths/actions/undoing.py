"""The way back from a step, for ten seconds: the exchange returns to what it was, and the hours with it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.kernel import undo
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.people.models import Person
from alongside.strengths import letters
from alongside.strengths.actions.deeds import Deed
from alongside.strengths.actions.following import let_hours_follow
from alongside.strengths.models import Exchange, ExchangeWords
from alongside.strengths.rules.steps import State


def snapshot(exchange: Exchange) -> dict[str, Any]:
    """What a step may change and undo must bring back, in a form that keeps in a row."""
    return {
        "state": exchange.state,
        "waits_for": exchange.waits_for,
        "minutes": exchange.minutes,
        "helped_on": exchange.helped_on.isoformat(),
        "answer_by": exchange.answer_by.isoformat() if exchange.answer_by else None,
    }


@undo.inverse("strengths.step")
@transaction.atomic
def take_back(args: dict[str, Any], by: UUID, at: datetime) -> Exchange:
    """Bring an exchange back to the snapshot in `args`; hours credited return by a reversal.

    Raises SomeoneElseWasFaster when another step has been taken since.
    """
    exchange: Exchange = (
        Exchange.objects.select_for_update(of=("self",), no_key=True)
        .select_related("community")
        .get(pk=args["exchange"])
    )
    if exchange.steps_taken != args["seen"]:
        raise SomeoneElseWasFaster
    deed = Deed(by=Person.objects.get(pk=by), at=at)
    before = args["before"]
    exchange.state = before["state"]
    exchange.waits_for = before["waits_for"]
    exchange.minutes = before["minutes"]
    exchange.helped_on = date.fromisoformat(before["helped_on"])
    exchange.answer_by = datetime.fromisoformat(before["answer_by"]) if before["answer_by"] else None
    exchange.steps_taken += 1
    exchange.changed_at = at
    let_hours_follow(exchange, State(exchange.state), deed=deed)
    exchange.save()
    ExchangeWords.objects.of(exchange.community).filter(
        exchange=exchange, at=datetime.fromisoformat(args["said_at"])
    ).delete()
    letters.take_back(exchange, step_number=args["seen"], by=deed.by, at=at)
    deed.log("strengths.undone", exchange)
    return exchange
