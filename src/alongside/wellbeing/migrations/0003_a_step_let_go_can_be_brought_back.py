"""A step that somebody lets go stays for a minute, so that they can have it back."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("wellbeing", "0002_visits_have_a_time_and_ask_for_checks")]

    operations = [
        migrations.AddField("actionstep", "let_go_at", models.DateTimeField(null=True)),
        migrations.RemoveConstraint("actionstep", "step_one_at_a_time"),
        migrations.AddConstraint(
            "actionstep",
            models.UniqueConstraint(
                fields=["community", "membership"],
                condition=Q(looked_back_at=None, let_go_at=None),
                name="step_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            "actionstep",
            models.CheckConstraint(condition=Q(let_go_at=None) | Q(kept_at=None), name="step_that_is_kept_is_not_let_go"),
        ),
    ]
