"""The duties that a design asks for in a period, and how many checked adults must be there at a time."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from alongside.programs.rules.times import minutes_of, time_of
from alongside.programs.rules.words import WEEKDAYS

Section = Mapping[str, Any]
_WEEKDAYS = tuple(WEEKDAYS)


@dataclass(frozen=True)
class Asked:
    """One duty on one day, as the design asks for it; `starts` is the time on the clock there."""

    name: str
    starts: datetime
    minutes: int
    people: int
    everybody: tuple[str, ...] = ()
    somebody: tuple[str, ...] = ()
    counts: bool = True

    @property
    def day(self) -> date:
        return self.starts.date()


@dataclass(frozen=True)
class Turn:
    """A session of the program: when it starts on the clock there, and how long it takes."""

    starts: datetime
    minutes: int


def duties_in(
    section: Section, first: date, last: date, *, closed: Collection[date] = (), sessions: Sequence[Turn] = ()
) -> list[Asked]:
    """Every duty from `first` to `last`, both included, without closed days; in order."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    open_days = [day for day in days if day not in closed]
    at_sessions = [
        turn for turn in sessions if first <= turn.starts.date() <= last and turn.starts.date() not in closed
    ]
    found = [asked for duty in section.get("duties", []) for asked in _turns(duty, open_days, at_sessions)]
    return sorted(found, key=lambda one: (one.starts, one.name))


def _turns(duty: Mapping[str, Any], days: Sequence[date], sessions: Sequence[Turn]) -> Iterator[Asked]:
    if on := duty.get("on"):
        for day in days:
            if _WEEKDAYS[day.weekday()] in on:
                yield _asked(duty, datetime.combine(day, time_of(duty["starts"])), minutes_of(duty["length"]))
        return
    for turn in sessions:
        starts = datetime.combine(turn.starts.date(), time_of(duty["starts"])) if "starts" in duty else turn.starts
        yield _asked(duty, starts, minutes_of(duty["length"]) if "length" in duty else turn.minutes)


def _asked(duty: Mapping[str, Any], starts: datetime, minutes: int) -> Asked:
    return Asked(
        name=duty["name"],
        starts=starts,
        minutes=minutes,
        people=duty["people"],
        everybody=tuple(duty.get("everybody_has", ())),
        somebody=tuple(duty.get("somebody_has", ())),
        counts=duty.get("counts_in_ratio", True),
    )


def checked_needed(section: Section) -> int:
    """How many checked adults the rota must bring at a time: those the children need, less the staff who are there."""
    ratio = section.get("ratio")
    if not ratio:
        return 0
    adults = ratio.get("adults", 0)
    if "children" in ratio and "for_one_adult" in ratio:
        adults = max(adults, -(-ratio["children"] // ratio["for_one_adult"]))
    return max(0, int(adults) - int(ratio.get("staff", 0)))


def together(spans: Mapping[str, tuple[datetime, datetime]]) -> list[tuple[str, ...]]:
    """Which of these are under way at the same time: each set once, from the first moment to the last."""
    moments = sorted({moment for span in spans.values() for moment in span})
    found: dict[tuple[str, ...], None] = {}
    for moment in moments:
        there = tuple(sorted(key for key, (starts, ends) in spans.items() if starts <= moment < ends))
        if there:
            found[there] = None
    return list(found)


def works(duties: Sequence[Mapping[str, Any]]) -> list[tuple[int, ...]]:
    """The same of duties as a design has them, by their places; those that do not count are left out."""
    day = date(2000, 1, 3)
    spans = {}
    for place, duty in enumerate(duties):
        if duty.get("counts_in_ratio", True):
            starts = datetime.combine(day, time_of(duty["starts"]))
            spans[str(place)] = (starts, starts + timedelta(minutes=minutes_of(duty["length"])))
    return [tuple(int(key) for key in group) for group in together(spans)]


@dataclass(frozen=True)
class Stretch:
    """Days for which something is owed. `part` of `whole` opening days lie in the rota."""

    first: date
    last: date
    part: int
    whole: int


def months_in(first: date, last: date, *, opening: Collection[date], of_month: Mapping[date, int]) -> list[Stretch]:
    """The months of a period, cut at its ends. `of_month`: opening days of each whole month, by its first day."""
    found, begin = [], first
    while begin <= last:
        month = begin.replace(day=1)
        end = min(last, (month + timedelta(days=32)).replace(day=1) - timedelta(days=1))
        part = sum(begin <= day <= end for day in opening)
        found.append(Stretch(begin, end, part, max(part, of_month.get(month, part))))
        begin = end + timedelta(days=1)
    return [each for each in found if each.part]


def owed(pattern: Mapping[str, Any], stretch: Stretch, *, free_days: int = 0) -> tuple[int, int | None]:
    """At least and at most how many duties in a stretch: of a month that is cut, the part that lies in the rota.

    `free_days`: opening days for which nothing is owed. What is owed is rounded down, what is allowed is rounded up.
    """
    part = stretch.part - free_days
    least = pattern["least"] * part // stretch.whole
    most = pattern.get("most")
    return least, None if most is None else max(least, -(-most * stretch.part // stretch.whole))
