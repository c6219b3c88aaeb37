"""The visits of one person among the dates of the house, to them and by them: that there is one, and not what of."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import rules
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.gatherings import calendar, hooks
from alongside.people.models import Membership
from alongside.people.permissions import Standing
from alongside.programs.rules.times import minutes_of
from alongside.wellbeing.models import Visit
from alongside.wellbeing.planning import lengths_of


@dataclass(frozen=True)
class Coming:
    """One visit that is planned. `is_timed`: they agreed on a time; without, it is on for that day."""

    visit: Visit
    starts_at: datetime
    ends_at: datetime
    is_timed: bool
    url: str

    @property
    def when(self) -> date | datetime:
        return self.starts_at if self.is_timed else self.visit.on


def register() -> None:
    """Let visits stand in calendars."""
    hooks.register_own_dates("wellbeing", own)
    calendar.register("wellbeing", entries)


def coming(membership: Membership, a: datetime, b: datetime) -> list[Coming]:
    """Planned visits to somebody and by them between two moments, in order; two questions and one for the designs."""
    community = membership.community
    days = community.day_of(a) - timedelta(days=1), community.day_of(b) + timedelta(days=1)
    rows = Visit.objects.of(community).planned().filter(series__ended_at=None).exclude(series__visitor=None)
    rows = rows.filter(Q(series__membership=membership) | Q(series__visitor=membership))
    rows = rows.in_order().filter(day__range=days).select_related("series__program")
    lengths = lengths_of({row.series.program for row in rows})
    found = [_coming(row, membership, minutes_of(lengths.get(row.series.program_id) or "1h")) for row in rows]
    return sorted((one for one in found if one.starts_at < b and one.ends_at > a), key=lambda one: one.starts_at)


def _coming(visit: Visit, membership: Membership, minutes: int) -> Coming:
    community = membership.community
    visit.community = community
    starts_at = visit.begins_at(community.time_zone)
    is_timed = visit.agreed_time is not None
    # Minutes are those of a watch; a day ends at midnight, also when the clock changes.
    ends_at = starts_at.astimezone(UTC) + timedelta(minutes=minutes) if is_timed else starts_at + timedelta(days=1)
    url = reverse("wellbeing:series", args=[community.slug, visit.series_id])
    return Coming(visit, starts_at, ends_at, is_timed, url)


def own(membership: Membership, since: datetime) -> Iterator[hooks.OwnDate]:
    """For the feed that one person reads, on whatever screen: it says that something is planned, and no more.

    Calendars show addresses too: this one leads to the month, where the entry leads on.
    """
    month = reverse("gatherings:month", args=[membership.community.slug])
    for one in coming(membership, since, since + hooks.FARTHEST):
        yield hooks.OwnDate(
            uid=f"{one.visit.pk}@alongside",
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            title=_("Something planned"),
            url=month,
            changed_at=one.visit.agreed_at or one.visit.series.made_at,
            is_whole_day=not one.is_timed,
        )


def entries(standing: Standing, a: datetime, b: datetime) -> Iterator[calendar.Entry]:
    """The reader's own visits; the month may hang on a wall, so it says no more than the feed."""
    if not rules.has_perm("wellbeing.have_visits", standing, None):
        return
    for one in coming(standing.membership, a, b):
        yield calendar.Entry(
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            title=_("Something planned"),
            url=one.url,
            is_mine=True,
            is_whole_day=not one.is_timed,
        )
