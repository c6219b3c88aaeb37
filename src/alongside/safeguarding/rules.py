"""Until when a check holds, who has what a duty asks for, and what runs out. Plain Python, no Django.

Days are calendar days; a check holds on its first and on its last day. Months are of the calendar.
"""

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

Kind = TypeVar("Kind")

DAY = timedelta(days=1)
# So many days before the last day somebody hears of it, and so many after it the desk still shows it.
DAYS_BEFORE = 30
DAYS_AFTER = 60


@dataclass(frozen=True)
class Span:
    """From when and until when a check holds, both days included; `until` None: it never ends."""

    since: date
    until: date | None

    def holds(self, on: date) -> bool:
        return self.since <= on and (self.until is None or self.until >= on)


def last_day(seen_on: date, months: int | None) -> date | None:
    """The last day of a check seen on a day that holds for some months; None when it never ends.

    It is the same day of the month, or the last one of a shorter month: 29 February and a year is 28 February.
    What lies beyond the calendar never ends.
    """
    if months is None:
        return None
    year, month = divmod(seen_on.year * 12 + seen_on.month - 1 + months, 12)
    if year > date.max.year:
        return None
    return date(year, month + 1, min(seen_on.day, calendar.monthrange(year, month + 1)[1]))


def holding(spans: Iterable[Span], on: date) -> int:
    """How many of the spans hold on a day."""
    return sum(span.holds(on) for span in spans)


def first_short_day(spans: Iterable[Span], *, needed: int, on: date) -> date | None:
    """The first day from `on` on with fewer than `needed` holding; None when that never comes."""
    known = list(spans)
    ends = {span.until + DAY for span in known if span.until and on <= span.until < date.max}
    return next((day for day in sorted({on, *ends}) if holding(known, day) < needed), None)


def last_covered_day(spans: Iterable[Span], *, needed: int, before: date) -> date | None:
    """The last day before `before` on which at least `needed` held; None when there was none."""
    known = list(spans)
    ends = {span.until for span in known if span.until and span.until < before}
    # Only where a span ends can the last covered day lie, or on the very day before.
    days = ends | ({before - DAY} if before > date.min else set())
    return max((day for day in days if holding(known, day) >= needed), default=None)


@dataclass(frozen=True)
class End:
    """The last day on which somebody has enough checks of a kind; `over`: it has passed."""

    last_day: date
    over: bool


def end_near(
    spans: Iterable[Span], *, needed: int, on: date, before: int = DAYS_BEFORE, after: int = DAYS_AFTER
) -> End | None:
    """What runs out within `before` days, or ran out within `after` days and was not made good; else None."""
    known = list(spans)
    short = first_short_day(known, needed=needed, on=on)
    if short is None:
        return None
    if short > on:
        last = short - DAY
        return End(last, over=False) if (last - on).days <= before else None
    covered = last_covered_day(known, needed=needed, before=on)
    return End(covered, over=True) if covered and (on - covered).days <= after else None


def missing(held: Mapping[Kind, int], needed: Mapping[Kind, int]) -> dict[Kind, int]:
    """How many more of each kind it takes; kinds of which there are enough are left out."""
    return {kind: count - held.get(kind, 0) for kind, count in needed.items() if held.get(kind, 0) < count}


def free_place(taken: Iterable[int], *, places: int) -> int | None:
    """The first of the places 1 to `places` that is not taken; None when all are."""
    used = set(taken)
    return next((place for place in range(1, places + 1) if place not in used), None)


def in_order(one: UUID, other: UUID) -> tuple[UUID, UUID]:
    """Two in the one order in which a pair is kept."""
    return (one, other) if one < other else (other, one)
