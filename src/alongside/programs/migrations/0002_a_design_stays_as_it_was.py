"""A design version never changes, and after the first one it comes of a passed decision about its program."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "programs_designversion"
STAYS = "programs: a design version never changes"
COMES_OF = "programs: a design version comes of a passed decision about its program, or is the first"
_REPLACES = f"EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id OR rowid = NEW.rowid)"
_NOT_DECIDED = (
    "NEW.number > 1 AND NOT EXISTS (SELECT 1 FROM decisions_decision d"
    " JOIN decisions_proposal p ON p.id = d.proposal_id AND p.community_id = d.community_id"
    " WHERE d.id = NEW.decision_id AND d.community_id = NEW.community_id AND d.outcome = 'passed'"
    " AND p.subject = 'programs' AND p.subject_id = NEW.program_id)"
)
SQLITE = (
    f"CREATE TRIGGER {TABLE}_no_replace BEFORE INSERT ON {TABLE} WHEN {_REPLACES} BEGIN SELECT RAISE(ABORT, '{STAYS}'); END",
    f"CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{STAYS}'); END",
    f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{STAYS}'); END",
    f"CREATE TRIGGER {TABLE}_decided BEFORE INSERT ON {TABLE} WHEN {_NOT_DECIDED}"
    f" BEGIN SELECT RAISE(ABORT, '{COMES_OF}'); END",
)
POSTGRESQL = (
    f"CREATE FUNCTION {TABLE}_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{STAYS}'"
    " USING ERRCODE = 'integrity_constraint_violation'; END $$",
    f"CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW"
    f" EXECUTE FUNCTION {TABLE}_stays()",
    f"CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT"
    f" EXECUTE FUNCTION {TABLE}_stays()",
    f"CREATE FUNCTION {TABLE}_decided() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {_NOT_DECIDED} THEN"
    f" RAISE EXCEPTION '{COMES_OF}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    f"CREATE TRIGGER {TABLE}_decided BEFORE INSERT ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {TABLE}_decided()",
)
REMOVE_SQLITE = tuple(f"DROP TRIGGER {TABLE}_{name}" for name in ("no_replace", "no_update", "no_delete", "decided"))
REMOVE_POSTGRESQL = (f"DROP FUNCTION {TABLE}_stays() CASCADE", f"DROP FUNCTION {TABLE}_decided() CASCADE")


def lay_in(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


def take_out(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in REMOVE_POSTGRESQL if schema_editor.connection.vendor == "postgresql" else REMOVE_SQLITE:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("programs", "0001_programs_and_their_designs")]

    operations = [migrations.RunPython(lay_in, take_out)]
