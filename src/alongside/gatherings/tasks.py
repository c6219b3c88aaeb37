"""What the clock does in this room."""

from datetime import datetime, time, timedelta

from alongside.gatherings import actions
from alongside.gatherings.models import Series
from alongside.gatherings.rules.recurrence import HORIZON
from alongside.kernel.jobs import periodic


@periodic("gatherings.remind", every=timedelta(minutes=10))
def remind(at: datetime) -> str:
    """Remind people of what they take part in, the day before."""
    return f"{actions.remind_due(at=at)} reminded"


@periodic("gatherings.extend", every=timedelta(days=1), first=time(2, 30))
def extend(at: datetime) -> str:
    """Make the gatherings that have come within reach of their series."""
    # A week of slack: most days most series need nothing.
    rows = Series.objects.going_on().filter(made_until__lt=at + HORIZON - timedelta(days=7))
    made = sum(actions.extend_series(series=one, by=None, at=at) for one in rows.select_related("community"))
    return f"{made} made"
