"""Time given, agreements and what boards decided stay as they were; a board decides only with those who are there.

Of time given the name and the words may go, when somebody is erased, and the name may become that of the same
person's other record. Of somebody's word to an agreement the name alone may, likewise; it can be taken back whole. On SQLite a later migration that rebuilds one of these tables has to lay its triggers in again.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

INPUT, COMMITMENT, SIDE = "programs_input", "programs_commitment", "programs_commitmentside"
DECISION = "programs_boarddecision"
_ONCE = "(community_id = NEW.community_id AND key = NEW.key)"

# Table, what is said, the columns that stay ("" is the whole row), whether rows may go, what one row alone may have.
GUARDS = (
    (
        INPUT, "programs: time given never changes, a newer entry puts it right",
        "id community_id program_id side kind minutes is_paid day corrects_id keyed_by_id channel at key", False,
        f"{_ONCE} OR (community_id = NEW.community_id AND corrects_id = NEW.corrects_id)",
    ),
    (COMMITMENT, "programs: an agreement never changes", "", False, _ONCE),
    (
        SIDE, "programs: a word to an agreement never changes",
        "id community_id commitment_id side keyed_by_id channel at", True,
        "(community_id = NEW.community_id AND commitment_id = NEW.commitment_id AND membership_id = NEW.membership_id)",
    ),
    (DECISION, "programs: what a board decided never changes", "", False, _ONCE),
)  # fmt: skip
COUNTED = "programs: a board decides with those who are ticked as there"
_MISCOUNTED = (
    "NEW.here <> (SELECT count(*) FROM programs_boardpresence p"
    " WHERE p.meeting_id = NEW.meeting_id AND p.community_id = NEW.community_id)"
)


def _differs(table: str, stay: str, differ: str) -> str:
    """The condition under which an update is refused; "" for every one."""
    if not stay:
        return ""
    told = [f"NEW.{name} {differ} OLD.{name}" for name in stay.split()]
    if table == INPUT:
        told.append(f"(NEW.what {differ} OLD.what AND NEW.what <> '')")
    return " OR ".join(told)


def _sqlite() -> list[str]:
    told = []
    for table, says, stay, may_go, once in GUARDS:
        stop = f"BEGIN SELECT RAISE(ABORT, '{says}'); END"
        there = f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id OR rowid = NEW.rowid OR {once})"
        when = _differs(table, stay, "IS NOT")
        told.append(f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {there} {stop}")
        told.append(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {f'WHEN {when}' if when else ''} {stop}")
        if not may_go:
            told.append(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {stop}")
    told.append(
        f"CREATE TRIGGER {DECISION}_counted BEFORE INSERT ON {DECISION} WHEN {_MISCOUNTED}"
        f" BEGIN SELECT RAISE(ABORT, '{COUNTED}'); END"
    )
    return told


def _postgresql() -> list[str]:
    told = []
    for table, says, stay, may_go, _once in GUARDS:
        stop = f"RAISE EXCEPTION '{says}' USING ERRCODE = 'integrity_constraint_violation';"
        when = _differs(table, stay, "IS DISTINCT FROM")
        change = f"IF {when} THEN {stop} END IF; RETURN NEW;" if when else stop
        told += [
            f"CREATE FUNCTION {table}_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {stop} END $$",
            f"CREATE FUNCTION {table}_changes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {change} END $$",
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_changes()",
        ]
        if not may_go:
            told += [
                f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW"
                f" EXECUTE FUNCTION {table}_stays()",
                f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT"
                f" EXECUTE FUNCTION {table}_stays()",
            ]
    told += [
        f"CREATE FUNCTION {DECISION}_counted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {_MISCOUNTED} THEN"
        f" RAISE EXCEPTION '{COUNTED}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        f"CREATE TRIGGER {DECISION}_counted BEFORE INSERT ON {DECISION} FOR EACH ROW"
        f" EXECUTE FUNCTION {DECISION}_counted()",
    ]
    return told


def lay_in(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in _postgresql() if schema_editor.connection.vendor == "postgresql" else _sqlite():
        schema_editor.execute(statement, params=None)


def take_out(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for table, _says, _stay, may_go, _once in GUARDS:
        if is_postgresql:
            schema_editor.execute(f"DROP FUNCTION {table}_stays() CASCADE", params=None)
            schema_editor.execute(f"DROP FUNCTION {table}_changes() CASCADE", params=None)
            continue
        for name in ("no_replace", "no_update", *(() if may_go else ("no_delete",))):
            schema_editor.execute(f"DROP TRIGGER {table}_{name}", params=None)
    what = f"FUNCTION {DECISION}_counted() CASCADE" if is_postgresql else f"TRIGGER {DECISION}_counted"
    schema_editor.execute(f"DROP {what}", params=None)


class Migration(migrations.Migration):
    dependencies = [("programs", "0005_jobs_committees_and_boards")]

    operations = [migrations.RunPython(lay_in, take_out)]
