"""Votes that choose among several, and votes that say how strongly people agree."""

from importlib import import_module
from typing import Any
import alongside.kernel.ids
import alongside.people.models.base
import django.db.models.deletion
from django.conf import settings
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


GUARDS: Any = import_module("alongside.decisions.migrations.0003_a_vote_keeps_its_terms")
OPTIONS = "what can be chosen never changes once it is on a ballot"


def take_out(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """SQLite lays a table out anew, without its guards, when a constraint or field of it changes."""
    GUARDS.take_out(apps, schema_editor)


def lay_in(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    GUARDS.lay_in(apps, schema_editor)


def guard_options(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """No option changes or goes, and none comes once anybody may have voted."""
    late = "(SELECT state FROM decisions_decision WHERE id = NEW.decision_id) <> 'open'"
    late += " OR EXISTS (SELECT 1 FROM decisions_openballot WHERE decision_id = NEW.decision_id)"
    guards = [("stays", "UPDATE", "true"), ("stays_there", "DELETE", "true"), ("in_time", "INSERT", late)]
    for name, moment, condition in guards:
        for statement in _statements(schema_editor.connection.vendor, name, moment, condition):
            schema_editor.execute(statement, params=None)


def _statements(vendor: str, name: str, moment: str, condition: str) -> list[str]:
    table = "decisions_option"
    if vendor != "postgresql":
        return [
            f"CREATE TRIGGER {table}_{name} BEFORE {moment} ON {table} WHEN {condition}"
            f" BEGIN SELECT RAISE(ABORT, 'decisions: {OPTIONS}'); END"
        ]
    back = "OLD" if moment == "DELETE" else "NEW"
    return [
        f"CREATE FUNCTION {table}_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} THEN "
        f"RAISE EXCEPTION 'decisions: {OPTIONS}' USING ERRCODE = 'integrity_constraint_violation';"
        f" END IF; RETURN {back}; END $$",
        f"CREATE TRIGGER {table}_{name} BEFORE {moment} ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_{name}()",
    ]


def free_options(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for name in ("stays", "stays_there", "in_time"):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP FUNCTION decisions_option_{name}() CASCADE", params=None)
        else:
            schema_editor.execute(f"DROP TRIGGER decisions_option_{name}", params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('decisions', '0003_a_vote_keeps_its_terms'),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(take_out, lay_in),
        migrations.CreateModel(
            name='Option',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('name', models.CharField(blank=True, max_length=120)),
                ('side', models.CharField(blank=True, choices=[('uses', 'people who use it'), ('provides', 'people who provide it'), ('kin', 'family and neighbors'), ('funds', 'funders'), ('keeps', 'people who look after the community')], max_length=10)),
                ('cost', models.PositiveIntegerField(default=0)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.community')),
                ('decision', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='options', to='decisions.decision')),
                ('membership', alongside.people.models.base.HouseForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('number__gte', 1), ('number__lte', 24)), name='option_numbers_fit_a_ballot'),
                    models.CheckConstraint(condition=models.Q(models.Q(models.Q(('name', ''), _negated=True), ('membership', None), ('side', '')), models.Q(('membership__isnull', False), ('name', ''), models.Q(('side', ''), _negated=True)), _connector='OR'), name='option_is_a_thing_or_a_person_of_a_side'),
                    models.UniqueConstraint(fields=('community', 'decision', 'number'), name='option_number_is_its_own'),
                    models.UniqueConstraint(condition=models.Q(('name', ''), _negated=True), fields=('community', 'decision', 'name'), name='option_stands_there_once'),
                    models.UniqueConstraint(condition=models.Q(('membership__isnull', False)), fields=('community', 'decision', 'membership'), name='option_person_stands_once'),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name='ballot',
            name='ballot_says_a_known_word',
        ),
        migrations.RemoveConstraint(
            model_name='decision',
            name='decision_rule_is_known',
        ),
        migrations.RemoveConstraint(
            model_name='openballot',
            name='open_ballot_says_a_known_word',
        ),
        migrations.RemoveConstraint(
            model_name='paperkeying',
            name='paper_keying_says_a_known_word',
        ),
        migrations.AlterField(
            model_name='ballot',
            name='choice',
            field=models.CharField(max_length=160),
        ),
        migrations.AlterField(
            model_name='openballot',
            name='choice',
            field=models.CharField(max_length=160),
        ),
        migrations.AlterField(
            model_name='paperkeying',
            name='choice',
            field=models.CharField(max_length=160),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(('choice', ''), _negated=True), name='ballot_says_something'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('rule__in', ['double-majority', 'gradients', 'approval', 'score', 'schulze', 'scottish-stv', 'equal-power-mes', 'consent'])), name='decision_rule_is_known'),
        ),
        migrations.AddConstraint(
            model_name='openballot',
            constraint=models.CheckConstraint(condition=models.Q(('choice', ''), _negated=True), name='open_ballot_says_something'),
        ),
        migrations.AddConstraint(
            model_name='paperkeying',
            constraint=models.CheckConstraint(condition=models.Q(('choice', ''), _negated=True), name='paper_keying_says_something'),
        ),
        migrations.RunPython(lay_in, take_out),
        migrations.RunPython(guard_options, free_options),
    ]
