"""Who is looked for since when, and the day and time that people agree on for a visit."""

from django.db import migrations, models
from django.db.models import F, Q


def look_for_somebody(apps, schema_editor):
    """Visits without a visitor have been waiting since they began, as far as anybody knows."""
    series = apps.get_model("wellbeing", "VisitSeries")
    series.objects.filter(visitor=None).update(looked_for_since=F("made_at"))


class Migration(migrations.Migration):
    dependencies = [("wellbeing", "0001_own_plans_and_visits")]

    operations = [
        migrations.AddField("visitseries", "looked_for_since", models.DateTimeField(null=True)),
        migrations.AddField("visit", "agreed_on", models.DateField(null=True)),
        migrations.AddField("visit", "agreed_time", models.TimeField(null=True)),
        migrations.AddField("visit", "agreed_at", models.DateTimeField(null=True)),
        migrations.AddField("visit", "reminded_at", models.DateTimeField(null=True)),
        migrations.RunPython(look_for_somebody, migrations.RunPython.noop),
        migrations.AddConstraint(
            "visitseries",
            models.CheckConstraint(
                condition=Q(visitor__isnull=False, looked_for_since=None)
                | Q(visitor=None, looked_for_since__isnull=False),
                name="visits_without_a_visitor_say_since_when",
            ),
        ),
        migrations.AddConstraint(
            "visit",
            models.CheckConstraint(
                condition=Q(agreed_on=None, agreed_time=None, agreed_at=None)
                | Q(agreed_on__isnull=False, agreed_at__isnull=False),
                name="visit_time_is_agreed_with_its_day",
            ),
        ),
    ]
