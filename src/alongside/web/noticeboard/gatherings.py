"""What the noticeboard says about gatherings: what waits for a yes, and what is coming up."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import rules
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.gatherings import hooks
from alongside.gatherings.models import Booking, Gathering
from alongside.gatherings.words import ways_there
from alongside.people.permissions import Standing
from alongside.web.noticeboard.lines import Line

SHOWN, AHEAD = 5, timedelta(days=14)


def to_confirm(standing: Standing, at: datetime) -> Iterable[Line]:
    """Places that somebody gave this person, or that are at another time now."""
    for booking in _booked(standing, at):
        if booking.must_confirm:
            yield _line(booking.gathering, standing, text=_("Do you come?"), action=_("Answer"))


def coming(standing: Standing, at: datetime) -> Iterable[Line]:
    """What this person takes part in, or is expected at, in the next two weeks."""
    booked = _booked(standing, at)
    found = {one.gathering_id: one.gathering for one in booked if not one.must_confirm}
    asked = {one.gathering_id for one in booked if one.must_confirm}
    found |= {one.pk: one for one in _expected(standing, at) if one.pk not in asked}
    for gathering in sorted(found.values(), key=lambda one: one.starts_at):
        if gathering.starts_at < at + AHEAD:
            yield _line(gathering, standing)


def _booked(standing: Standing, at: datetime) -> list[Booking]:
    if not rules.has_perm("gatherings.see", standing, None):
        return []
    mine = Booking.objects.of(standing.community).booked().filter(membership=standing.membership)
    rows = mine.filter(gathering__ends_at__gt=at, gathering__state="planned", gathering__closed_at=None)
    found: list[Booking] = (
        rows.select_related("gathering__place").order_by("gathering__starts_at", "id").first_few(SHOWN)
    )
    return found


def _expected(standing: Standing, at: datetime) -> list[Gathering]:
    if not rules.has_perm("gatherings.see", standing, None):
        return []
    rows = Gathering.objects.of(standing.community).planned().coming(at).filter(closed_at=None)
    ids = list(rows.filter(hooks.expecting(standing.membership)).values_list("pk", flat=True)[:SHOWN])
    return list(Gathering.objects.of(standing.community).coming(at).filter(pk__in=ids).with_words()) if ids else []


def _line(one: Gathering, standing: Standing, *, text: str = "", action: str = "") -> Line:
    return Line(
        title=one.title,
        url=reverse("gatherings:gathering", args=[standing.community.slug, one.pk]),
        text=text,
        when=one.starts_at,
        icon="calendar-days",
        facts=(ways_there(one),),
        action=action,
    )
