"""A decision is done only when it was adopted and everything people said about the proposal has an answer."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# A later migration that rebuilds any of these three tables on SQLite has to take this out before and lay it in after.
WORDS = "a decision is done when it was adopted and everything people said has an answer"
CONDITION = """NEW.step = 'done' AND (
    (SELECT outcome FROM decisions_decision WHERE id = NEW.decision_id) <> 'passed'
    OR EXISTS (SELECT 1 FROM decisions_contribution said JOIN decisions_decision voted
        ON voted.proposal_id = said.proposal_id AND voted.community_id = said.community_id
        WHERE voted.id = NEW.decision_id AND said.status = 'open' AND said.hidden_at IS NULL
        AND said.words_erased_at IS NULL AND said.reply_to_id IS NULL))"""
NAME, TABLE = "decisions_progressnote_done_when_answered", "decisions_progressnote"


def lay_in(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {CONDITION} THEN"
            f" RAISE EXCEPTION 'decisions: {WORDS}' USING ERRCODE = 'integrity_constraint_violation';"
            " END IF; RETURN NEW; END $$",
            params=None,
        )
        schema_editor.execute(
            f"CREATE TRIGGER {NAME} BEFORE INSERT OR UPDATE OF step, decision_id ON {TABLE}"
            f" FOR EACH ROW EXECUTE FUNCTION {NAME}()",
            params=None,
        )
        return
    for moment, suffix in (("INSERT", "made"), ("UPDATE OF step, decision_id", "changed")):
        schema_editor.execute(
            f"CREATE TRIGGER {NAME}_{suffix} BEFORE {moment} ON {TABLE} WHEN {CONDITION}"
            f" BEGIN SELECT RAISE(ABORT, 'decisions: {WORDS}'); END",
            params=None,
        )


def take_out(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP FUNCTION {NAME}() CASCADE", params=None)
        return
    for suffix in ("made", "changed"):
        schema_editor.execute(f"DROP TRIGGER {NAME}_{suffix}", params=None)


class Migration(migrations.Migration):
    dependencies = [("decisions", "0010_consent_rounds")]

    operations = [migrations.RunPython(lay_in, take_out)]
