"""Posting on PostgreSQL: one call of a function in the database, atomic by itself."""

from collections.abc import Sequence
from uuid import UUID

from django.db import DatabaseError, connection

from alongside.kernel.ids import new_id
from alongside.timebank.ledger.order import DID, Order
from alongside.timebank.ledger.refusals import (
    AccountClosed,
    KeyUsedDifferently,
    LedgerRefusal,
    NotInThisCommunity,
    OverLimit,
)
from alongside.timebank.ledger.rows import array_of
from alongside.timebank.models import Account, Transfer

POST = f"SELECT timebank_post({', '.join(['%s'] * 23)})"
POST_MANY = (
    "SELECT timebank_post_many(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s::uuid[], %s::text[], %s::uuid[], %s::uuid[],"
    " %s::bigint[], %s::uuid[], %s::date[], %s::text[], %s, %s::uuid[])"
)
# Rows changed since the planner last looked are counted only when their transaction ends.
GROWN = """
SELECT relname FROM pg_class
WHERE oid = ANY (%s::text[]::regclass[]) AND pg_stat_get_mod_since_analyze(oid) + %s > reltuples / 2"""
REFUSED = "TB001"


def post(order: Order) -> Transfer:
    """Post one order. Nothing is written, and no transaction broken, when it is refused."""
    payer, payee = order.payer, order.payee
    with connection.cursor() as cursor:
        cursor.execute(
            POST,
            (
                order.id, payer.community_id, order.key, order.kind, payer.id, payee.id, payer.is_pot, payee.is_pot,
                order.minutes, order.category.id if order.category else None, order.helped_on, order.at, order.by_id,
                order.on_behalf_of_id, order.channel, order.overridden_by_id, order.reverses_id, order.hold_id,
                order.together, order.note, order.reason, new_id(), DID[Transfer.Kind(order.kind)],
            ),
        )  # fmt: skip
        said = cursor.fetchone()[0].split()
    if said[0] == "posted":
        return order.transfer(tuple(said[1:]))
    if said[0] == "repeated":
        return Transfer.objects.get(pk=UUID(said[1]), community=order.payer.community_id)
    raise _refusal(said)


def _refusal(said: list[str]) -> LedgerRefusal:
    match said:
        case ["floor", left]:
            return OverLimit(side="payer", left_minutes=int(left))
        case ["ceiling", left]:
            return OverLimit(side="payee", left_minutes=int(left))
        case ["closed", side]:
            return AccountClosed(side=side)
        case ["unknown", side]:
            return NotInThisCommunity(what=side)
        case ["differs", field, first]:
            return KeyUsedDifferently(field=field, first_id=UUID(first))
    raise AssertionError(f"the ledger said {said}")


def post_many(orders: list[Order]) -> list[Transfer]:
    """Post orders that share all but payer, payee, minutes, category, day, key and note, in one call."""
    first = orders[0]
    with connection.cursor() as cursor:
        try:
            cursor.execute(
                POST_MANY,
                (
                    first.payer.community_id, first.kind, first.at, first.by_id, first.on_behalf_of_id, first.channel,
                    first.overridden_by_id, first.together, DID[Transfer.Kind(first.kind)],
                    array_of([order.id for order in orders]),
                    [order.key for order in orders],
                    array_of([order.payer.id for order in orders]),
                    array_of([order.payee.id for order in orders]),
                    array_of([order.minutes for order in orders]),
                    array_of([order.category.id if order.category else None for order in orders]),
                    array_of([order.helped_on for order in orders]),
                    [order.note for order in orders],
                    first.reason,
                    array_of([new_id() for _ in orders]),
                ),
            )  # fmt: skip
        except DatabaseError as error:
            refusal = _refusal_in(error, orders)
            if refusal is None:
                raise
            raise refusal from None
        fresh = cursor.fetchone()[0]
    if fresh == len(orders):
        return [order.transfer() for order in orders]
    known = Transfer.objects.filter(community=first.payer.community_id, key__in=[order.key for order in orders])
    by_key = {transfer.key: transfer for transfer in known}
    return [by_key[order.key] for order in orders]


def _refusal_in(error: DatabaseError, orders: list[Order]) -> LedgerRefusal | None:
    cause = error.__cause__
    if getattr(cause, "sqlstate", None) != REFUSED:
        return None
    diagnosis = cause.diag  # type: ignore[union-attr]
    refusal = _refusal(diagnosis.message_primary.split())
    refusal.line = 1 + [str(order.id) for order in orders].index(diagnosis.message_detail)
    return refusal


def learn(tables: Sequence[str], *, rows: int) -> None:
    """Tell the planner of many new rows at once; with old statistics it takes a wrong index for minutes.

    Only of a table with half as many rows again since it last looked, `rows` of them in this transaction: a look at
    a large table takes as long as posting.
    """
    with connection.cursor() as cursor:
        cursor.execute(GROWN, [list(tables), rows])
        if grown := [name for (name,) in cursor.fetchall()]:
            cursor.execute(f"ANALYZE {', '.join(grown)}")


def settle(pot: Account) -> None:
    """Give the waiting credits of a pot their place."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT timebank_settle(%s, %s)", [pot.community_id, pot.id])
