"""Lays the ledger's functions and guards into the database: one file of SQL for each kind of database."""

import re
from pathlib import Path

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQL = Path(__file__).parent / "sql"


def statements(vendor: str) -> list[str]:
    """The statements of one database's file, in order."""
    return [statement.strip() for statement in _file(vendor).split("\n;;") if statement.strip()]


def _file(vendor: str) -> str:
    return (SQL / f"{vendor}.sql").read_text()


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """For a migration: lay in what the database of this migration needs."""
    run(schema_editor, statements(schema_editor.connection.vendor))


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """For a migration undone, or one about to alter the ledger's tables: take everything out, the newest first."""
    made = reversed(statements(schema_editor.connection.vendor))
    run(schema_editor, [drop for statement in made if (drop := _drop(statement))])


def triggers(vendor: str) -> set[str]:
    """The names of all triggers that must be in the database."""
    return {match[1] for match in re.finditer(r"^CREATE (?:CONSTRAINT )?TRIGGER (\w+)", _file(vendor), re.MULTILINE)}


def run(schema_editor: BaseDatabaseSchemaEditor, sql: list[str]) -> None:
    for statement in sql:
        schema_editor.execute(statement, params=None)


def _code(statement: str) -> list[str]:
    lines = [line for line in statement.splitlines() if not line.startswith("--")]
    return " ".join(lines).split()


def _drop(statement: str) -> str | None:
    """The statement that undoes a CREATE; None for what vanishes with another."""
    words = _code(statement)
    if words[:2] == ["CREATE", "FUNCTION"]:
        return f"DROP FUNCTION IF EXISTS {words[2].split('(')[0]} CASCADE"
    if words[:2] == ["CREATE", "TRIGGER"] and "EXECUTE" not in words:  # on PostgreSQL they go with their function
        return f"DROP TRIGGER IF EXISTS {words[2]}"
    return None
