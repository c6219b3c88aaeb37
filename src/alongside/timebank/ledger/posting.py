"""The one door into the ledger, whichever database stands behind it."""

from collections.abc import Sequence
from contextlib import nullcontext
from typing import Any

from django.db import connection, transaction

from alongside.kernel.db import is_postgresql
from alongside.timebank.ledger import postgresql, sqlite
from alongside.timebank.ledger.order import Order
from alongside.timebank.ledger.refusals import LedgerRefusal
from alongside.timebank.models import Account, Transfer

AT_ONCE = 1000
# As many new rows as may mislead the planner.
MANY = 500


def post(order: Order) -> Transfer:
    """Post one order and return its transfer, with `warnings` for soft limits passed.

    Raises a LedgerRefusal; then nothing was written, and a transaction around it is still sound.
    """
    if is_postgresql():
        return postgresql.post(order)
    with _may_write():
        return sqlite.post(order)


def post_many(orders: list[Order]) -> list[Transfer]:
    """Post all or nothing, as if one after the other. The orders share who, when, kind and together.

    Raises a LedgerRefusal whose `line` names the order (from 1).
    """
    posted: list[Transfer] = []
    with transaction.atomic():
        for start in range(0, len(orders), AT_ONCE):
            posted += _post_slice(orders[start : start + AT_ONCE], start)
        learn(("timebank_account", "timebank_transfer", "timebank_entry", "timebank_unfolded"), rows=len(orders))
    return posted


def _post_slice(orders: list[Order], start: int) -> list[Transfer]:
    try:
        return postgresql.post_many(orders) if is_postgresql() else sqlite.post_many(orders)
    except LedgerRefusal as refusal:
        refusal.line = (refusal.line or 1) + start
        raise


def settle(pot: Account) -> None:
    """Give the credits that wait before a pot their place in its line."""
    if is_postgresql():
        postgresql.settle(pot)
    else:
        sqlite.settle(pot)


def learn(tables: Sequence[str], *, rows: int) -> None:
    """Let the planner know that these tables have grown by so many rows; SQLite's needs no telling."""
    if rows >= MANY and is_postgresql():
        postgresql.learn(tables, rows=rows)


def _may_write() -> Any:
    """A writing transaction, unless one is open: a savepoint would cost and protect nothing here."""
    return nullcontext() if connection.in_atomic_block else transaction.atomic()
