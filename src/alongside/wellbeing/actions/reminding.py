"""The day before a visit both are reminded, once."""

from datetime import datetime, time, timedelta

from django.db import transaction

from alongside.kernel import activity
from alongside.wellbeing import letters
from alongside.wellbeing.checks import unfit_people
from alongside.wellbeing.models import Visit, VisitSeries
from alongside.wellbeing.planning import held_visit, section_of

AHEAD = timedelta(hours=24)
# Where no time is agreed on, the letter goes at this time of the day before.
MORNING = time(9)


def remind_due(*, at: datetime) -> int:
    """Remind both of what is on within a day; of how many visits. Where somebody is looked for, nobody is reminded.

    One visit is one transaction: a crash in between repeats nothing.
    """
    # Two days wide, because each community has its own day.
    near = (at - timedelta(days=1)).date(), (at + timedelta(days=2)).date()
    rows = Visit.objects.planned().filter(reminded_at=None, series__ended_at=None).exclude(series__visitor=None)
    rows = rows.in_order().filter(day__range=near)
    told = rows.select_related("community", "series__program__group", "series__membership", "series__visitor")
    return sum(_remind(visit, at) for visit in told if _is_due(visit, visit.community.time_zone, at))


def _is_due(visit: Visit, zone: str, at: datetime) -> bool:
    begins_at = visit.begins_at(zone, without=MORNING)
    return at < begins_at <= at + AHEAD


@transaction.atomic
def _remind(visit: Visit, at: datetime) -> bool:
    visit.series.community = visit.series.program.community = visit.community
    stands = held_visit(visit)
    if stands.reminded_at is not None or stands.state != Visit.State.PLANNED or not _is_covered(stands.series, stands):
        return False
    stands.reminded_at = at
    stands.save(update_fields=["reminded_at"])
    activity.log(did="wellbeing.reminded", about_what=stands, by_id=None, at=at)
    letters.reminder(stands, at=at)
    return True


def _is_covered(series: VisitSeries, visit: Visit) -> bool:
    """Whoever visits holds that day the role and the checks that are asked of them."""
    section, visitor = section_of(series), series.visitor
    if visitor is None or not section:
        return False
    return not unfit_people(series.program, section, [visitor.person_id], on=visit.on)
