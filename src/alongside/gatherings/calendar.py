"""What stands in the community's calendar: gatherings, and dated things that other rooms add.

    calendar.register("decisions", entries)      # once, in apps.ready

`entries(standing, a, b)` returns what this person may see between two moments.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse

from alongside.gatherings.models import Booking, Gathering
from alongside.gatherings.permissions import seen_gatherings
from alongside.gatherings.words import note_on, ways_there
from alongside.people.models import Membership
from alongside.people.permissions import Standing


@dataclass(frozen=True)
class Entry:
    """One line of the calendar. `is_mine`: the reader takes part; `note`: a word on how it stands with them.

    `is_whole_day`: it begins at midnight, and no time is said.
    """

    starts_at: datetime
    ends_at: datetime
    title: str
    url: str
    where: str = ""
    is_called_off: bool = False
    is_mine: bool = False
    note: str = ""
    tone: str = "good"
    is_whole_day: bool = False


@dataclass(frozen=True)
class Day:
    """A day of the calendar with what is on."""

    day: date
    is_in_month: bool
    entries: list[Entry] = field(default_factory=list)
    # How many there are besides.
    more: int = 0


Source = Callable[[Standing, datetime, datetime], Iterable[Entry]]

_sources: dict[str, Source] = {}


def register(room: str, source: Source) -> None:
    """Let a room add its dated things; the last word counts."""
    _sources[room] = source


def forget(room: str) -> None:
    """For tests: a room adds nothing any more."""
    _sources.pop(room, None)


def entries(standing: Standing, a: datetime, b: datetime, *, whose: Membership | None = None) -> list[Entry]:
    """Everything this person may see between two moments, in order. `whose`: in whose part they look, if another's."""
    found = list(_gatherings(standing, a, b, whose or standing.membership))
    for source in _sources.values():
        found += source(standing, a, b)
    return sorted(found, key=lambda one: (one.starts_at, one.title))


def _gatherings(standing: Standing, a: datetime, b: datetime, whose: Membership) -> Iterable[Entry]:
    rows = seen_gatherings(standing).between(a, b).with_words()
    mine = Booking.objects.of(standing.community).filter(membership=whose, gathering__in=rows.values("pk"))
    words = {one.gathering_id: one for one in mine}
    for one in rows:
        booking = words.get(one.pk)
        yield entry_of(one, standing.community.slug, booking)


def entry_of(gathering: Gathering, slug: str, booking: Booking | None = None) -> Entry:
    is_live = booking is not None and booking.is_live
    return Entry(
        starts_at=gathering.starts_at,
        ends_at=gathering.ends_at,
        title=gathering.title,
        url=reverse("gatherings:gathering", args=[slug, gathering.pk]),
        where=ways_there(gathering),
        is_called_off=gathering.is_called_off,
        is_mine=is_live,
        note=note_on(booking) if booking and is_live else "",
        tone="good" if booking and booking.is_booked else "waiting",
    )


def weeks(month: date, found: Iterable[Entry], zone: str, *, most: int) -> list[list[Day]]:
    """The weeks of a month from Monday on, each day with its first entries, and how many there are besides."""
    by_day: dict[date, list[Entry]] = {}
    for one in found:
        by_day.setdefault(one.starts_at.astimezone(ZoneInfo(zone)).date(), []).append(one)
    first, last = edges(month)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    rows = [_day(day, by_day.get(day, []), month, most) for day in days]
    return [rows[n : n + 7] for n in range(0, len(rows), 7)]


def _day(day: date, found: list[Entry], month: date, most: int) -> Day:
    # What the reader takes part in is never among those left out.
    first = sorted(found, key=lambda one: not one.is_mine)[:most]
    shown = [one for one in found if one in first]
    return Day(day, day.month == month.month, shown, len(found) - len(shown))


def edges(month: date) -> tuple[date, date]:
    """The Monday before a month begins, and the Sunday after it ends."""
    first = month.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    last = after - timedelta(days=1)
    return first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())


def moments(first: date, last: date, zone: str) -> tuple[datetime, datetime]:
    """From midnight of one day to midnight after another, on the clock there."""
    begin = datetime(first.year, first.month, first.day, tzinfo=ZoneInfo(zone))
    after = last + timedelta(days=1)
    return begin, datetime(after.year, after.month, after.day, tzinfo=ZoneInfo(zone))
