"""Keys as a distributed database wants them: the community inside every key of a community's table.

One day the tables are spread over several machines by community, and then every primary key, unique
rule and foreign key between two such tables must hold the community. This does it to a migrated
PostgreSQL database, by what its catalogue says, so that the suite can run against the result.
"""

import re
from dataclasses import dataclass
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

# Tables in which every row belongs to a community.
_COMMUNITY_TABLES = """
    SELECT c.oid, c.relname FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'community_id' AND a.attnotnull
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace ORDER BY c.relname
"""
_CONSTRAINTS = """
    SELECT conname, contype, conrelid, conrelid::regclass::text, confrelid, pg_get_constraintdef(oid)
    FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'u', 'f') ORDER BY conname
"""
_UNIQUE_INDEXES = """
    SELECT i.indexrelid::regclass::text, i.indrelid::regclass::text, pg_get_indexdef(i.indexrelid)
    FROM pg_index i
    WHERE i.indisunique AND i.indrelid = ANY(%s)
    AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u'))
"""


class PointsFromShared(AssertionError):
    """A shared table has a foreign key to a table of a community, which could then not be distributed."""


@dataclass(frozen=True)
class Rule:
    name: str
    kind: str
    table_id: int
    table: str
    target_id: int
    text: str

    def with_community(self) -> str:
        """The same rule with the community in front of its columns, on both sides of a foreign key."""
        return re.sub(r"(KEY|UNIQUE|REFERENCES [\w.\"]+) ?\((?!community_id)", r"\1 (community_id, ", self.text)


def switch_keys(connection: BaseDatabaseWrapper) -> None:
    """Give every community table keys that begin with the community; a plain index on the old key stays."""
    with connection.cursor() as cursor:
        cursor.execute(_COMMUNITY_TABLES)
        tables = dict(cursor.fetchall())
        rules = constraints(cursor)
        inside = [rule for rule in rules if rule.kind == "f" and rule.target_id in tables]
        refuse_keys_from_shared([rule for rule in inside if rule.table_id not in tables])
        keys = [rule for rule in rules if rule.kind in "pu" and rule.table_id in tables and not begins(rule)]
        for rule in inside:
            cursor.execute(f'ALTER TABLE {rule.table} DROP CONSTRAINT "{rule.name}"')
        for rule in keys:
            cursor.execute(f'ALTER TABLE {rule.table} DROP CONSTRAINT "{rule.name}"')
            cursor.execute(f'ALTER TABLE {rule.table} ADD CONSTRAINT "{rule.name}" {rule.with_community()}')
            cursor.execute(f"CREATE INDEX ON {rule.table} ({columns(rule)})")
        for rule in inside:
            cursor.execute(f'ALTER TABLE {rule.table} ADD CONSTRAINT "{rule.name}" {rule.with_community()}')
        refuse_indexes_without_community(cursor, list(tables))


def constraints(cursor: CursorWrapper) -> list[Rule]:
    cursor.execute(_CONSTRAINTS)
    return [Rule(*row) for row in cursor.fetchall()]


def columns(rule: Rule) -> str:
    return rule.text[rule.text.index("(") + 1 : rule.text.index(")")]


def begins(rule: Rule) -> bool:
    return "community_id" in columns(rule).split(", ")


def refuse_keys_from_shared(rules: list[Rule]) -> None:
    if rules:
        raise PointsFromShared(", ".join(f"{rule.table}: {rule.name}" for rule in rules))


def refuse_indexes_without_community(cursor: CursorWrapper, table_ids: list[int]) -> None:
    cursor.execute(_UNIQUE_INDEXES, [table_ids])
    faults: list[Any] = [row for row in cursor.fetchall() if "community_id" not in row[2]]
    if faults:
        raise AssertionError(f"unique without the community: {faults}")
