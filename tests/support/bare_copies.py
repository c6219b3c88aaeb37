"""A bare copy of one table: its constraints and indexes, and no more, to attack them alone."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, models

from alongside.kernel.db import is_postgresql
from tests.support.databases import pointed_at

COPY = "a_bare_copy"


@contextmanager
def bare_copy(model: type[models.Model]) -> Iterator[None]:
    """Copy a table with its constraints, without its triggers and foreign keys; gone after the test.

    On SQLite it stands in a database of its own: beside all other tables, SQLite would read every one of them anew
    for each row that is refused.
    """
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if is_postgresql():
            cursor.execute(f'CREATE TABLE {COPY} (LIKE "{table}" INCLUDING ALL)')
            yield
            return
        cursor.execute(
            "SELECT sql FROM sqlite_master WHERE tbl_name = %s AND type IN ('table', 'index') AND sql IS NOT NULL"
            " ORDER BY type DESC",
            [table],
        )
        made = [statement for (statement,) in cursor.fetchall()]
    with pointed_at(":memory:"), connection.cursor() as cursor:
        for statement in made:
            bare = re.sub(r' REFERENCES "\w+" \("\w+"\)(?: DEFERRABLE INITIALLY DEFERRED)?', "", statement)
            bare = re.sub(r'INDEX "(\w+)"', r'INDEX "copied_\1"', bare)
            cursor.execute(re.sub(rf'(TABLE|ON) "?{table}"?', rf"\1 {COPY}", bare))
        yield


def guard_copy(model: type[models.Model], rule: str) -> None:
    """On PostgreSQL: set the guard that keeps a rule, or asks a function that does, over the copy too, and at once."""
    if not is_postgresql():
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_proc guard ON guard.oid = tgfoid"
            " WHERE tgrelid = %s::regclass AND NOT tgisinternal AND EXISTS (SELECT 1 FROM pg_proc keeper"
            "   WHERE strpos(keeper.prosrc, %s) > 0"
            "     AND (keeper.oid = guard.oid OR strpos(guard.prosrc, keeper.proname || '(') > 0))",
            [model._meta.db_table, f"'{rule}'"],
        )
        for (made,) in cursor.fetchall():
            at_once = made.replace(" DEFERRABLE INITIALLY DEFERRED", "")
            cursor.execute(re.sub(rf"ON (public\.)?{model._meta.db_table} ", f"ON {COPY} ", at_once))


def insert(values: dict[str, Any]) -> None:
    """Write a row into the copy."""
    names, marks = ", ".join(f'"{name}"' for name in values), ", ".join("%s" for _ in values)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {COPY} ({names}) VALUES ({marks})", list(values.values()))
