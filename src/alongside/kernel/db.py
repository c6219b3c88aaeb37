"""Small database helpers shared by all rooms."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db import connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models.sql.compiler import SQLCompiler


def is_postgresql(using: str = "default") -> bool:
    """True when the named database is PostgreSQL (or Citus), False on SQLite."""
    return connections[using].vendor == "postgresql"


def empty_the_log() -> None:
    """On SQLite, carry over what the write-ahead log holds, so that what was deleted is in neither of the two.

    The last connection does so when it closes, but the house keeps its connections. While somebody reads it is left
    for the next time: nobody waits for it.
    """
    if is_postgresql():
        return
    with connection.cursor() as cursor:
        patience = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute("PRAGMA busy_timeout=0")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            cursor.execute(f"PRAGMA busy_timeout={patience}")


NEW_HERE = """
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND pg_stat_get_xact_tuples_inserted(oid) > reltuples / 2
    AND pg_stat_get_xact_tuples_inserted(oid) > 0"""


def take_stock() -> None:
    """Tell PostgreSQL's planner what this transaction has put into tables that held little before.

    By itself the database looks a minute after the end. Until then it plans for empty tables, and a question that
    joins four of them may take a thousand times as long. SQLite plans without numbers.
    """
    if not is_postgresql():
        return
    with connection.cursor() as cursor:
        cursor.execute(NEW_HERE)
        if grown := [name for (name,) in cursor.fetchall()]:
            cursor.execute(f"ANALYZE {', '.join(grown)}")


class Given(models.Expression):
    """Stands in a question for a value that is given whenever it is asked, or for one so much later."""

    def __init__(self, name: str, output_field: "models.Field[Any, Any]", later: timedelta = timedelta()) -> None:
        super().__init__(output_field=output_field)
        self.name, self.later = name, later

    def __add__(self, later: timedelta) -> "Given":  # type: ignore[override]
        return Given(self.name, self.output_field, self.later + later)

    def __sub__(self, earlier: timedelta) -> "Given":  # type: ignore[override]
        return self + -earlier

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:  # type: ignore[override]
        return "%s", [self]

    def among(self, values: Mapping[str, Any]) -> Any:
        """The value itself, as the database takes it."""
        value = values[self.name]
        return self.output_field.get_db_prep_value(value + self.later if self.later else value, connection)


class HowMany:
    """How many rows there are of each kind, asked together: counted up to `most`, since more makes no difference.

    Django takes far longer to write a question than the database takes to answer it. These are written once, with
    `Given`s for what changes from one asking to the next. The kinds say with `values` what is counted.
    """

    def __init__(self, kinds: Mapping[str, "models.QuerySet[Any, Any]"], *, most: int) -> None:
        self.kinds, self.most = kinds, most

    @cached_property
    def _written(self) -> tuple[str, list[Any]]:
        parts, parameters = [], list[Any]()
        for number, rows in enumerate(self.kinds.values()):
            sql, theirs = rows.order_by()[: self.most].query.sql_with_params()
            parts.append(f"(SELECT COUNT(*) FROM ({sql}) AS kind_{number})")
            parameters += theirs
        return f"SELECT {', '.join(parts)}", parameters

    def ask(self, **values: Any) -> dict[str, int]:
        """The numbers, by the names of the kinds."""
        sql, parameters = self._written
        filled = [each.among(values) if isinstance(each, Given) else each for each in parameters]
        with connection.cursor() as cursor:
            cursor.execute(sql, filled)
            numbers = cursor.fetchone()
        return dict(zip(self.kinds, numbers, strict=True))


class CreateModels(Operation):
    """Tables of which none refers to one that comes after it, made at once.

    Beside the tables Django keeps a picture of all models. After each new table it draws anew every class related to
    it: all of the house. Here it is drawn once for all of them. What is made is the same.
    """

    def __init__(self, models: list[CreateModel]) -> None:
        self.models = models

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        # Django keeps the picture up to date only where it is drawn already: the next who looks has it drawn whole.
        vars(state).pop("apps", None)
        for model in self.models:
            model.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for model in self.models:
            model.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for model in reversed(self.models):
            model.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "; ".join(model.describe() for model in self.models)


def in_one_go(operations: Iterable[Operation]) -> list[Operation]:
    """The same operations, with the new tables that stand in a row made together."""
    made: list[Operation] = []
    for are_new_tables, row in groupby(operations, lambda operation: isinstance(operation, CreateModel)):
        several: list[Any] = list(row)
        made += [CreateModels(several)] if are_new_tables else several
    return made
