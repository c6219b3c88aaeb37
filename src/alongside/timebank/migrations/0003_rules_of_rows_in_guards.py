"""On PostgreSQL the rules of rows that payments write move from check constraints into the guards.

See `GuardedCheck`. For Django they stay what they are on SQLite, where nothing changes: checks. The guards are laid
in by the next migration, for the tables as they are then.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from alongside.timebank.ledger import install

RULES = {
    "timebank_account": (
        "account_ceiling_above_floor",
        "account_partner_is_another_community",
        "account_held_is_not_negative",
        "account_awaited_is_not_negative",
    ),
    "timebank_transfer": (
        "transfer_moves_at_least_a_minute",
        "transfer_is_between_two_accounts",
        "transfer_reversal_says_of_what",
        "transfer_of_exchange_has_a_category",
        "transfer_has_a_key",
    ),
    "timebank_entry": ("entry_sign_is_that_of_its_minutes", "entry_place_is_whole_or_missing"),
}


def move_into_guards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    install.run(schema_editor, ["DROP FUNCTION IF EXISTS timebank_transfer_follows CASCADE"])
    dropped = [f"ALTER TABLE {table} DROP CONSTRAINT {rule}" for table, rules in RULES.items() for rule in rules]
    install.run(schema_editor, dropped)


class Migration(migrations.Migration):
    dependencies = [("timebank", "0002_ledger_guards")]

    operations = [migrations.RunPython(move_into_guards, migrations.RunPython.noop)]
