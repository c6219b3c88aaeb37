"""Stretches of time a statement can be about: all of it, a year, a quarter, a month, or from day to day."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from alongside.people.models import Community
from alongside.ui.words import day_text

# Further back than any time bank, and further ahead than any statement.
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)
_CODE = re.compile(r"^(\d{4})(?:-(?:(0[1-9]|1[0-2])|q([1-4])))?$")


@dataclass(frozen=True)
class Period:
    """Days from `since` to `until`, both counted; None for no end on that side."""

    since: date | None = None
    until: date | None = None

    def moments(self, community: Community) -> tuple[datetime | None, datetime | None]:
        """The first moment, and the first one after, where the community lives."""
        zone = ZoneInfo(community.time_zone)
        first = datetime.combine(self.since, time.min, zone) if self.since else None
        after = datetime.combine(self.until + timedelta(days=1), time.min, zone) if self.until else None
        return first, after

    def __str__(self) -> str:
        if self.since and self.until:
            days = {"since": day_text(self.since, form="short"), "until": day_text(self.until, form="short")}
            return _("%(since)s to %(until)s") % days
        if self.since:
            return _("From %(day)s") % {"day": day_text(self.since, form="short")}
        if self.until:
            return _("Up to %(day)s") % {"day": day_text(self.until, form="short")}
        return _("From the beginning")


def period_of(code: str) -> Period | None:
    """The period named by "2026", "2026-q1" or "2026-03"; everything for ""; None for anything else."""
    if not code:
        return Period()
    match = _CODE.match(code)
    if match is None or not EARLIEST.year <= int(match[1]) <= LATEST.year:
        return None
    year = int(match[1])
    first, months = (int(match[2]), 1) if match[2] else (int(match[3]) * 3 - 2, 3) if match[3] else (1, 12)
    return Period(date(year, first, 1), month_after(date(year, first, 1), months) - timedelta(days=1))


def month_after(month: date, count: int = 1) -> date:
    """The first day of the month that comes `count` months later, or earlier for a negative count."""
    years, place = divmod(month.month - 1 + count, 12)
    return date(month.year + years, place + 1, 1)


def month_name(month: date) -> str:
    return _("%(month)s %(year)s") % {"month": MONTHS[month.month], "year": month.year}


def choices(since: date, today: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """Codes and names of the latest twelve months, eight quarters and all years back to `since`."""
    months = list(_months_back(since, today))
    quarters = list(dict.fromkeys((month.year, (month.month + 2) // 3) for month in months))
    years = list(dict.fromkeys(month.year for month in months))
    return [
        (_("Month"), [(f"{month:%Y-%m}", month_name(month)) for month in months[:12]]),
        (_("Quarter"), [(f"{year}-q{number}", _quarter(year, number)) for year, number in quarters[:8]]),
        (_("Year"), [(str(year), str(year)) for year in years]),
    ]


def _months_back(since: date, today: date) -> Iterator[date]:
    month = today.replace(day=1)
    while month >= max(since, EARLIEST).replace(day=1):
        yield month
        month = month_after(month, -1)


def _quarter(year: int, number: int) -> str:
    first, last = MONTHS[number * 3 - 2], MONTHS[number * 3]
    return _("%(first)s to %(last)s %(year)s") % {"first": first, "last": last, "year": year}
