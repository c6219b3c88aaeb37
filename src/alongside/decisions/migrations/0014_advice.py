"""Decisions that somebody takes after asking for advice.

One more rule is known: on SQLite that lays the table of decisions out anew. Its triggers, and those of other tables
that look at it, are taken out before and laid in again after, as they stand in the database.
"""

import alongside.kernel.ids
import alongside.people.models.base
import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from alongside.kernel.db import in_one_go

ADVICE = "advice, its use and the plan stay as they were published"
_kept: dict[str, list[str]] = {}


def take_out(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%%decisions_decision%%'"
            " ORDER BY rowid"
        )
        found: list[tuple[str, str]] = cursor.fetchall()
    _kept[schema_editor.connection.alias] = [sql for _name, sql in found]
    for name, _sql in found:
        schema_editor.execute(f"DROP TRIGGER {name}", params=None)


def lay_in(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for sql in _kept.pop(schema_editor.connection.alias, []):
        schema_editor.execute(sql, params=None)


def _over(row: str) -> str:
    return f"(SELECT state FROM decisions_decision WHERE id = {row}.decision_id) <> 'open'"


def _fixed(row: str) -> str:
    plan = f"SELECT 1 FROM decisions_adviceplan WHERE decision_id = {row}.decision_id AND published_at IS NOT NULL"
    return f"({_over(row)} OR EXISTS ({plan}))"


def _guards(differ: str) -> list[tuple[str, str, str, str]]:
    """What is refused: table, name, moment, condition. `differ`: this database's word for IS DISTINCT FROM."""

    def changed(*columns: str) -> str:
        return "(" + " OR ".join(f"OLD.{column} {differ} NEW.{column}" for column in columns) + ")"

    other_words = f"({changed('text')} AND NEW.words_erased_at IS NULL)"
    return [
        ("advice", "in_time", "INSERT", _fixed("NEW")),
        ("advice", "stays", "DELETE", _fixed("OLD")),
        ("advice", "says_the_same", "UPDATE", f"{changed('decision_id', 'affected', 'expert', 'at')} OR {other_words}"),
        ("advice", "use_stays", "UPDATE", f"{changed('used')} AND {_fixed('OLD')}"),
        ("decider", "in_time", "INSERT", _over("NEW")),
        ("decider", "word_stays", "UPDATE", f"{changed('decision_id', 'side', 'says')} AND {_over('OLD')}"),
        ("decider", "stays", "DELETE", _over("OLD")),
        ("adviceplan", "plan_stays", "UPDATE", f"{changed('decision_id', 'text', 'published_at')} AND {_over('OLD')}"),
        ("adviceplan", "stays", "DELETE", "true"),
    ]


def guard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in _postgresql() if schema_editor.connection.vendor == "postgresql" else _sqlite():
        schema_editor.execute(statement, params=None)


def _sqlite() -> list[str]:
    return [
        f"CREATE TRIGGER decisions_{table}_{name} BEFORE {moment} ON decisions_{table} WHEN {condition}"
        f" BEGIN SELECT RAISE(ABORT, 'decisions: {ADVICE}'); END"
        for table, name, moment, condition in _guards("IS NOT")
    ]


def _postgresql() -> list[str]:
    made: list[str] = []
    for table, name, moment, condition in _guards("IS DISTINCT FROM"):
        back = "OLD" if moment == "DELETE" else "NEW"
        function = f"decisions_{table}_{name}"
        made.append(
            f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} THEN"
            f" RAISE EXCEPTION 'decisions: {ADVICE}' USING ERRCODE = 'integrity_constraint_violation';"
            f" END IF; RETURN {back}; END $$"
        )
        made.append(
            f"CREATE TRIGGER {function} BEFORE {moment} ON decisions_{table} FOR EACH ROW EXECUTE FUNCTION {function}()"
        )
    return made


def let_go(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for table, name, *_ in _guards(""):
        gone = f"decisions_{table}_{name}"
        on_postgresql = schema_editor.connection.vendor == "postgresql"
        schema_editor.execute(f"DROP FUNCTION {gone}() CASCADE" if on_postgresql else f"DROP TRIGGER {gone}", params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('decisions', '0013_meetings'),
        ('people', '0002_a_form_of_an_invitation_lets_in_once'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = in_one_go([
        migrations.CreateModel(
            name='Advice',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('side', models.CharField(blank=True, choices=[('uses', 'people who use it'), ('provides', 'people who provide it'), ('kin', 'family and neighbors'), ('funds', 'funders'), ('keeps', 'people who look after the community')], max_length=10)),
                ('affected', models.BooleanField()),
                ('expert', models.BooleanField()),
                ('text', models.CharField(blank=True, max_length=2000)),
                ('channel', models.CharField(choices=[('web', 'on the web'), ('phone', 'by phone'), ('in_person', 'in person'), ('paper', 'on paper'), ('text', 'by text message')], default='web', max_length=10)),
                ('at', models.DateTimeField()),
                ('used', models.CharField(blank=True, choices=[('used', 'used'), ('partly', 'used in part'), ('not_used', 'not used')], max_length=8)),
                ('why', models.CharField(blank=True, max_length=1000)),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('words_erased_at', models.DateTimeField(blank=True, null=True)),
                ('key', models.UUIDField()),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.community')),
                ('decision', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='advice', to='decisions.decision')),
                ('keyed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('membership', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('used_by', alongside.people.models.base.HouseForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
            ],
            options={
                'verbose_name_plural': 'advice',
                'indexes': [
                    models.Index(fields=['community', 'decision', 'at', 'id'], name='advice_by_decision'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('affected', True), ('expert', True), _connector='OR'), name='advice_from_who_is_affected_or_knows'),
                    models.CheckConstraint(condition=models.Q(models.Q(models.Q(('text', ''), _negated=True), ('words_erased_at', None)), models.Q(('text', ''), ('words_erased_at__isnull', False)), _connector='OR'), name='advice_says_something_or_was_erased'),
                    models.CheckConstraint(condition=models.Q(models.Q(('used', ''), ('used_at', None), ('used_by', None), ('why', '')), models.Q(('used__in', ['used', 'partly', 'not_used']), ('used_by__isnull', False), ('used_at__isnull', False)), _connector='OR'), name='advice_use_is_told_by_whom_and_when'),
                    models.UniqueConstraint(fields=('community', 'key'), name='advice_given_once_a_form'),
                ],
            },
        ),
        migrations.CreateModel(
            name='AdviceAsked',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('asked_by', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.community')),
                ('decision', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asked', to='decisions.decision')),
                ('membership', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
            ],
            options={
                'verbose_name_plural': 'people asked for advice',
                'constraints': [
                    models.UniqueConstraint(fields=('community', 'decision', 'membership'), name='advice_asked_once_a_person'),
                ],
            },
        ),
        migrations.CreateModel(
            name='AdvicePlan',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('text', models.CharField(blank=True, max_length=2000)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('told_ready_at', models.DateTimeField(blank=True, null=True)),
                ('told_late_at', models.DateTimeField(blank=True, null=True)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.community')),
                ('decision', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='decisions.decision')),
                ('goes_on_as', alongside.people.models.base.HouseForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.decision')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('published_at', None), ('text', '')), models.Q(models.Q(('text', ''), _negated=True), ('published_at__isnull', False)), _connector='OR'), name='plan_is_published_with_its_words'),
                    models.CheckConstraint(condition=models.Q(('goes_on_as', None), ('published_at__isnull', False), _connector='OR'), name='plan_is_objected_to_once_published'),
                    models.UniqueConstraint(fields=('community', 'decision'), name='plan_once_a_decision'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Decider',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('side', models.CharField(choices=[('uses', 'people who use it'), ('provides', 'people who provide it'), ('kin', 'family and neighbors'), ('funds', 'funders'), ('keeps', 'people who look after the community')], max_length=10)),
                ('says', models.CharField(blank=True, choices=[('adopt', 'do it'), ('leave', 'leave things as they are')], max_length=5)),
                ('why', models.CharField(blank=True, max_length=1000)),
                ('said_at', models.DateTimeField(blank=True, null=True)),
                ('stepped_down_at', models.DateTimeField(blank=True, null=True)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.community')),
                ('decision', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deciders', to='decisions.decision')),
                ('membership', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('said_at', None), ('says', '')), models.Q(('says__in', ['adopt', 'leave']), ('said_at__isnull', False)), _connector='OR'), name='decider_says_one_of_two_at_a_time'),
                    models.UniqueConstraint(condition=models.Q(('stepped_down_at', None)), fields=('community', 'decision', 'side'), name='decider_seated_once_a_side'),
                    models.UniqueConstraint(condition=models.Q(('stepped_down_at', None)), fields=('community', 'decision', 'membership'), name='decider_seated_once'),
                ],
            },
        ),
        migrations.RunPython(take_out, lay_in),
        migrations.RemoveConstraint(
            model_name='decision',
            name='decision_rule_is_known',
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('rule__in', ['double-majority', 'gradients', 'approval', 'score', 'schulze', 'scottish-stv', 'equal-power-mes', 'consent', 'advice'])), name='decision_rule_is_known'),
        ),
        migrations.RunPython(lay_in, take_out),
        migrations.RunPython(guard, let_go),
    ])
