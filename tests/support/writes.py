"""Proof that a piece of code reads and nothing more."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

_READING = re.compile(
    r"\s*(SELECT|WITH|SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|PRAGMA|SHOW|EXPLAIN|DECLARE|FETCH)\b", re.I
)
_WRITING_INSIDE = re.compile(r"\b(INSERT\s+INTO|DELETE\s+FROM|UPDATE\s+\S+\s+SET|FOR\s+(NO\s+KEY\s+)?UPDATE)\b", re.I)


class WroteWhileReading(AssertionError):
    """A statement that changes or locks rows was sent where only reading is allowed."""


@contextmanager
def forbid_writes() -> Iterator[None]:
    """Fail at the first statement on this thread's connection that changes or locks rows."""

    def refuse(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not _READING.match(sql) or _WRITING_INSIDE.search(sql):
            raise WroteWhileReading(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield
