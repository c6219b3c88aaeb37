"""The ledger follows the exchange: hours set aside while it is open, credited when confirmed, free otherwise."""

from datetime import timedelta

from django.utils.translation import gettext

from alongside.strengths.actions.deeds import Deed
from alongside.strengths.models import Exchange
from alongside.strengths.rules.steps import HOLDING, State
from alongside.timebank import actions as timebank
from alongside.timebank.models import Hold, Transfer

# An exchange lets go of its hours itself, by a step of its own; the hold must not run out before.
EXCHANGES_END_BY_STEPS = timedelta(days=3650)


def let_hours_follow(exchange: Exchange, to: State, *, deed: Deed, override_reason: str = "") -> None:
    """Set `exchange.hold` and `exchange.transfer` to what state `to` demands, for `exchange.minutes`.

    Does nothing when the ledger stands right already. Raises timebank.OverLimit and the ledger's
    other refusals. The caller holds the lock on the exchange and saves it.

    `override_reason`: why a coordinator lets hours pass a hard limit; "" keeps the limit.
    """
    if to == State.CONFIRMED:
        exchange.hold, exchange.transfer = None, _credited(exchange, deed, override_reason)
    elif to in HOLDING:
        _take_back(exchange, deed)
        exchange.hold, exchange.transfer = _set_aside(exchange, deed), None
    else:
        _take_back(exchange, deed)
        _free(exchange, deed)
        exchange.hold = exchange.transfer = None


def _credited(exchange: Exchange, deed: Deed, override_reason: str) -> Transfer:
    held = _still_held(exchange)
    if held and held.minutes >= exchange.minutes:
        return timebank.post_hold(
            hold=held,
            minutes=exchange.minutes,
            helped_on=exchange.helped_on,
            key=_key(exchange, "post"),
            by=deed.by,
            at=deed.at,
            on_behalf_of=deed.on_behalf_of,
            channel=deed.channel,
        )
    _free(exchange, deed)
    return timebank.pay(
        payer=exchange.receiver,
        payee=exchange.giver,
        minutes=exchange.minutes,
        category=exchange.category,
        helped_on=exchange.helped_on,
        key=_key(exchange, "post"),
        override_reason=override_reason,
        by=deed.by,
        at=deed.at,
        on_behalf_of=deed.on_behalf_of,
        channel=deed.channel,
    )


def _set_aside(exchange: Exchange, deed: Deed) -> Hold:
    held = _still_held(exchange)
    if held and held.minutes == exchange.minutes:
        return held
    _free(exchange, deed)
    return timebank.hold(
        payer=exchange.receiver,
        payee=exchange.giver,
        minutes=exchange.minutes,
        category=exchange.category,
        key=_key(exchange, "hold"),
        expires_at=deed.at + EXCHANGES_END_BY_STEPS,
        by=deed.by,
        at=deed.at,
        on_behalf_of=deed.on_behalf_of,
        channel=deed.channel,
    )


def _free(exchange: Exchange, deed: Deed) -> None:
    if held := _still_held(exchange):
        timebank.release_hold(hold=held, by=deed.by, at=deed.at, on_behalf_of=deed.on_behalf_of, channel=deed.channel)


def _take_back(exchange: Exchange, deed: Deed) -> None:
    if exchange.transfer is not None:
        timebank.reverse(
            transfer=exchange.transfer,
            reason=gettext("Undone at once"),
            key=_key(exchange, "reverse"),
            by=deed.by,
            at=deed.at,
            on_behalf_of=deed.on_behalf_of,
            channel=deed.channel,
            undoes_own_step=True,
        )


def _still_held(exchange: Exchange) -> Hold | None:
    hold: Hold | None = exchange.hold
    return hold if hold is not None and hold.state == Hold.State.HELD else None


def _key(exchange: Exchange, what: str) -> str:
    """One ledger key for each step: the same form sent twice posts once, a step taken again after an undo anew."""
    return f"exchange:{exchange.key}:{exchange.steps_taken}:{what}"
