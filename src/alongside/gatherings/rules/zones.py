"""A time zone as calendars need it: when its clock changes, as rules where there is one.

A rule ("the last Sunday of March") holds for every year and is read alike everywhere; lists of dates are not. Where the
changes of a zone follow no such rule, each stands by itself.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
YEARS_BACK, YEARS_AHEAD = 8, 8


@dataclass(frozen=True)
class Observance:
    """From `starts` on, on the clock as it was before, the offset is another; by `rrule` again every year."""

    starts: datetime
    offset_from: timedelta
    offset_to: timedelta
    name: str
    is_daylight: bool
    rrule: str = ""


@dataclass(frozen=True)
class _Change:
    wall: datetime
    offset_from: timedelta
    offset_to: timedelta
    name: str
    is_daylight: bool


@lru_cache(maxsize=64)
def observances(zone: str, year: int) -> tuple[Observance, ...]:
    """The observances of a zone for calendars of about this year."""
    changes = list(_changes(ZoneInfo(zone), year - YEARS_BACK, year + YEARS_AHEAD))
    begin = _standing_at(ZoneInfo(zone), datetime(year - YEARS_BACK, 1, 1, tzinfo=UTC))
    kinds: dict[tuple[timedelta, timedelta, str, int], list[_Change]] = {}
    for one in changes:
        kinds.setdefault((one.offset_from, one.offset_to, one.name, one.wall.month), []).append(one)
    ruled = [found for same in kinds.values() if (found := _ruled(same, year))]
    if len(ruled) == len(kinds):
        return (begin, *ruled)
    return (
        begin,
        *(Observance(one.wall, one.offset_from, one.offset_to, one.name, one.is_daylight) for one in changes),
    )


def _ruled(same: Sequence[_Change], year: int) -> Observance | None:
    """One rule for changes that happen every year in a month, at one hour; None where they follow none."""
    years = [one.wall.year for one in same]
    if years != list(range(year - YEARS_BACK, year + YEARS_AHEAD + 1)) or len({one.wall.time() for one in same}) > 1:
        return None
    weekdays, turns = {one.wall.weekday() for one in same}, {(one.wall.day - 1) // 7 + 1 for one in same}
    is_last = all((one.wall + timedelta(days=7)).month != one.wall.month for one in same)
    if len(weekdays) > 1 or (len(turns) > 1 and not is_last):
        return None
    first, turn = same[0], -1 if is_last else turns.pop()
    rrule = f"FREQ=YEARLY;BYMONTH={first.wall.month};BYDAY={turn}{WEEKDAYS[weekdays.pop()]}"
    return Observance(first.wall, first.offset_from, first.offset_to, first.name, first.is_daylight, rrule)


def _standing_at(zone: ZoneInfo, at: datetime) -> Observance:
    """What holds at the beginning of all."""
    there = at.astimezone(zone)
    offset = there.utcoffset() or timedelta(0)
    return Observance(there.replace(tzinfo=None), offset, offset, there.tzname() or "", bool(there.dst()))


def _changes(zone: ZoneInfo, first: int, last: int) -> Iterator[_Change]:
    day, end = datetime(first, 1, 1, tzinfo=UTC), datetime(last + 1, 1, 1, tzinfo=UTC)
    while day < end:
        after = day + timedelta(days=1)
        if _offset(zone, day) != _offset(zone, after):
            yield _change(zone, day, after)
        day = after


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> _Change:
    """The minute of a change between two moments."""
    was = _offset(zone, before)
    while (minutes := int((after - before).total_seconds()) // 60) > 1:
        middle = before + timedelta(minutes=minutes // 2)
        before, after = (middle, after) if _offset(zone, middle) == was else (before, middle)
    there = after.astimezone(zone)
    wall = (after + was).replace(tzinfo=None)
    return _Change(wall, was, _offset(zone, after), there.tzname() or "", bool(there.dst()))


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta(0)
