"""Consent rounds. Their version moves on while they are open; that of a vote never does."""

from importlib import import_module

import alongside.kernel.ids
import alongside.people.models.base
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from alongside.kernel.db import in_one_go

guards = import_module("alongside.decisions.migrations.0003_a_vote_keeps_its_terms")


def _may_not_change(differ):
    """When the terms of a decision are refused a change: always, but for the version of an open consent round."""
    terms = [name for name in guards._TERMS if name != "version_id"]
    moved = f"OLD.version_id {differ} NEW.version_id AND (OLD.rule <> 'consent' OR OLD.state <> 'open')"
    return f"{guards._differ(terms, differ)} OR ({moved})"


def _guard(vendor, condition_of):
    if vendor == "postgresql":
        return [
            "CREATE OR REPLACE FUNCTION decisions_decision_terms_stay() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" IF {condition_of('IS DISTINCT FROM')} THEN RAISE EXCEPTION 'decisions: {guards.TERMS}'"
            " USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
        ]
    return [
        "DROP TRIGGER decisions_decision_terms_stay",
        "CREATE TRIGGER decisions_decision_terms_stay BEFORE UPDATE ON decisions_decision"
        f" WHEN {condition_of('IS NOT')} BEGIN SELECT RAISE(ABORT, 'decisions: {guards.TERMS}'); END",
    ]


def let_versions_move(apps, schema_editor):
    for statement in _guard(schema_editor.connection.vendor, _may_not_change):
        schema_editor.execute(statement, params=None)


def keep_versions(apps, schema_editor):
    for statement in _guard(schema_editor.connection.vendor, lambda differ: guards._differ(guards._TERMS, differ)):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('decisions', '0009_open_questions'),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = in_one_go([
        migrations.CreateModel(
            name='Objection',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('side', models.CharField(choices=[('uses', 'people who use it'), ('provides', 'people who provide it'), ('kin', 'family and neighbors'), ('funds', 'funders'), ('keeps', 'people who look after the community')], max_length=10)),
                ('reason', models.CharField(blank=True, max_length=1000)),
                ('harms', models.CharField(blank=True, max_length=300)),
                ('state', models.CharField(choices=[('raised', 'raised'), ('clarified', 'understood'), ('integrated', 'taken up in a new version'), ('withdrawn', 'taken back'), ('not_qualified', 'found to harm no shared aim'), ('unresolved', 'not resolved')], default='raised', max_length=13)),
                ('raised_at', models.DateTimeField()),
                ('channel', models.CharField(choices=[('web', 'on the web'), ('phone', 'by phone'), ('in_person', 'in person'), ('paper', 'on paper'), ('text', 'by text message')], default='web', max_length=10)),
                ('clarified', models.CharField(blank=True, max_length=1000)),
                ('clarified_at', models.DateTimeField(blank=True, null=True)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('appealed_at', models.DateTimeField(blank=True, null=True)),
                ('words_erased_at', models.DateTimeField(blank=True, null=True)),
                ('answered_in', alongside.people.models.base.HouseForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.version')),
                ('clarified_by', alongside.people.models.base.HouseForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.community')),
                ('decision', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='decisions.decision')),
                ('keyed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('membership', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('version', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.version')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ['raised', 'clarified', 'integrated', 'withdrawn', 'not_qualified', 'unresolved'])), name='objection_state_is_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(models.Q(('reason', ''), _negated=True), models.Q(('harms', ''), _negated=True)), ('words_erased_at__isnull', False), _connector='OR'), name='objection_says_why_and_what_it_harms'),
                    models.CheckConstraint(condition=models.Q(models.Q(('settled_at', None), ('state__in', ['raised', 'clarified'])), models.Q(models.Q(('state__in', ['raised', 'clarified']), _negated=True), ('settled_at__isnull', False)), _connector='OR'), name='objection_is_settled_at_a_time'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'clarified'), _negated=True), ('clarified_at__isnull', False), _connector='OR'), name='objection_understood_at_a_time'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'integrated'), _negated=True), ('answered_in__isnull', False), _connector='OR'), name='objection_taken_up_in_a_version'),
                    models.UniqueConstraint(fields=('community', 'decision', 'number'), name='objection_number_is_its_own'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('side', models.CharField(choices=[('uses', 'people who use it'), ('provides', 'people who provide it'), ('kin', 'family and neighbors'), ('funds', 'funders'), ('keeps', 'people who look after the community')], max_length=10)),
                ('reason', models.CharField(blank=True, max_length=1000)),
                ('at', models.DateTimeField()),
                ('is_void', models.BooleanField(default=False)),
                ('words_erased_at', models.DateTimeField(blank=True, null=True)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.community')),
                ('membership', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('objection', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='decisions.objection')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), ('words_erased_at__isnull', False), _connector='OR'), name='finding_publishes_its_reason'),
                    models.UniqueConstraint(condition=models.Q(('is_void', False)), fields=('community', 'objection', 'side'), name='finding_once_a_side'),
                    models.UniqueConstraint(condition=models.Q(('is_void', False)), fields=('community', 'objection', 'membership'), name='finding_once_a_facilitator'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Stance',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('pending', 'has not said yet'), ('consent', 'consents'), ('consent_with_concern', 'consents, with a concern'), ('objection', 'objects'), ('absent', 'is not taking part')], max_length=20)),
                ('words', models.CharField(blank=True, max_length=1000)),
                ('channel', models.CharField(choices=[('web', 'on the web'), ('phone', 'by phone'), ('in_person', 'in person'), ('paper', 'on paper'), ('text', 'by text message')], default='web', max_length=10)),
                ('at', models.DateTimeField()),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.community')),
                ('decision', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stances', to='decisions.decision')),
                ('keyed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('membership', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('version', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.version')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('kind__in', ['pending', 'consent', 'consent_with_concern', 'objection', 'absent'])), name='stance_is_known'),
                    models.CheckConstraint(condition=models.Q(('words', ''), ('kind', 'consent_with_concern'), _connector='OR'), name='stance_has_words_for_a_concern'),
                    models.UniqueConstraint(fields=('community', 'decision', 'membership'), name='stance_once_a_person'),
                ],
            },
        ),
        migrations.RunPython(let_versions_move, keep_versions),
    ])
