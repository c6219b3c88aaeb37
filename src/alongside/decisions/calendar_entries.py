"""Meetings in the community's calendar."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import rules
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.decisions.models import Coming, Meeting
from alongside.decisions.models.meetings import MOST_MINUTES
from alongside.decisions.permissions.meetings import seen_meetings
from alongside.gatherings import calendar
from alongside.people.permissions import Standing


def register() -> None:
    """Let meetings stand beside gatherings."""
    calendar.register("decisions", meetings)


def meetings(standing: Standing, a: datetime, b: datetime) -> Iterator[calendar.Entry]:
    """The meetings this person may read about; marked where they said that they come."""
    if not rules.has_perm("decisions.see_meetings", standing, None):
        return
    rows = seen_meetings(standing).filter(starts_at__gt=a - timedelta(minutes=MOST_MINUTES), starts_at__lt=b)
    here = [one for one in rows.order_by("starts_at", "id") if one.ends_at > a]
    said = Coming.objects.of(standing.community).filter(membership=standing.membership, comes=True)
    comes = set(said.filter(meeting__in=[one.pk for one in here]).values_list("meeting_id", flat=True))
    for one in here:
        yield _entry(one, standing, comes=one.pk in comes)


def _entry(one: Meeting, standing: Standing, *, comes: bool) -> calendar.Entry:
    return calendar.Entry(
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        title=one.title,
        url=reverse("decisions:meeting", args=[standing.community.slug, one.pk]),
        where=one.place or one.online or one.phone,
        is_called_off=one.is_called_off,
        is_mine=comes,
        note=_("you come") if comes else "",
    )
