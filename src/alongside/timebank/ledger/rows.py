"""Many rows in one statement, on either database: the fold writes thousands."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from alongside.kernel.db import is_postgresql


def insert_rows(
    table: str, columns: Mapping[str, str], rows: Sequence[Sequence[Any]], *, on_conflict: str = ""
) -> None:
    """Insert `rows` into `table`; `columns` gives each column its type on PostgreSQL.

    Values are ids, numbers, days, hashes or None: nothing that needs quotes.
    `on_conflict`: what to do with a row that is there already, as SQL that both databases read.
    """
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if not rows:
            return
        if is_postgresql():
            arrays = ", ".join(f"%s::{kind}[]" for kind in columns.values())
            sql = f"INSERT INTO {table} ({names}) SELECT * FROM unnest({arrays}) {on_conflict}"
            cursor.execute(sql, [array_of(column) for column in zip(*rows, strict=True)])
        else:
            places = ", ".join(["%s"] * len(columns))
            sql = f"INSERT INTO {table} ({names}) VALUES ({places}) {on_conflict}"
            cursor.executemany(sql, [[_plain(value) for value in row] for row in rows])


def array_of(values: Iterable[Any]) -> str:
    """Ids, numbers, days and hashes as PostgreSQL writes an array: what needs no quotes, and None.

    psycopg would search each of them for what to quote, which takes longer than to write it down.
    """
    return "{" + ",".join([value.hex if type(value) is UUID else _bare(value) for value in values]) + "}"


def _bare(value: Any) -> str:
    return "NULL" if value is None else str(value)


def _plain(value: Any) -> Any:
    """As Django writes it on SQLite."""
    if isinstance(value, UUID):
        return value.hex
    return value.isoformat() if isinstance(value, date) else value
