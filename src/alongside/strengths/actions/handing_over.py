"""Open exchanges go from one account to another, when two records of a person become one."""

from django.db import transaction

from alongside.strengths.actions.deeds import Deed
from alongside.strengths.actions.following import let_hours_follow
from alongside.strengths.actions.steps import save_if_unmoved
from alongside.strengths.models import Exchange
from alongside.strengths.rules.steps import State
from alongside.timebank.models import Account


@transaction.atomic
def hand_over(exchange: Exchange, *, side: str, to: Account, deed: Deed) -> None:
    """Let account `to` take one `side` ("giver" or "receiver") of an open exchange.

    Hours set aside are let go and set aside anew. Raises the ledger's OverLimit when they do not fit.
    """
    was, held = exchange.state, exchange.hold is not None
    exchange.steps_taken += 1
    exchange.changed_at = deed.at
    if held:
        let_hours_follow(exchange, State.CANCELLED, deed=deed)
    setattr(exchange, side, to)
    if held:
        let_hours_follow(exchange, State(was), deed=deed)
    Exchange.objects.of(exchange.community).filter(pk=exchange.pk).update(**{side: to})
    save_if_unmoved(exchange, was=was)
    deed.log("strengths.handed_over", exchange)


@transaction.atomic
def call_off(exchange: Exchange, *, deed: Deed) -> None:
    """End an open exchange without hours, whoever's turn it was."""
    was = exchange.state
    exchange.state, exchange.waits_for, exchange.answer_by = State.CANCELLED, "", None
    exchange.steps_taken += 1
    exchange.changed_at = deed.at
    let_hours_follow(exchange, State.CANCELLED, deed=deed)
    save_if_unmoved(exchange, was=was)
    deed.log("strengths.cancelled", exchange)
