"""The log of what was done is added to and never changed, not even from a database shell."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# SQLite puts a row in another's place without a word to delete triggers: hence the look before every insert, by rowid
# as well. A later migration that rebuilds this table on SQLite (any change of a field) has to lay these in again.
SQLITE = (
    """
    CREATE TRIGGER kernel_activity_no_replace BEFORE INSERT ON kernel_activity
    BEGIN SELECT RAISE(ABORT, 'kernel: what was done is never changed')
    WHERE EXISTS (SELECT 1 FROM kernel_activity WHERE id = NEW.id OR rowid = NEW.rowid); END
    """,
    """
    CREATE TRIGGER kernel_activity_no_update BEFORE UPDATE ON kernel_activity
    BEGIN SELECT RAISE(ABORT, 'kernel: what was done is never changed'); END
    """,
    """
    CREATE TRIGGER kernel_activity_no_delete BEFORE DELETE ON kernel_activity
    BEGIN SELECT RAISE(ABORT, 'kernel: what was done is never changed'); END
    """,
)
POSTGRESQL = (
    """
    CREATE FUNCTION kernel_activity_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'kernel: what was done is never changed' USING ERRCODE = 'integrity_constraint_violation'; END
    $$
    """,
    """
    CREATE TRIGGER kernel_activity_no_change BEFORE UPDATE OR DELETE ON kernel_activity
    FOR EACH ROW EXECUTE FUNCTION kernel_activity_stays()
    """,
    """
    CREATE TRIGGER kernel_activity_no_truncate BEFORE TRUNCATE ON kernel_activity
    FOR EACH STATEMENT EXECUTE FUNCTION kernel_activity_stays()
    """,
)
REMOVE_SQLITE = tuple(f"DROP TRIGGER kernel_activity_no_{what}" for what in ("replace", "update", "delete"))
REMOVE_POSTGRESQL = ("DROP FUNCTION kernel_activity_stays() CASCADE",)


def lay_in(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


def take_out(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in REMOVE_POSTGRESQL if schema_editor.connection.vendor == "postgresql" else REMOVE_SQLITE:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("kernel", "0003_activity_by_whom_it_was_for")]

    operations = [migrations.RunPython(lay_in, take_out)]
