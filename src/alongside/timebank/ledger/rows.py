"""Many rows in one statement, on either database: the fold writes thousands."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from alongside.kernel.db import is_postgresql


def insert_rows(
    table: str, columns: Mapping[str, str], rows: Sequence[Sequence[Any]], *, on_conflict: str = ""
) -> None:
    """Insert `rows` into `table`; `columns` gives each column its type on PostgreSQL.

    `on_conflict`: what to do with a row that is there already, as SQL that both databases read.
    """
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if not rows:
            return
        if is_postgresql():
            arrays = ", ".join(f"%s::{kind}[]" for kind in columns.values())
            sql = f"INSERT INTO {table} ({names}) SELECT * FROM unnest({arrays}) {on_conflict}"
            cursor.execute(sql, [list(column) for column in zip(*rows, strict=True)])
        else:
            places = ", ".join(["%s"] * len(columns))
            sql = f"INSERT INTO {table} ({names}) VALUES ({places}) {on_conflict}"
            cursor.executemany(sql, [[_plain(value) for value in row] for row in rows])


def _plain(value: Any) -> Any:
    """As Django writes it on SQLite."""
    if isinstance(value, UUID):
        return value.hex
    return value.isoformat() if isinstance(value, date) else value
