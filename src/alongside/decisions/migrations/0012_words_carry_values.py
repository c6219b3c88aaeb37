"""Versions carry values that a room can carry out, drafts too; and house rules in the community's own words."""

import alongside.kernel.ids
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0011_done_once_everything_is_answered"),
        ("people", "0002_a_form_of_an_invitation_lets_in_once"),
    ]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="change",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.CreateModel(
            name="OwnHouseRules",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=alongside.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("words", models.TextField(blank=True, max_length=3000, verbose_name="how we talk")),
                ("changed_at", models.DateTimeField()),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.community"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "own house rules",
                "constraints": [
                    models.UniqueConstraint(fields=("community",), name="own_house_rules_once_a_community")
                ],
            },
        ),
    ]
