"""Seats of jobs, committees and boards: what is empty, what ends soon, terms running, and the quorum of a board."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import Any

from alongside.decisions.rules.exact import share
from alongside.programs.rules.faults import gettext_noop as _
from alongside.programs.rules.times import after

JOB, COMMITTEE, BOARD = "job", "committee", "board"
KINDS = {JOB: _("a job"), COMMITTEE: _("a committee"), BOARD: _("a board")}
OFFERING = "offering"
CHOSEN_BY = {
    OFFERING: _("whoever offers to do it"),
    BOARD: _("a board chooses"),
    "vote": _("a vote chooses"),
}
MORE_THAN_HALF = "more than half"
# A seat whose term ends so soon is on the list of seats to fill.
SOON = timedelta(weeks=8)

Job = Mapping[str, Any]


def jobs_in(design: Mapping[str, Any]) -> dict[str, Job]:
    """The jobs of a design by their keys, in its order."""
    found: dict[str, Job] = design.get("jobs", {}).get("list", {})
    return found


def boards_in(design: Mapping[str, Any]) -> list[str]:
    """The keys of its boards."""
    return [key for key, job in jobs_in(design).items() if job["kind"] == BOARD]


def chosen_by(job: Job) -> str:
    """Who fills its seats; where the design says nothing, a vote fills those of a board."""
    return str(job.get("chosen_by") or ("vote" if job["kind"] == BOARD else OFFERING))


def needed(quorum: str, holders: int) -> int:
    """How many of a board's holders must be there: of "1/2" the half, rounded up; of "4" four; "more than half".

    Never fewer than one. Raises ValueError for what is no quorum.
    """
    text = quorum.strip()
    if text == MORE_THAN_HALF:
        return holders // 2 + 1
    if text.isascii() and text.isdigit() and 1 <= int(text[:4]) <= 100:
        return int(text)
    part = share(text)
    if not part:
        raise ValueError(quorum)
    return max(1, ceil(part * holders))


def last_day(starts_on: date, term: str | None) -> date | None:
    """The last day of a term; None where it goes on. A year from 1 September ends on 31 August."""
    return after(starts_on, term) - timedelta(days=1) if term else None


@dataclass(frozen=True)
class Held:
    """A term somebody had in a job: its first day, the day it was over, and how many it was running."""

    starts_on: date
    over_on: date
    number: int


def running_number(earlier: Iterable[Held], starts_on: date, term: str | None) -> int:
    """How many terms running one that begins now would be: 1 after a pause of at least a whole term, or the first."""
    last = max(earlier, key=lambda each: each.over_on, default=None)
    if last is None or term is None or starts_on > after(last.over_on, term):
        return 1
    return last.number + 1


@dataclass(frozen=True)
class Seats:
    """What a job has: holders now, seats that are empty, and how many of them must be filled."""

    holders: int
    empty: int
    short: int


def seats(job: Job, holders: int) -> Seats:
    """`short`: how many more people the design asks for at least."""
    return Seats(holders, max(0, job["most"] - holders), max(0, job.get("least", 0) - holders))


def ends_soon(ends_on: date | None, today: date) -> bool:
    """Does a term end within eight weeks? The last of them counts."""
    return ends_on is not None and ends_on <= today + SOON


def free_seat(taken: Collection[int], most: int) -> int | None:
    """The lowest seat, counted from 1, that nobody has; None where all are taken."""
    return next((number for number in range(1, most + 1) if number not in taken), None)


def without_a_job(homes: Mapping[Any, Sequence[Any]], holders: Collection[Any]) -> list[Any]:
    """The households of which nobody holds a job; `homes`: each with the people who live there."""
    return [home for home, people in homes.items() if not any(person in holders for person in people)]
