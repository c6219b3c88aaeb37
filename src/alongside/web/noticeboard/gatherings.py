"""What the noticeboard says about gatherings: what waits for a yes, and what is coming up."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import rules
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.gatherings.models import Booking
from alongside.gatherings.words import ways_there
from alongside.people.permissions import Standing
from alongside.web.noticeboard.lines import Line

SHOWN, AHEAD = 5, timedelta(days=14)


def to_confirm(standing: Standing, at: datetime) -> Iterable[Line]:
    """Places that somebody gave this person, or that are at another time now."""
    for booking in _booked(standing, at):
        if booking.must_confirm:
            yield _line(booking, standing, text=_("Do you come?"), action=_("Answer"))


def coming(standing: Standing, at: datetime) -> Iterable[Line]:
    """What this person takes part in, in the next two weeks."""
    for booking in _booked(standing, at):
        if not booking.must_confirm and booking.gathering.starts_at < at + AHEAD:
            yield _line(booking, standing)


def _booked(standing: Standing, at: datetime) -> Iterable[Booking]:
    if not rules.has_perm("gatherings.see", standing, None):
        return []
    mine = Booking.objects.of(standing.community).booked().filter(membership=standing.membership)
    rows = mine.filter(gathering__ends_at__gt=at, gathering__state="planned", gathering__closed_at=None)
    return list(rows.select_related("gathering__place").order_by("gathering__starts_at", "id")[:SHOWN])


def _line(booking: Booking, standing: Standing, *, text: str = "", action: str = "") -> Line:
    one = booking.gathering
    return Line(
        title=one.title,
        url=reverse("gatherings:gathering", args=[standing.community.slug, one.pk]),
        text=text,
        when=one.starts_at,
        icon="calendar-days",
        facts=(ways_there(one),),
        action=action,
    )
