"""The database itself refuses two duties of one person at the same time, and a place beyond those of a duty.

A later migration that rebuilds `rota_assignment` on SQLite (any change of a field) has to lay the guards in again.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "rota_assignment"
TWICE = "nobody has two duties at the same time"
FULL = "a duty has no more places than it says"

AT_ONCE = (
    "NEW.ended_at IS NULL AND EXISTS (SELECT 1 FROM rota_assignment a"
    " JOIN rota_duty d ON d.id = a.duty_id JOIN rota_duty n ON n.id = NEW.duty_id"
    " WHERE a.community_id = NEW.community_id AND a.membership_id = NEW.membership_id AND a.id <> NEW.id"
    " AND a.ended_at IS NULL AND d.called_off_at IS NULL AND n.called_off_at IS NULL"
    " AND d.starts_at < n.ends_at AND n.starts_at < d.ends_at)"
)
BEYOND = "NEW.ended_at IS NULL AND NEW.place > (SELECT d.people FROM rota_duty d WHERE d.id = NEW.duty_id)"
GUARDS = [
    (f"{TABLE}_twice_{moment.lower()}", moment, AT_ONCE, TWICE) for moment in ("INSERT", "UPDATE")
] + [(f"{TABLE}_beyond_{moment.lower()}", moment, BEYOND, FULL) for moment in ("INSERT", "UPDATE")]


def lay_in(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for guard in GUARDS:
        on_postgresql = schema_editor.connection.vendor == "postgresql"
        for statement in _function(*guard) if on_postgresql else (_trigger(*guard),):
            schema_editor.execute(statement, params=None)


def _function(name: str, moment: str, condition: str, words: str) -> tuple[str, str]:
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} THEN"
        f" RAISE EXCEPTION 'rota: {words}' USING ERRCODE = 'integrity_constraint_violation';"
        " END IF; RETURN NEW; END $$",
        f"CREATE TRIGGER {name} BEFORE {moment} ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {name}()",
    )


def _trigger(name: str, moment: str, condition: str, words: str) -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE {moment} ON {TABLE} WHEN {condition}"
        f" BEGIN SELECT RAISE(ABORT, 'rota: {words}'); END"
    )


def take_out(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for name, *_ in GUARDS:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP FUNCTION {name}() CASCADE", params=None)
        else:
            schema_editor.execute(f"DROP TRIGGER {name}", params=None)


class Migration(migrations.Migration):
    dependencies = [("rota", "0001_rotas_and_their_duties")]

    operations = [migrations.RunPython(lay_in, take_out)]
