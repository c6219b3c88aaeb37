"""Addresses and files beside a proposal."""

import alongside.kernel.ids
import alongside.people.models.base
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('decisions', '0015_silence_and_small_edits'),
        ('people', '0002_a_form_of_an_invitation_lets_in_once'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=120, verbose_name='what it is')),
                ('url', models.CharField(blank=True, max_length=500)),
                ('file_name', models.CharField(blank=True, max_length=120)),
                ('media_type', models.CharField(blank=True, max_length=20)),
                ('data', models.BinaryField(null=True)),
                ('size', models.PositiveIntegerField(default=0)),
                ('channel', models.CharField(choices=[('web', 'on the web'), ('phone', 'by phone'), ('in_person', 'in person'), ('paper', 'on paper'), ('text', 'by text message')], default='web', max_length=10)),
                ('at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('key', models.UUIDField()),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.community')),
                ('keyed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('membership', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('proposal', alongside.people.models.base.HouseForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sources', to='decisions.proposal')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='source_says_what_it_is'), models.CheckConstraint(condition=models.Q(models.Q(models.Q(('url', ''), _negated=True), ('data', None), ('file_name', ''), ('media_type', ''), ('size', 0)), models.Q(('data__isnull', False), ('size__gte', 1), ('size__lte', 5000000), ('url', ''), models.Q(('file_name', ''), _negated=True), ('media_type__in', ['application/pdf', 'image/png', 'image/jpeg', 'text/plain'])), _connector='OR'), name='source_is_an_address_or_a_file'), models.UniqueConstraint(fields=('community', 'key'), name='source_made_once_a_form')],
            },
        ),
    ]
