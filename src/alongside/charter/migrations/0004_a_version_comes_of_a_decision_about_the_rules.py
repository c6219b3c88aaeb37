"""A version comes of a passed decision about the rules, and of no other one."""

from importlib import import_module

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

before = import_module("alongside.charter.migrations.0003_nothing_else_sets_them")
GUARD = f"{before.VERSION}_made_rightly"
_ABOUT_SOMETHING_ELSE = (
    "NEW.decision_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM decisions_decision d"
    " JOIN decisions_proposal p ON p.id = d.proposal_id WHERE d.id = NEW.decision_id AND p.subject = 'charter')"
)


def _lay_in(schema_editor: BaseDatabaseSchemaEditor, condition: str) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE OR REPLACE FUNCTION {GUARD}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} THEN"
            f" RAISE EXCEPTION 'charter: {before.COMES_OF}' USING ERRCODE = 'integrity_constraint_violation';"
            " END IF; RETURN NEW; END $$",
            params=None,
        )
        return
    schema_editor.execute(f"DROP TRIGGER {GUARD}", params=None)
    schema_editor.execute(
        f"CREATE TRIGGER {GUARD} BEFORE INSERT ON {before.VERSION} WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, 'charter: {before.COMES_OF}'); END",
        params=None,
    )


def lay_in(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _lay_in(schema_editor, f"{before._made_rightly()} OR ({_ABOUT_SOMETHING_ELSE})")


def take_out(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _lay_in(schema_editor, before._made_rightly())


class Migration(migrations.Migration):
    dependencies = [("charter", "0003_nothing_else_sets_them")]

    operations = [migrations.RunPython(lay_in, take_out)]
