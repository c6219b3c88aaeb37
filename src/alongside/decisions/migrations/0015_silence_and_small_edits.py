"""In consent rounds: versions that people have read, and versions called small edits."""

import alongside.kernel.ids
import alongside.people.models.base
import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from alongside.kernel.db import in_one_go

ROLL = "only people on the roll of an open round stand in it"
ENDED = "where people stood in a round stays once it has ended"


def _over(row: str) -> str:
    return f"(SELECT state FROM decisions_decision WHERE id = {row}.decision_id) <> 'open'"


def _guards(differ: str) -> list[tuple[str, str, str, str, str]]:
    """What is refused: table, name, moment, condition, words. `differ`: this database's IS DISTINCT FROM."""
    on_roll = (
        "SELECT 1 FROM decisions_rollentry WHERE decision_id = NEW.decision_id AND membership_id = NEW.membership_id"
    )
    stranger = f"{_over('NEW')} OR NOT EXISTS ({on_roll})"
    moved = f"(OLD.kind {differ} NEW.kind OR OLD.version_id {differ} NEW.version_id)"
    return [
        ("stance", "on_roll", "INSERT", stranger, ROLL),
        ("objection", "on_roll", "INSERT", stranger, ROLL),
        ("roundseen", "on_roll", "INSERT", stranger, ROLL),
        ("stance", "stays", "UPDATE", f"{_over('OLD')} AND {moved}", ENDED),
        ("objection", "stays", "UPDATE", f"{_over('OLD')} AND OLD.state {differ} NEW.state", ENDED),
    ]


def guard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for table, name, moment, condition, words in _guards("IS DISTINCT FROM" if on_postgresql else "IS NOT"):
        trigger, on = f"decisions_{table}_{name}", f"decisions_{table}"
        if not on_postgresql:
            schema_editor.execute(
                f"CREATE TRIGGER {trigger} BEFORE {moment} ON {on} WHEN {condition}"
                f" BEGIN SELECT RAISE(ABORT, 'decisions: {words}'); END",
                params=None,
            )
            continue
        schema_editor.execute(
            f"CREATE FUNCTION {trigger}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} THEN"
            f" RAISE EXCEPTION 'decisions: {words}' USING ERRCODE = 'integrity_constraint_violation';"
            " END IF; RETURN NEW; END $$",
            params=None,
        )
        schema_editor.execute(
            f"CREATE TRIGGER {trigger} BEFORE {moment} ON {on} FOR EACH ROW EXECUTE FUNCTION {trigger}()", params=None
        )


def let_go(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for table, name, *_ in _guards(""):
        trigger = f"decisions_{table}_{name}"
        drop = f"DROP FUNCTION {trigger}() CASCADE" if on_postgresql else f"DROP TRIGGER {trigger}"
        schema_editor.execute(drop, params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('decisions', '0014_advice'),
        ('people', '0002_a_form_of_an_invitation_lets_in_once'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = in_one_go([
        migrations.AddField(
            model_name='stance',
            name='edits_agreed',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.CreateModel(
            name='RoundSeen',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('channel', models.CharField(choices=[('web', 'on the web'), ('phone', 'by phone'), ('in_person', 'in person'), ('paper', 'on paper'), ('text', 'by text message')], default='web', max_length=10)),
                ('at', models.DateTimeField()),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.community')),
                ('decision', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seen', to='decisions.decision')),
                ('keyed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('membership', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('version', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.version')),
            ],
            options={
                'verbose_name_plural': 'versions seen',
                'constraints': [models.UniqueConstraint(fields=('community', 'decision', 'membership', 'version'), name='round_seen_once_a_person_and_version')],
            },
        ),
        migrations.CreateModel(
            name='SmallEdit',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('side', models.CharField(choices=[('uses', 'people who use it'), ('provides', 'people who provide it'), ('kin', 'family and neighbors'), ('funds', 'funders'), ('keeps', 'people who look after the community')], max_length=10)),
                ('at', models.DateTimeField()),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.community')),
                ('decision', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='small_edits', to='decisions.decision')),
                ('membership', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('version', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.version')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('community', 'decision', 'version', 'side'), name='small_edit_called_once_a_side')],
            },
        ),
        migrations.RunPython(guard, let_go),
    ])
