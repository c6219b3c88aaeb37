"""An entry says of what its transfer was and who with, so that a statement is read from the entries alone.

On PostgreSQL, as on SQLite, inserting a transfer is the whole act now: its trigger makes entries and moves balances.
It is laid in by the next migration.
The months of accounts are held by the guard of accounts alone: every fold would have checked their keys again.

Undone, it leaves the ledger without guards, and they are what posts: no file holds those of the older tables. Nothing
may be paid until it is applied again.
"""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import alongside.people.models.base
from alongside.timebank.ledger import install

KINDS = [
    ("exchange", "exchange"),
    ("gift", "gift"),
    ("grant", "grant"),
    ("reversal", "reversal"),
    ("opening", "opening balance"),
    ("import", "brought from another time bank"),
]

FILL = """UPDATE timebank_entry SET (kind, other_id, category_id, helped_on) = (
  SELECT kind, CASE timebank_entry.sign WHEN 1 THEN payer_id ELSE payee_id END, category_id, helped_on
  FROM timebank_transfer WHERE id = timebank_entry.transfer_id)"""


def take_guards_away(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        # A transfer that posts itself needs nobody to count its entries afterwards.
        install.run(schema_editor, ["DROP FUNCTION IF EXISTS timebank_transfer_whole CASCADE"])
    install.remove(apps, schema_editor)


def copied(to: str, *, null: bool) -> models.Field:
    return alongside.people.models.base.HouseForeignKey(
        to, django.db.models.deletion.PROTECT, db_constraint=False, db_index=False, related_name="+", null=null
    )


class Migration(migrations.Migration):
    dependencies = [("timebank", "0003_rules_of_rows_in_guards")]

    operations = [
        migrations.RunPython(take_guards_away, migrations.RunPython.noop),
        migrations.AddField("entry", "kind", models.CharField(max_length=8, choices=KINDS, null=True)),
        migrations.AddField("entry", "other", copied("timebank.account", null=True)),
        migrations.AddField("entry", "category", copied("timebank.category", null=True)),
        migrations.AddField("entry", "helped_on", models.DateField(null=True)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField("entry", "kind", models.CharField(max_length=8, choices=KINDS)),
        migrations.AlterField("entry", "other", copied("timebank.account", null=False)),
        migrations.AlterField("entry", "helped_on", models.DateField()),
        migrations.AlterField(
            "accountmonth",
            "community",
            models.ForeignKey(
                "people.community",
                django.db.models.deletion.PROTECT,
                db_constraint=False,
                db_index=False,
                related_name="+",
            ),
        ),
        migrations.AlterField(
            "accountmonth",
            "account",
            alongside.people.models.base.HouseForeignKey(
                "timebank.account",
                django.db.models.deletion.PROTECT,
                db_constraint=False,
                db_index=False,
                related_name="months",
            ),
        ),
    ]
