"""What the noticeboard says about gatherings: what waits for a yes, and what is coming up."""

from collections.abc import Iterable
from datetime import timedelta

import rules
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.gatherings import hooks
from alongside.gatherings.models import Gathering
from alongside.gatherings.words import ways_there
from alongside.people.permissions import Standing
from alongside.web.noticeboard.lines import Line
from alongside.web.noticeboard.reader import SHOWN, Reader

AHEAD = timedelta(days=14)


def to_confirm(reader: Reader) -> Iterable[Line]:
    """Places that somebody gave this person, or that are at another time now."""
    for booking in reader.bookings:
        if booking.must_confirm:
            yield _line(booking.gathering, reader, text=_("Do you come?"), action=_("Answer"))


def coming(reader: Reader) -> Iterable[Line]:
    """What this person takes part in, or is expected at, in the next two weeks."""
    found = {one.gathering_id: one.gathering for one in reader.bookings if not one.must_confirm}
    asked = {one.gathering_id for one in reader.bookings if one.must_confirm}
    found |= {one.pk: one for one in _expected(reader) if one.pk not in asked}
    for gathering in sorted(found.values(), key=lambda one: (one.starts_at, one.pk)):
        if gathering.starts_at < reader.at + AHEAD:
            yield _line(gathering, reader)


def _expected(reader: Reader) -> list[Gathering]:
    if not rules.has_perm("gatherings.see", reader, None):
        return []
    rows = Gathering.objects.of(reader.community).planned().coming(reader.at).filter(closed_at=None)
    ids = list(rows.filter(hooks.expecting(reader.membership)).values_list("pk", flat=True)[:SHOWN])
    return list(Gathering.objects.of(reader.community).filter(pk__in=ids).select_related("place")) if ids else []


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
