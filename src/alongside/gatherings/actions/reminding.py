"""The day before, everybody with a place is reminded, once."""

from datetime import datetime, timedelta

from django.db import transaction

from alongside.gatherings import letters
from alongside.gatherings.models import Booking, Gathering
from alongside.kernel import activity

AHEAD = timedelta(hours=24)


def remind_due(*, at: datetime) -> int:
    """Remind people of what starts within a day; return how many letters went out.

    One gathering is one transaction: a crash in between repeats nothing. A letter has a key of its own besides.
    """
    near = Booking.objects.booked().filter(
        reminded_at=None, gathering__starts_at__gt=at, gathering__starts_at__lte=at + AHEAD, gathering__state="planned"
    )
    due = Gathering.objects.filter(pk__in=near.values("gathering")).with_words().select_related("community")
    return sum(_remind(one, at) for one in due.order_by("starts_at", "id"))


@transaction.atomic
def _remind(gathering: Gathering, at: datetime) -> int:
    rows = Booking.objects.of(gathering.community).booked().filter(gathering=gathering, reminded_at=None)
    waiting = list(rows.select_for_update(of=("self",), no_key=True).with_people().order_by("id"))
    if not waiting:
        return 0
    Booking.objects.of(gathering.community).filter(pk__in=[one.pk for one in waiting]).update(reminded_at=at)
    activity.log(did="gatherings.reminded", about_what=gathering, by_id=None, at=at)
    # Whoever signed up within the last day knows.
    return letters.reminder(gathering, [one.membership for one in waiting if one.at < at - AHEAD], at=at)
