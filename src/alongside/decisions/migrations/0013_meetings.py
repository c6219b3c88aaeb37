"""Meetings. Approved minutes never change, only who was there approves them, and hands stand when two sides say so."""

import alongside.decisions.models.meetings
import alongside.kernel.ids
import alongside.people.models.base
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from alongside.kernel.db import in_one_go


APPROVED = "minutes that were approved never change"
WRITTEN = "what stood in the minutes once stays as it was"
THERE = "only who was there approves the minutes, for their side"
EACH_SIDE = "minutes are approved by every side that was there"
HANDS = "hands stay as they were counted"
TWO_SIDES = "hands stand once two sides confirm them"

_MEETING = [
    "id", "community_id", "title", "purpose", "group_id", "starts_at", "minutes", "sides", "least_each_side", "visitors",
    "state", "begun_at", "ended_at",
]  # fmt: skip
_ITEM = [
    "id", "community_id", "meeting_id", "title", "why", "kind", "proposal_id", "decision_id", "announced_at", "place",
    "state",
]  # fmt: skip
_HANDS = ["id", "community_id", "meeting_id", "item_id", "proposal_id", "version_id", "counts", "at"]


def _differ(columns, how):
    return " OR ".join(f"OLD.{column} {how} NEW.{column}" for column in columns)


def _approved(meeting):
    return f"EXISTS (SELECT 1 FROM decisions_minutes m WHERE m.meeting_id = {meeting} AND m.state = 'approved')"


def _of_item(row):
    return f"(SELECT i.meeting_id FROM decisions_agendaitem i WHERE i.id = {row}.item_id)"


def _there(meeting):
    return (
        f"EXISTS (SELECT 1 FROM decisions_attendance a WHERE a.meeting_id = {meeting}"
        " AND a.membership_id = NEW.membership_id AND a.side = NEW.side)"
    )


_A_SIDE_IS_SILENT = (
    "EXISTS (SELECT 1 FROM decisions_attendance a WHERE a.meeting_id = NEW.meeting_id AND NOT EXISTS"
    " (SELECT 1 FROM decisions_minutesapproval p WHERE p.meeting_id = a.meeting_id AND p.revision = NEW.revision"
    " AND p.side = a.side))"
)
_A_CORRECTION_WAITS = (
    "EXISTS (SELECT 1 FROM decisions_correction c WHERE c.meeting_id = NEW.meeting_id AND c.state = 'waits')"
)
_OF_HANDS = "(SELECT h.meeting_id FROM decisions_handvote h WHERE h.id = NEW.hands_id)"
_SIDES_THAT_CONFIRM = "(SELECT COUNT(DISTINCT c.side) FROM decisions_handconfirmation c WHERE c.hands_id = NEW.id)"


# What each guard refuses: (name, table, moment, condition, words). `IS NOT` is SQLite's word for IS DISTINCT FROM.
def _guards(differ):
    found = [
        ("stays", "minutes", "UPDATE", "OLD.state = 'approved'", APPROVED),
        ("kept", "minutes", "DELETE", "OLD.state = 'approved'", APPROVED),
        (
            "by_each_side", "minutes", "UPDATE",
            f"NEW.state = 'approved' AND ({_A_SIDE_IS_SILENT} OR {_A_CORRECTION_WAITS})", EACH_SIDE,
        ),
        ("not_made_so", "minutes", "INSERT", "NEW.state = 'approved'", EACH_SIDE),
        ("in_time", "passage", "INSERT", _approved(_of_item("NEW")), APPROVED),
        (
            "stays", "passage", "UPDATE",
            _differ(["id", "community_id", "item_id", "number", "said", "agreed", "at"], differ), WRITTEN,
        ),
        ("kept", "passage", "DELETE", "", WRITTEN),
        ("was_there", "minutesapproval", "INSERT", f"NOT {_there('NEW.meeting_id')}", THERE),
        ("stays", "minutesapproval", "UPDATE", _differ(["id", "meeting_id", "revision", "side"], differ), THERE),
        ("was_waiting", "handconfirmation", "INSERT", f"NOT {_there(_OF_HANDS)}", HANDS),
        (
            "in_time", "handconfirmation", "INSERT",
            "(SELECT h.state FROM decisions_handvote h WHERE h.id = NEW.hands_id) <> 'waits'", HANDS,
        ),
        ("stays", "handconfirmation", "UPDATE", _differ(["id", "hands_id", "side", "at"], differ), HANDS),
        ("kept", "handconfirmation", "DELETE", "", HANDS),
        ("stays", "handvote", "UPDATE", _differ(_HANDS, differ), HANDS),
        ("settled_once", "handvote", "UPDATE", f"OLD.state <> 'waits' AND OLD.state {differ} NEW.state", HANDS),
        (
            "by_two_sides", "handvote", "UPDATE",
            f"NEW.state = 'stands' AND OLD.state = 'waits' AND {_SIDES_THAT_CONFIRM} < 2", TWO_SIDES,
        ),
        ("not_made_so", "handvote", "INSERT", "NEW.state = 'stands'", TWO_SIDES),
        ("kept", "handvote", "DELETE", "", HANDS),
        ("stays_once_approved", "meeting", "UPDATE", f"{_approved('OLD.id')} AND ({_differ(_MEETING, differ)})", APPROVED),
    ]  # fmt: skip
    of_the_minutes = {
        "minutesapproval": ["id"],
        "correction": ["id", "meeting_id", "revision", "item_id", "side", "state", "answer"],
        "attendance": ["id", "meeting_id", "side", "way"],
        "agendaitem": _ITEM,
    }
    for table, columns in of_the_minutes.items():
        found += [
            ("once_approved_none_comes", table, "INSERT", _approved("NEW.meeting_id"), APPROVED),
            ("once_approved_none_goes", table, "DELETE", _approved("OLD.meeting_id"), APPROVED),
            (
                "once_approved_stays", table, "UPDATE",
                f"{_approved('OLD.meeting_id')} AND ({_differ(columns, differ)})", APPROVED,
            ),
        ]  # fmt: skip
    return found


# SQLite puts a row in another's place without a word to delete triggers: hence the look before every insert.
# A later migration that rebuilds one of these tables on SQLite has to lay these in again.
_PLACES = {
    "meeting": "(community_id = NEW.community_id AND key = NEW.key)",
    "agendaitem": "(community_id = NEW.community_id AND (key = NEW.key OR carried_from_id = NEW.carried_from_id))",
    "minutes": "(community_id = NEW.community_id AND meeting_id = NEW.meeting_id)",
    "passage": "(community_id = NEW.community_id AND item_id = NEW.item_id AND number = NEW.number)",
    "minutesapproval": "(community_id = NEW.community_id AND meeting_id = NEW.meeting_id"
    " AND revision = NEW.revision AND membership_id = NEW.membership_id)",
    "correction": "(community_id = NEW.community_id AND key = NEW.key)",
    "attendance": "(community_id = NEW.community_id AND meeting_id = NEW.meeting_id"
    " AND membership_id = NEW.membership_id)",
    "handvote": "(community_id = NEW.community_id AND (key = NEW.key OR decision_id = NEW.decision_id))",
    "handconfirmation": "(community_id = NEW.community_id AND hands_id = NEW.hands_id"
    " AND (side = NEW.side OR membership_id = NEW.membership_id))",
}


def _sqlite():
    made = []
    for name, table, moment, condition, words in _guards("IS NOT"):
        when = f"WHEN {condition} " if condition else ""
        made.append(
            f"CREATE TRIGGER decisions_{table}_{name} BEFORE {moment} ON decisions_{table} {when}"
            f"BEGIN SELECT RAISE(ABORT, 'decisions: {words}'); END"
        )
    for table, place in _PLACES.items():
        made.append(
            f"CREATE TRIGGER decisions_{table}_no_replace BEFORE INSERT ON decisions_{table}"
            f" BEGIN SELECT RAISE(ABORT, 'decisions: {table} is there already') WHERE EXISTS"
            f" (SELECT 1 FROM decisions_{table} WHERE id = NEW.id OR rowid = NEW.rowid OR {place}); END"
        )
    return made


def _postgresql():
    made = []
    for name, table, moment, condition, words in _guards("IS DISTINCT FROM"):
        back = "OLD" if moment == "DELETE" else "NEW"
        made.append(
            f"CREATE FUNCTION decisions_{table}_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" IF {condition or 'true'} THEN RAISE EXCEPTION 'decisions: {words}'"
            f" USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {back}; END $$"
        )
        made.append(
            f"CREATE TRIGGER decisions_{table}_{name} BEFORE {moment} ON decisions_{table}"
            f" FOR EACH ROW EXECUTE FUNCTION decisions_{table}_{name}()"
        )
    return made


def lay_in(apps, schema_editor):
    for statement in _postgresql() if schema_editor.connection.vendor == "postgresql" else _sqlite():
        schema_editor.execute(statement, params=None)


def take_out(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        drops = [f"DROP FUNCTION decisions_{table}_{name}() CASCADE" for name, table, *_ in _guards("")]
    else:
        drops = [f"DROP TRIGGER decisions_{table}_{name}" for name, table, *_ in _guards("")]
        drops += [f"DROP TRIGGER decisions_{table}_no_replace" for table in _PLACES]
    for statement in drops:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('decisions', '0012_words_carry_values'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = in_one_go([
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.community')),
                ('title', models.CharField(max_length=120)),
                ('purpose', models.TextField(blank=True, max_length=2000)),
                ('group', alongside.people.models.base.HouseForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.group')),
                ('starts_at', models.DateTimeField()),
                ('minutes', models.PositiveIntegerField()),
                ('place', models.CharField(blank=True, max_length=200)),
                ('online', models.CharField(blank=True, max_length=300)),
                ('phone', models.CharField(blank=True, max_length=100)),
                ('access', models.CharField(blank=True, max_length=500)),
                ('sides', models.JSONField(default=alongside.decisions.models.meetings.both_sides)),
                ('least_each_side', models.PositiveIntegerField(default=3)),
                ('visitors', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(choices=[('called', 'called'), ('called_off', 'called off')], default='called', max_length=10)),
                ('called_off_why', models.CharField(blank=True, max_length=500)),
                ('begun_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('made_by', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('keyed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('key', models.UUIDField()),
            ],
            options={
                'indexes': [models.Index(fields=['community', '-starts_at', '-id'], name='meeting_by_its_start')],
                'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='meeting_has_a_title'), models.CheckConstraint(condition=models.Q(('minutes__gte', 5), ('minutes__lte', 480)), name='meeting_has_a_length'), models.CheckConstraint(condition=models.Q(models.Q(('place', ''), _negated=True), models.Q(('online', ''), _negated=True), models.Q(('phone', ''), _negated=True), _connector='OR'), name='meeting_says_how_one_gets_there'), models.CheckConstraint(condition=models.Q(('least_each_side__gte', 1)), name='meeting_decides_with_somebody_of_each'), models.CheckConstraint(condition=models.Q(models.Q(('called_off_why', ''), ('state', 'called')), models.Q(('begun_at', None), ('ended_at', None), ('state', 'called_off'), models.Q(('called_off_why', ''), _negated=True)), _connector='OR'), name='meeting_called_off_says_why'), models.CheckConstraint(condition=models.Q(('ended_at', None), models.Q(('begun_at__isnull', False), ('ended_at__gte', models.F('begun_at'))), _connector='OR'), name='meeting_ends_after_it_began'), models.UniqueConstraint(fields=('community', 'key'), name='meeting_made_once_a_form')],
            },
        ),
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.community')),
                ('meeting', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='decisions.meeting')),
                ('title', models.CharField(max_length=160)),
                ('why', models.TextField(blank=True, max_length=1000)),
                ('kind', models.CharField(choices=[('talk', 'to talk about'), ('decide', 'to be decided'), ('look_again', 'to look at again')], default='talk', max_length=10)),
                ('proposal', alongside.people.models.base.HouseForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.proposal')),
                ('decision', alongside.people.models.base.HouseForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.decision')),
                ('announced_at', models.DateTimeField(blank=True, null=True)),
                ('wanted', models.PositiveIntegerField()),
                ('given', models.PositiveIntegerField(blank=True, null=True)),
                ('place', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('stands', 'on the agenda'), ('dealt_with', 'dealt with'), ('carried', 'moved to the next meeting'), ('dropped', 'taken off')], default='stands', max_length=10)),
                ('dropped_why', models.CharField(blank=True, max_length=500)),
                ('carried_from', alongside.people.models.base.HouseForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='carried_to', to='decisions.agendaitem')),
                ('began_at', models.DateTimeField(blank=True, null=True)),
                ('spent_seconds', models.PositiveIntegerField(default=0)),
                ('brought_by', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('keyed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('channel', models.CharField(choices=[('web', 'on the web'), ('phone', 'by phone'), ('in_person', 'in person'), ('paper', 'on paper'), ('text', 'by text message')], default='web', max_length=10)),
                ('at', models.DateTimeField()),
                ('key', models.UUIDField()),
            ],
            options={
                'indexes': [models.Index(fields=['community', 'meeting', 'place'], name='agenda_in_order')],
                'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='agenda_item_has_a_title'), models.CheckConstraint(condition=models.Q(('wanted__gte', 1), ('wanted__lte', 240), models.Q(('given', None), models.Q(('given__gte', 1), ('given__lte', 240)), _connector='OR')), name='agenda_item_takes_some_minutes'), models.CheckConstraint(condition=models.Q(models.Q(('announced_at', None), ('decision', None), ('kind', 'talk')), models.Q(('announced_at__isnull', False), ('decision', None), ('kind', 'decide'), ('proposal__isnull', False)), models.Q(('announced_at', None), ('decision__isnull', False), ('kind', 'look_again'), ('proposal', None)), _connector='OR'), name='agenda_item_is_about_what_it_says'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'dropped'), models.Q(('dropped_why', ''), _negated=True)), models.Q(models.Q(('state', 'dropped'), _negated=True), ('dropped_why', '')), _connector='OR'), name='agenda_item_dropped_says_why'), models.CheckConstraint(condition=models.Q(('began_at', None), ('state', 'stands'), _connector='OR'), name='agenda_item_talked_about_still_stands'), models.UniqueConstraint(condition=models.Q(('began_at__isnull', False)), fields=('community', 'meeting'), name='agenda_item_talked_about_one_at_a_time'), models.UniqueConstraint(fields=('community', 'carried_from'), name='agenda_item_carried_once'), models.UniqueConstraint(fields=('community', 'key'), name='agenda_item_made_once_a_form')],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.community')),
                ('meeting', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendance', to='decisions.meeting')),
                ('membership', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('side', models.CharField(choices=[('uses', 'people who use it'), ('provides', 'people who provide it'), ('kin', 'family and neighbors'), ('funds', 'funders'), ('keeps', 'people who look after the community')], max_length=10)),
                ('way', models.CharField(choices=[('room', 'in the room'), ('online', 'online'), ('phone', 'by phone')], default='room', max_length=6)),
                ('keyed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField()),
            ],
            options={
                'verbose_name_plural': 'attendance',
                'indexes': [models.Index(fields=['community', 'membership'], name='attendance_by_member')],
                'constraints': [models.CheckConstraint(condition=models.Q(('side__in', ['uses', 'provides', 'kin', 'funds', 'keeps'])), name='attendance_is_of_a_side'), models.UniqueConstraint(fields=('community', 'meeting', 'membership'), name='attendance_once_a_person')],
            },
        ),
        migrations.CreateModel(
            name='Coming',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.community')),
                ('meeting', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='coming', to='decisions.meeting')),
                ('membership', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.membership')),
                ('comes', models.BooleanField()),
                ('needs', models.CharField(blank=True, max_length=300)),
                ('keyed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('channel', models.CharField(choices=[('web', 'on the web'), ('phone', 'by phone'), ('in_person', 'in person'), ('paper', 'on paper'), ('text', 'by text message')], default='web', max_length=10)),
                ('at', models.DateTimeField()),
            ],
            options={
                'verbose_name_plural': 'coming',
                'constraints': [models.UniqueConstraint(fields=('community', 'meeting', 'membership'), name='coming_once_a_person')],
            },
        ),
        migrations.CreateModel(
            name='Minutes',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.community')),
                ('meeting', alongside.people.models.base.HouseOneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='minutes_of_it', to='decisions.meeting')),
                ('state', models.CharField(choices=[('writing', 'being written'), ('put_forward', 'waiting to be approved'), ('approved', 'approved')], default='writing', max_length=11)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('put_forward_at', models.DateTimeField(blank=True, null=True)),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name_plural': 'minutes',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('approved_at', None), ('state', 'writing')), models.Q(('approved_at', None), ('put_forward_at__isnull', False), ('revision__gte', 1), ('state', 'put_forward')), models.Q(('approved_at__isnull', False), ('put_forward_at__isnull', False), ('revision__gte', 1), ('state', 'approved')), _connector='OR'), name='minutes_approved_after_they_were_put_forward'), models.UniqueConstraint(fields=('community', 'meeting'), name='minutes_once_a_meeting')],
            },
        ),
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.community')),
                ('item', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='passages', to='decisions.agendaitem')),
                ('number', models.PositiveIntegerField()),
                ('said', models.TextField(blank=True, max_length=10000)),
                ('agreed', models.TextField(blank=True, max_length=3000)),
                ('membership', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('keyed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='passage_numbers_start_at_one'), models.UniqueConstraint(fields=('community', 'item', 'number'), name='passage_number_is_its_own')],
            },
        ),
        migrations.CreateModel(
            name='MinutesApproval',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.community')),
                ('meeting', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approvals', to='decisions.meeting')),
                ('revision', models.PositiveIntegerField()),
                ('membership', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('side', models.CharField(choices=[('uses', 'people who use it'), ('provides', 'people who provide it'), ('kin', 'family and neighbors'), ('funds', 'funders'), ('keeps', 'people who look after the community')], max_length=10)),
                ('keyed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('channel', models.CharField(choices=[('web', 'on the web'), ('phone', 'by phone'), ('in_person', 'in person'), ('paper', 'on paper'), ('text', 'by text message')], default='web', max_length=10)),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('community', 'meeting', 'revision', 'membership'), name='minutes_approved_once_a_person')],
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.community')),
                ('meeting', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='decisions.meeting')),
                ('revision', models.PositiveIntegerField()),
                ('item', alongside.people.models.base.HouseForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.agendaitem')),
                ('membership', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('side', models.CharField(choices=[('uses', 'people who use it'), ('provides', 'people who provide it'), ('kin', 'family and neighbors'), ('funds', 'funders'), ('keeps', 'people who look after the community')], max_length=10)),
                ('words', models.TextField(blank=True, max_length=1000)),
                ('state', models.CharField(choices=[('waits', 'not yet answered'), ('taken_up', 'taken up'), ('not_taken_up', 'not taken up')], default='waits', max_length=12)),
                ('answer', models.CharField(blank=True, max_length=500)),
                ('answered_by', alongside.people.models.base.HouseForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('keyed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('channel', models.CharField(choices=[('web', 'on the web'), ('phone', 'by phone'), ('in_person', 'in person'), ('paper', 'on paper'), ('text', 'by text message')], default='web', max_length=10)),
                ('at', models.DateTimeField()),
                ('words_erased_at', models.DateTimeField(blank=True, null=True)),
                ('key', models.UUIDField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(models.Q(('words', ''), _negated=True), ('words_erased_at', None)), models.Q(('words', ''), ('words_erased_at__isnull', False)), _connector='OR'), name='correction_says_something_or_was_erased'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None), ('answered_by', None), ('state', 'waits')), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), ('state', 'taken_up')), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), ('state', 'not_taken_up'), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='correction_answered_by_whom_when_and_why_not'), models.UniqueConstraint(fields=('community', 'key'), name='correction_made_once_a_form')],
            },
        ),
        migrations.CreateModel(
            name='Undertaking',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.community')),
                ('meeting', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='undertakings', to='decisions.meeting')),
                ('item', alongside.people.models.base.HouseForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undertakings', to='decisions.agendaitem')),
                ('what', models.CharField(max_length=300)),
                ('owner', alongside.people.models.base.HouseForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('due_on', models.DateField()),
                ('state', models.CharField(choices=[('asked', 'asked'), ('taken', 'taken on'), ('declined', 'nobody does it yet'), ('done', 'done'), ('dropped', 'not done')], max_length=8)),
                ('word', models.CharField(blank=True, max_length=500)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('made_by', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('keyed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('key', models.UUIDField()),
            ],
            options={
                'indexes': [models.Index(fields=['community', 'owner', 'state'], name='undertaking_by_owner')],
                'constraints': [models.CheckConstraint(condition=models.Q(('what', ''), _negated=True), name='undertaking_says_what'), models.CheckConstraint(condition=models.Q(models.Q(('owner__isnull', False), ('state__in', ['asked', 'taken'])), models.Q(('owner', None), ('state', 'declined')), ('state__in', ['done', 'dropped']), _connector='OR'), name='undertaking_asks_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('state__in', ['asked', 'taken', 'declined'])), models.Q(('closed_at__isnull', False), ('state', 'done')), models.Q(('closed_at__isnull', False), ('state', 'dropped'), models.Q(('word', ''), _negated=True)), _connector='OR'), name='undertaking_closed_when_and_dropped_why'), models.UniqueConstraint(fields=('community', 'key'), name='undertaking_made_once_a_form')],
            },
        ),
        migrations.CreateModel(
            name='HandVote',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.community')),
                ('meeting', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hands', to='decisions.meeting')),
                ('item', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hands', to='decisions.agendaitem')),
                ('proposal', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.proposal')),
                ('version', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.version')),
                ('counts', models.JSONField()),
                ('owner', alongside.people.models.base.HouseForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('due_on', models.DateField(blank=True, null=True)),
                ('review_on', models.DateField(blank=True, null=True)),
                ('entered_by', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('keyed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField()),
                ('state', models.CharField(choices=[('waits', 'waits to be confirmed'), ('stands', 'confirmed'), ('refused', 'not confirmed'), ('lapsed', 'not confirmed in time')], default='waits', max_length=7)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('refused_by', alongside.people.models.base.HouseForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('refused_why', models.CharField(blank=True, max_length=500)),
                ('decision', alongside.people.models.base.HouseOneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hands', to='decisions.decision')),
                ('key', models.UUIDField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('decision', None), ('refused_by', None), ('refused_why', ''), ('settled_at', None), ('state', 'waits')), models.Q(('decision__isnull', False), ('refused_by', None), ('refused_why', ''), ('settled_at__isnull', False), ('state', 'stands')), models.Q(('decision', None), ('refused_by__isnull', False), ('settled_at__isnull', False), ('state', 'refused'), models.Q(('refused_why', ''), _negated=True)), models.Q(('decision', None), ('refused_by', None), ('refused_why', ''), ('settled_at__isnull', False), ('state', 'lapsed')), _connector='OR'), name='hands_settled_when_how_and_why_not'), models.UniqueConstraint(condition=models.Q(('state', 'waits')), fields=('community', 'proposal'), name='hands_wait_once_a_proposal'), models.UniqueConstraint(condition=models.Q(('state__in', ['waits', 'stands'])), fields=('community', 'item'), name='hands_once_an_item'), models.UniqueConstraint(fields=('community', 'decision'), name='hands_of_one_decision'), models.UniqueConstraint(fields=('community', 'key'), name='hands_made_once_a_form')],
            },
        ),
        migrations.CreateModel(
            name='HandConfirmation',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.community')),
                ('hands', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='confirmations', to='decisions.handvote')),
                ('side', models.CharField(choices=[('uses', 'people who use it'), ('provides', 'people who provide it'), ('kin', 'family and neighbors'), ('funds', 'funders'), ('keeps', 'people who look after the community')], max_length=10)),
                ('membership', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('community', 'hands', 'side'), name='hands_confirmed_once_a_side'), models.UniqueConstraint(fields=('community', 'hands', 'membership'), name='hands_confirmed_once_a_person')],
            },
        ),
        migrations.RunPython(lay_in, take_out),
    ])
