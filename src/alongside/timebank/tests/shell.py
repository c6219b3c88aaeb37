"""A person with a database shell: a bare connection, outside Django, foreign keys off where that is the default."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection

from alongside.kernel.db import is_postgresql
from alongside.timebank.ledger.postgresql import REFUSED

TABLES = (
    "timebank_account", "timebank_transfer", "timebank_entry", "timebank_hold", "timebank_unfolded", "timebank_seal",
    "timebank_category",
)  # fmt: skip


@contextmanager
def shell() -> Iterator[Any]:
    """A connection as `psql` (superuser) or `sqlite3` would open it on the database of this test."""
    settings = connection.settings_dict
    if is_postgresql():
        opened: Any = psycopg.connect(
            host=settings["HOST"], port=settings["PORT"], user=settings["USER"], dbname=settings["NAME"]
        )
    else:
        opened = sqlite3.connect(settings["NAME"], isolation_level=None)
    try:
        yield opened
    finally:
        opened.close()


def attack(statements: Iterable[str]) -> str | None:
    """Run the statements and commit, as one transaction. Returns the refusal, or None when it went through."""
    # A misspelt attack would fail as well, with another error: that must not pass for a guard.
    refused = (sqlite3.IntegrityError, psycopg.IntegrityError)
    with shell() as opened:
        try:
            if not is_postgresql():
                opened.execute("BEGIN")
            for statement in statements:
                opened.execute(statement)
            opened.execute("COMMIT") if not is_postgresql() else opened.commit()
        except refused as refusal:
            return str(refusal)
        except psycopg.DatabaseError as refusal:
            if refusal.sqlstate != REFUSED:
                raise
            return str(refusal)
    return None


def books() -> dict[str, list[Any]]:
    """Every row of the ledger's tables, to compare before and after."""
    with shell() as opened:
        return {
            table: sorted(opened.execute(f"SELECT * FROM {table}").fetchall(), key=repr)
            for table in TABLES
        }  # fmt: skip


def literal(id: UUID) -> str:
    """An id as that database's shell writes it."""
    return f"'{id}'" if is_postgresql() else f"'{id.hex}'"
