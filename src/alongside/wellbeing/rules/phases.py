"""Visits by phases: which are expected on which days, and what has been done of them.

A design says phase after phase how often somebody is visited; some phases count from the day of enrolment, others from
a day that everything turns on: a birth, a move, the start of a job. That day may move, and the visits move with it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta

from alongside.programs.rules.times import after

ENROLMENT, THE_DAY = "enrolment", "the day"
# How far apart two visits of a phase are: weeks, months.
STEPS: Mapping[str, tuple[int, int]] = {
    "week": (1, 0),
    "two weeks": (2, 0),
    "four weeks": (4, 0),
    "month": (0, 1),
    "three months": (0, 3),
}
# A phase that goes on until the day stops here at the latest: the day is never told so far ahead.
MOST_IN_A_PHASE = 160


@dataclass(frozen=True)
class Phase:
    """`times`: how many visits; `until`: how long after the day it counts from, that day included, or "" for neither:
    then it goes on until the day that everything turns on.
    """

    name: str
    counts_from: str
    every: str
    times: int | None = None
    until: str = ""


@dataclass(frozen=True)
class Expected:
    """One visit by the rules: the phase, its number there (from 1), and the day it is due."""

    phase: str
    number: int
    due_on: date

    @property
    def slot(self) -> tuple[str, int]:
        return self.phase, self.number


@dataclass(frozen=True)
class Dosage:
    """How many visits of a phase took place, and how many were due."""

    phase: str
    done: int
    expected: int


def phases_of(section: Mapping[str, Any]) -> list[Phase]:
    """The phases of a design's section `visits`; none where it has no such section."""
    return [
        Phase(each["name"], each["counts_from"], each["every"], each.get("times"), each.get("until", ""))
        for each in section.get("phases", [])
    ]


def expected_visits(phases: Sequence[Phase], *, enrolled_on: date, the_day: date | None) -> list[Expected]:
    """Every visit that the rules ask for, in the order of its day.

    The first visit is due on the day of enrolment; what counts from the day begins one step after it. Before the day
    stops what counts from enrolment. Nothing is due before enrolment. Without a day nothing that needs it is due.
    """
    found: list[Expected] = []
    for origin in (ENROLMENT, THE_DAY):
        begins = enrolled_on if origin == ENROLMENT else the_day
        if begins is not None:
            found.extend(_from(begins, [each for each in phases if each.counts_from == origin], the_day))
    return [each for each in found if each.due_on >= enrolled_on]


def _from(begins: date, phases: Iterable[Phase], the_day: date | None) -> Iterator[Expected]:
    """The visits of phases that count from one day, each phase going on where the one before stopped."""
    last = over = begins
    is_first = begins != the_day
    for phase in phases:
        stop = _stop_of(phase, begins, the_day)
        for number in range(1, (phase.times or MOST_IN_A_PHASE) + 1):
            due = begins if is_first else _next(phase, begins, last, over)
            is_first = False
            if stop is not None and due > stop:
                break
            yield Expected(phase.name, number, due)
            last = due
        over = max(last, stop) if phase.until and stop else last


def _stop_of(phase: Phase, begins: date, the_day: date | None) -> date | None:
    """The last day on which a visit of the phase can be due; None where its number alone ends it."""
    stop = after(begins, phase.until) if phase.until else None
    if phase.counts_from == THE_DAY:
        return stop
    before = the_day - timedelta(days=1) if the_day else None
    if before is None:
        # A phase with no end of its own waits for the day to be known.
        return stop or (None if phase.times else begins - timedelta(days=1))
    return min(stop, before) if stop else before


def _next(phase: Phase, begins: date, last: date, over: date) -> date:
    """One step on: in weeks from the visit before; in whole months from the day the phase counts from, after the phase
    before is `over`: where one runs until 21 months, the next one's months begin with the 22nd.
    """
    weeks, months = STEPS[phase.every]
    if weeks:
        return last + timedelta(weeks=weeks)
    count = months
    while begins + relativedelta(months=count) <= max(last, over):
        count += months
    due: date = begins + relativedelta(months=count)
    return due


def dosage(expected: Iterable[Expected], done: Iterable[str], *, on: date) -> list[Dosage]:
    """Done and due until a day, phase by phase in the order in which they come.

    `done`: the phase of each visit that took place. A phase that is no longer in the rules but has visits comes last.
    """
    due: dict[str, int] = {}
    for each in expected:
        due[each.phase] = due.get(each.phase, 0) + (each.due_on <= on)
    took_place: dict[str, int] = {}
    for phase in done:
        took_place[phase] = took_place.get(phase, 0) + 1
    names = list(dict.fromkeys([*due, *took_place]))
    return [Dosage(name, took_place.get(name, 0), due.get(name, 0)) for name in names]


@dataclass(frozen=True)
class Moves:
    """What a change does to visits that are still planned; `moved` by their old slot."""

    moved: dict[tuple[str, int], date]
    added: list[Expected]
    dropped: list[tuple[str, int]]

    @property
    def count(self) -> int:
        return len(self.moved) + len(self.added) + len(self.dropped)


def moves(
    expected: Iterable[Expected], *, planned: Mapping[tuple[str, int], date], settled: Iterable[tuple[str, int]]
) -> Moves:
    """What is to be done so that the planned visits are those that are expected; what is settled stays as it is."""
    wanted = {each.slot: each for each in expected}
    for slot in settled:
        wanted.pop(slot, None)
    return Moves(
        moved={
            slot: wanted[slot].due_on for slot, day in planned.items() if slot in wanted and wanted[slot].due_on != day
        },
        added=[each for slot, each in wanted.items() if slot not in planned],
        dropped=[slot for slot in planned if slot not in wanted],
    )
