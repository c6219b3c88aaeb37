"""Proposals, their versions, and what is said about them. A version never changes, not even from a database shell."""

import alongside.kernel.ids
import alongside.people.models.base
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from alongside.kernel.db import in_one_go

FIXED = "id, community_id, proposal_id, number, text, why, affects, changes, summary, change, made_at"

# SQLite puts a row in another's place without a word to other triggers: hence the look before every insert, by rowid
# as well. A later migration that rebuilds this table on SQLite (any change of a field) has to lay these in again.
SQLITE = (
    """
    CREATE TRIGGER decisions_version_no_replace BEFORE INSERT ON decisions_version
    BEGIN SELECT RAISE(ABORT, 'decisions: a version never changes')
    WHERE EXISTS (SELECT 1 FROM decisions_version WHERE id = NEW.id OR rowid = NEW.rowid); END
    """,
    f"""
    CREATE TRIGGER decisions_version_no_update BEFORE UPDATE OF {FIXED} ON decisions_version
    BEGIN SELECT RAISE(ABORT, 'decisions: a version never changes'); END
    """,
)
POSTGRESQL = (
    """
    CREATE FUNCTION decisions_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'decisions: a version never changes' USING ERRCODE = 'integrity_constraint_violation'; END
    $$
    """,
    f"""
    CREATE TRIGGER decisions_version_no_update BEFORE UPDATE OF {FIXED} ON decisions_version
    FOR EACH ROW EXECUTE FUNCTION decisions_version_stays()
    """,
)
REMOVE_SQLITE = ("DROP TRIGGER decisions_version_no_replace", "DROP TRIGGER decisions_version_no_update")
REMOVE_POSTGRESQL = ("DROP FUNCTION decisions_version_stays() CASCADE",)


def lay_in(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


def take_out(apps, schema_editor):
    for statement in REMOVE_POSTGRESQL if schema_editor.connection.vendor == "postgresql" else REMOVE_SQLITE:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = in_one_go([
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('subject', models.CharField(blank=True, max_length=40)),
                ('subject_id', models.UUIDField(blank=True, null=True)),
                ('state', models.CharField(choices=[('draft', 'being written'), ('talked_over', 'being talked over'), ('voting', 'being voted on'), ('decided', 'decided'), ('withdrawn', 'withdrawn')], default='draft', max_length=11)),
                ('withdrawn_why', models.TextField(blank=True, max_length=1000)),
                ('search_text', models.TextField(blank=True, editable=False)),
                ('channel', models.CharField(choices=[('web', 'on the web'), ('phone', 'by phone'), ('in_person', 'in person'), ('paper', 'on paper'), ('text', 'by text message')], default='web', max_length=10)),
                ('made_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('key', models.UUIDField()),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.community')),
                ('group', alongside.people.models.base.HouseForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.group')),
                ('keyed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['community', 'state', '-changed_at', '-id'], name='proposal_by_state'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='proposal_has_a_title'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'talked_over', 'voting', 'decided', 'withdrawn'])), name='proposal_state_is_known'),
                    models.CheckConstraint(condition=models.Q(('subject_id', None), models.Q(('subject', ''), _negated=True), _connector='OR'), name='proposal_subject_says_its_kind'),
                    models.CheckConstraint(condition=models.Q(('withdrawn_why', ''), ('state', 'withdrawn'), _connector='OR'), name='proposal_withdrawn_has_the_reason_why'),
                    models.UniqueConstraint(fields=('community', 'key'), name='proposal_made_once_a_form'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('text', models.TextField(blank=True, max_length=10000, verbose_name='what is proposed')),
                ('why', models.TextField(blank=True, max_length=3000, verbose_name='why')),
                ('affects', models.TextField(blank=True, max_length=2000, verbose_name='who is affected')),
                ('changes', models.TextField(blank=True, max_length=3000, verbose_name='what it would change')),
                ('summary', models.TextField(blank=True, max_length=600, verbose_name='in plain words')),
                ('based_on', models.PositiveIntegerField(default=0)),
                ('changed_at', models.DateTimeField()),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.community')),
                ('proposal', alongside.people.models.base.HouseOneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='draft', to='decisions.proposal')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('community', 'proposal'), name='draft_once_a_proposal'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Author',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('joined_at', models.DateTimeField()),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.community')),
                ('membership', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.membership')),
                ('proposal', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='authors', to='decisions.proposal')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('community', 'proposal', 'membership'), name='author_once_a_proposal'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('text', models.TextField(blank=True, max_length=10000, verbose_name='what is proposed')),
                ('why', models.TextField(blank=True, max_length=3000, verbose_name='why')),
                ('affects', models.TextField(blank=True, max_length=2000, verbose_name='who is affected')),
                ('changes', models.TextField(blank=True, max_length=3000, verbose_name='what it would change')),
                ('summary', models.TextField(blank=True, max_length=600, verbose_name='in plain words')),
                ('number', models.PositiveIntegerField()),
                ('change', models.JSONField(blank=True, default=dict)),
                ('channel', models.CharField(choices=[('web', 'on the web'), ('phone', 'by phone'), ('in_person', 'in person'), ('paper', 'on paper'), ('text', 'by text message')], default='web', max_length=10)),
                ('made_at', models.DateTimeField()),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.community')),
                ('keyed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('proposal', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='decisions.proposal')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='version_numbers_start_at_one'),
                    models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='version_says_what_is_proposed'),
                    models.UniqueConstraint(fields=('community', 'proposal', 'number'), name='version_number_is_its_own'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Reaction',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('helps', 'helps me'), ('worries', 'worries me'), ('unsure', 'not sure')], max_length=7)),
                ('side', models.CharField(blank=True, choices=[('uses', 'people who use it'), ('provides', 'people who provide it'), ('kin', 'family and neighbors'), ('funds', 'funders'), ('keeps', 'people who look after the community')], max_length=10)),
                ('channel', models.CharField(choices=[('web', 'on the web'), ('phone', 'by phone'), ('in_person', 'in person'), ('paper', 'on paper'), ('text', 'by text message')], default='web', max_length=10)),
                ('at', models.DateTimeField()),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.community')),
                ('keyed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('membership', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.membership')),
                ('proposal', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reactions', to='decisions.proposal')),
                ('version', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='decisions.version')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('community', 'proposal', 'membership'), name='reaction_once_a_person_and_proposal'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Contribution',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('comment', 'comment'), ('question', 'question')], max_length=8)),
                ('paragraph', models.PositiveIntegerField(blank=True, null=True)),
                ('text', models.TextField(blank=True, max_length=2000)),
                ('side', models.CharField(blank=True, choices=[('uses', 'people who use it'), ('provides', 'people who provide it'), ('kin', 'family and neighbors'), ('funds', 'funders'), ('keeps', 'people who look after the community')], max_length=10)),
                ('channel', models.CharField(choices=[('web', 'on the web'), ('phone', 'by phone'), ('in_person', 'in person'), ('paper', 'on paper'), ('text', 'by text message')], default='web', max_length=10)),
                ('at', models.DateTimeField()),
                ('status', models.CharField(choices=[('open', 'not yet answered'), ('answered', 'answered'), ('taken_up', 'taken up'), ('not_taken_up', 'not taken up')], default='open', max_length=12)),
                ('answer', models.TextField(blank=True, max_length=2000)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('hidden_at', models.DateTimeField(blank=True, null=True)),
                ('hidden_why', models.CharField(blank=True, max_length=300)),
                ('words_erased_at', models.DateTimeField(blank=True, null=True)),
                ('key', models.UUIDField()),
                ('answered_by', alongside.people.models.base.HouseForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.community')),
                ('hidden_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('keyed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('membership', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.membership')),
                ('reply_to', alongside.people.models.base.HouseForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='decisions.contribution')),
                ('proposal', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contributions', to='decisions.proposal')),
                ('version', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='decisions.version')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['community', 'proposal', 'at', 'id'], name='contribution_by_proposal'),
                    models.Index(fields=['community', 'membership'], name='contribution_by_member'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(models.Q(('text', ''), _negated=True), ('words_erased_at', None)), models.Q(('text', ''), ('words_erased_at__isnull', False)), _connector='OR'), name='contribution_says_something_or_was_erased'),
                    models.CheckConstraint(condition=models.Q(('paragraph', None), ('paragraph__gte', 1), _connector='OR'), name='contribution_paragraphs_start_at_one'),
                    models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None), ('answered_by', None), ('status', 'open')), models.Q(models.Q(('status', 'open'), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='contribution_answered_by_whom_and_when'),
                    models.CheckConstraint(condition=models.Q(models.Q(('hidden_at', None), ('hidden_by', None), ('hidden_why', '')), models.Q(('hidden_at__isnull', False), ('hidden_by__isnull', False), models.Q(('hidden_why', ''), _negated=True)), _connector='OR'), name='contribution_hidden_by_whom_when_and_why'),
                    models.UniqueConstraint(fields=('community', 'key'), name='contribution_made_once_a_form'),
                ],
            },
        ),
        migrations.RunPython(lay_in, take_out),
    ])
