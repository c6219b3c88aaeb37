"""Posting on SQLite: an insert into transfer is the whole act, its triggers do the rest."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from alongside.kernel.ids import new_id
from alongside.timebank.ledger.order import DID, Order, differing_field
from alongside.timebank.ledger.refusals import AccountClosed, KeyUsedDifferently, NotInThisCommunity, OverLimit
from alongside.timebank.models import Account, Transfer

FIND_KEY = "SELECT id FROM timebank_transfer WHERE community_id = %s AND key = %s"
FIND_ACCOUNTS = """
SELECT id, balance_minutes, held_minutes, awaited_minutes, floor_minutes, ceiling_minutes, soft_floor_minutes,
  soft_ceiling_minutes, closed_at FROM timebank_account WHERE community_id = %s AND id IN (%s, %s)"""
POST = """
INSERT INTO timebank_transfer (id, community_id, key, kind, payer_id, payee_id, minutes, category_id, helped_on,
  posted_at, by_id, on_behalf_of_id, channel, overridden_by_id, reverses_id, hold_id, together)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""
LOG = """
INSERT INTO kernel_activity (id, community_id, at, by_id, on_behalf_of_id, channel, did, about_type, about_id)
VALUES (%s, %s, %s, %s, %s, %s, %s, 'timebank.transfer', %s)"""
NOTE = """
INSERT INTO timebank_transfernote (id, community_id, transfer_id, note, reason, thanks, written_by_id)
VALUES (%s, %s, %s, %s, %s, '', %s)"""


def _hex(id: UUID | None) -> str | None:
    return None if id is None else id.hex


def post(order: Order) -> Transfer:
    """Post one order, inside a transaction that may write."""
    community, payer, payee = order.payer.community_id.hex, order.payer.id.hex, order.payee.id.hex
    with connection.cursor() as cursor:
        if repeated := _repeated(cursor, order):
            return repeated
        cursor.execute(FIND_ACCOUNTS, [community, payer, payee])
        found = {row[0]: row[1:] for row in cursor.fetchall()}
        warnings = _check(order, found.get(payer), found.get(payee))
        _write(cursor, order)
    return order.transfer(warnings)


def _repeated(cursor: Any, order: Order) -> Transfer | None:
    cursor.execute(FIND_KEY, [order.payer.community_id.hex, order.key])
    row = cursor.fetchone()
    if row is None:
        return None
    first = Transfer.objects.get(pk=UUID(row[0]), community=order.payer.community_id)
    if field := differing_field(first, order):
        raise KeyUsedDifferently(field=field, first_id=first.id)
    return first


def _check(order: Order, payer: Any, payee: Any) -> tuple[str, ...]:
    """Refuse with facts what the triggers would refuse without; return the soft limits that are passed."""
    for side, account in (("payer", payer), ("payee", payee)):
        if account is None:
            raise NotInThisCommunity(what=side)
        if account[-1] is not None:
            raise AccountClosed(side=side)
    balance, held, _awaited, floor, _ceiling, soft_floor, _soft_ceiling, _closed = payer
    left = balance - held - order.minutes
    their_balance, _held, awaited, _floor, ceiling, _soft_floor, soft_ceiling, _closed = payee
    if not order.has_no_limits:
        if floor is not None and left < floor:
            raise OverLimit(side="payer", left_minutes=balance - held - floor)
        if ceiling is not None and their_balance + awaited + order.minutes > ceiling and not order.payee.is_pot:
            raise OverLimit(side="payee", left_minutes=ceiling - their_balance - awaited)
    warnings = []
    if soft_floor is not None and left < soft_floor:
        warnings.append("payer")
    if soft_ceiling is not None and their_balance + order.minutes > soft_ceiling:
        warnings.append("payee")
    return tuple(warnings)


def _write(cursor: Any, order: Order) -> None:
    community, id, by, behalf = (
        order.payer.community_id.hex,
        order.id.hex,
        _hex(order.by_id),
        _hex(order.on_behalf_of_id),
    )
    at = moment(order.at)
    cursor.execute(
        POST,
        (
            id, community, order.key, order.kind, order.payer.id.hex, order.payee.id.hex, order.minutes,
            order.category.id.hex if order.category else None, order.helped_on.isoformat(), at, by, behalf,
            order.channel, _hex(order.overridden_by_id), _hex(order.reverses_id), _hex(order.hold_id),
            _hex(order.together),
        ),
    )  # fmt: skip
    did = DID[Transfer.Kind(order.kind)]
    cursor.execute(LOG, (new_id().hex, community, at, by, behalf, order.channel, did, id))
    if order.note or order.reason:
        cursor.execute(NOTE, (id, community, id, order.note, order.reason, by))


def moment(at: datetime) -> str:
    """As Django writes moments on SQLite, so that they sort among those it wrote itself."""
    return str(connection.ops.adapt_datetimefield_value(at))


def post_many(orders: list[Order]) -> list[Transfer]:
    """One after the other in one transaction; the first refusal names its line and undoes all."""
    posted = []
    for line, order in enumerate(orders, start=1):
        try:
            posted.append(post(order))
        except (AccountClosed, KeyUsedDifferently, NotInThisCommunity, OverLimit) as refusal:
            refusal.line = line
            raise
    return posted


def settle(pot: Account) -> None:
    """Every credit has its place at once on SQLite: one writer at a time."""
