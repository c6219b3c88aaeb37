"""Versions of the rules of a community, and the lines of their lists."""

import alongside.kernel.ids
import alongside.people.models.base
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from alongside.kernel.db import in_one_go


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('decisions', '0012_words_carry_values'),
        ('people', '0002_a_form_of_an_invitation_lets_in_once'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = in_one_go([
        migrations.CreateModel(
            name='CharterVersion',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('floor_minutes', models.BigIntegerField()),
                ('soft_floor_minutes', models.BigIntegerField(null=True)),
                ('ceiling_minutes', models.BigIntegerField(null=True)),
                ('soft_ceiling_minutes', models.BigIntegerField(null=True)),
                ('auto_confirm_days', models.PositiveSmallIntegerField()),
                ('hold_days', models.PositiveSmallIntegerField()),
                ('inactive_days', models.PositiveSmallIntegerField()),
                ('recognised_work_credits', models.BooleanField()),
                ('house_rules', models.TextField(blank=True, max_length=3000)),
                ('categories_count', models.PositiveSmallIntegerField()),
                ('recognised_work_count', models.PositiveSmallIntegerField()),
                ('made_at', models.DateTimeField()),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.community')),
                ('decision', alongside.people.models.base.HouseForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.decision')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='charter_numbers_start_at_one'),
                    models.CheckConstraint(condition=models.Q(('decision', None), ('made_by', None), _connector='OR'), name='charter_decided_has_no_single_maker'),
                    models.UniqueConstraint(fields=('community', 'number'), name='charter_number_is_its_own'),
                    models.UniqueConstraint(fields=('community', 'decision'), name='charter_once_a_decision'),
                ],
            },
        ),
        migrations.CreateModel(
            name='CharterLine',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('categories', 'Categories'), ('recognised_work', 'Recognised Work')], max_length=15)),
                ('position', models.PositiveSmallIntegerField()),
                ('target', models.UUIDField()),
                ('name', models.CharField(max_length=80)),
                ('division', models.PositiveSmallIntegerField()),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.community')),
                ('version', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='charter.charterversion')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('position__gte', 1)), name='charter_line_positions_start_at_one'),
                    models.CheckConstraint(condition=models.Q(('kind__in', ['categories', 'recognised_work'])), name='charter_line_kind_is_known'),
                    models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='charter_line_has_a_name'),
                    models.CheckConstraint(condition=models.Q(('division__range', (1, 9))), name='charter_line_division_is_of_icatus'),
                    models.UniqueConstraint(fields=('community', 'version', 'kind', 'position'), name='charter_line_place_is_its_own'),
                    models.UniqueConstraint(fields=('community', 'version', 'target'), name='charter_line_once_a_target'),
                ],
            },
        ),
    ])
