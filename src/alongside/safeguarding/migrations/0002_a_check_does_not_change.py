"""A check does not change: it is withdrawn, once, and goes only with a person who has left.

Two records of one person become one: then a check moves from one member of the community to another. A later migration
that rebuilds `safeguarding_check` on SQLite has to lay these guards in again.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "safeguarding_check"
STAYS = "a check stays as it was written: withdraw it and write another"
IS_KEPT = "a check goes only with a person who has left"
_KEPT = (
    "id", "community_id", "kind_id", "seen_on", "seen_by_id", "ends_on", "written_by_id", "written_at", "channel", "key",
)  # fmt: skip
_WITHDRAWN = ("withdrawn_at", "withdrawn_by_id", "withdrawn_why")


def _belongs(row: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM people_membership m WHERE m.community_id = {row}.community_id"
        f" AND m.person_id = {row}.person_id AND m.left_at IS NULL)"
    )


def _guards(differ: str) -> list[tuple[str, str, str, str]]:
    """What each guard refuses: (name, moment, condition, words)."""
    changed = " OR ".join(f"OLD.{column} {differ} NEW.{column}" for column in _KEPT)
    again = " OR ".join(f"OLD.{column} {differ} NEW.{column}" for column in _WITHDRAWN)
    moved = f"(OLD.person_id {differ} NEW.person_id OR OLD.place {differ} NEW.place)"
    return [
        (
            "stays",
            "UPDATE",
            f"{changed} OR (OLD.withdrawn_at IS NOT NULL AND ({again}))"
            f" OR ({moved} AND NOT ({_belongs('OLD')} AND {_belongs('NEW')}))",
            STAYS,
        ),
        ("is_kept", "DELETE", _belongs("OLD"), IS_KEPT),
    ]


def lay_in(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for name, moment, condition, words in _guards("IS DISTINCT FROM"):
            guard, back = f"{TABLE}_{name}", "OLD" if moment == "DELETE" else "NEW"
            schema_editor.execute(
                f"CREATE FUNCTION {guard}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} THEN"
                f" RAISE EXCEPTION 'safeguarding: {words}' USING ERRCODE = 'integrity_constraint_violation';"
                f" END IF; RETURN {back}; END $$",
                params=None,
            )
            schema_editor.execute(
                f"CREATE TRIGGER {guard} BEFORE {moment} ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {guard}()",
                params=None,
            )
        return
    for name, moment, condition, words in _guards("IS NOT"):
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_{name} BEFORE {moment} ON {TABLE} WHEN {condition} "
            f"BEGIN SELECT RAISE(ABORT, 'safeguarding: {words}'); END",
            params=None,
        )
    # SQLite puts a row in another's place without a word to delete triggers: hence the look before every insert.
    place = (
        "community_id = NEW.community_id AND person_id = NEW.person_id AND kind_id = NEW.kind_id"
        " AND seen_on = NEW.seen_on AND place = NEW.place AND withdrawn_at IS NULL AND NEW.withdrawn_at IS NULL"
    )
    schema_editor.execute(
        f"CREATE TRIGGER {TABLE}_no_replace BEFORE INSERT ON {TABLE} "
        f"BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: check_seen_once_a_day_and_place')"
        f" WHERE EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id OR rowid = NEW.rowid OR ({place})); END",
        params=None,
    )


def take_out(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    names = [name for name, *_ in _guards("")]
    if schema_editor.connection.vendor == "postgresql":
        drops = [f"DROP FUNCTION {TABLE}_{name}() CASCADE" for name in names]
    else:
        drops = [f"DROP TRIGGER {TABLE}_{name}" for name in (*names, "no_replace")]
    for statement in drops:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("safeguarding", "0001_checks_leads_and_pairs"), ("people", "0001_initial")]

    operations = [migrations.RunPython(lay_in, take_out)]
