"""Steps that people take in a program: what each asks, what somebody has of it, and how long a step stays current.

A step is read from the section [pathway] of a design. Counts are whole numbers of sessions; days are days of the
community. A step that comes after nothing and asks nothing is *open*: whoever takes part is on it, without an offer.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from alongside.programs.rules.times import after

Steps = Mapping[str, Mapping[str, Any]]
# What counts sessions, in the order in which pages tell it.
COUNTS = ("sessions", "completed", "beside_mentor", "led")


@dataclass(frozen=True)
class Has:
    """What somebody has in a program on a day. Words are folded, so that capitals do not matter.

    `steps`: held and current. `sides`: those they speak for, as a design names them.
    """

    sessions: int = 0
    completed: int = 0
    beside_mentor: int = 0
    led: int = 0
    trainings: frozenset[str] = frozenset()
    has_introduction: bool = False
    checks: frozenset[str] = frozenset()
    steps: frozenset[str] = frozenset()
    sides: frozenset[str] = frozenset()
    takes_part: bool = False


@dataclass(frozen=True)
class Need:
    """One thing that a step asks. `what`: the words of a training or a check; `needed` and `has`: how many."""

    kind: str
    needed: int = 1
    has: int = 0
    what: str = ""

    @property
    def is_met(self) -> bool:
        return self.has >= self.needed

    @property
    def missing(self) -> int:
        return max(0, self.needed - self.has)


@dataclass(frozen=True)
class Look:
    """One step as somebody stands to it.

    `comes_after` is met by any one of the steps before it. `is_theirs`: it is a pathway of a side they speak for.
    """

    key: str
    needs: list[Need] = field(default_factory=list)
    comes_after: bool = True
    is_theirs: bool = True
    is_held: bool = False

    @property
    def missing(self) -> list[Need]:
        return [need for need in self.needs if not need.is_met]

    @property
    def is_eligible(self) -> bool:
        """Could it be offered now?"""
        return self.is_theirs and self.comes_after and not self.is_held and not self.missing

    @property
    def is_near(self) -> bool:
        """Only things that others can give are missing: a training, a check, a mentor's company."""
        given = all(need.kind in ("training", "introduction", "checks", "beside_mentor") for need in self.missing)
        return self.is_theirs and self.comes_after and not self.is_held and bool(self.missing) and given


def folded(words: str) -> str:
    """Words as they are compared: without capitals and doubled spaces."""
    return " ".join(words.split()).casefold()


def is_open(step: Mapping[str, Any]) -> bool:
    """Is whoever takes part on it, without an offer?"""
    return not step.get("from") and not _asks(step)


def asks_something(step: Mapping[str, Any]) -> bool:
    """Does it ask for anything that can be counted? Only such a step is offered by the house itself."""
    return bool(_asks(step))


def _asks(step: Mapping[str, Any]) -> dict[str, Any]:
    """What it asks; things set to nothing left out."""
    return {name: value for name, value in step.get("asks", {}).items() if value}


def needs_of(step: Mapping[str, Any], has: Has) -> list[Need]:
    """Everything a step asks, with how much of it somebody has."""
    asks = _asks(step)
    found = [Need(name, asks[name], getattr(has, name)) for name in COUNTS if name in asks]
    if "training" in asks:
        found.append(Need("training", 1, int(folded(asks["training"]) in has.trainings), asks["training"]))
    if "introduction" in asks:
        found.append(Need("introduction", 1, int(has.has_introduction)))
    return found + [Need("checks", 1, int(folded(name) in has.checks), name) for name in asks.get("checks", [])]


def held_with_open(steps: Steps, has: Has) -> frozenset[str]:
    """The steps somebody is on: those they hold, and the open ones of their sides while they take part."""
    theirs = {key for key, step in steps.items() if has.takes_part and is_open(step) and _is_theirs(step, has)}
    return frozenset(theirs | (has.steps & set(steps)))


def _is_theirs(step: Mapping[str, Any], has: Has) -> bool:
    return "for" not in step or step["for"] in has.sides


def look(steps: Steps, has: Has) -> list[Look]:
    """Every step of a pathway as somebody stands to it, in the order of the design."""
    on = held_with_open(steps, has)
    return [
        Look(
            key=key,
            needs=needs_of(step, has),
            comes_after=not step.get("from") or not on.isdisjoint(step["from"]),
            is_theirs=_is_theirs(step, has),
            is_held=key in on,
        )
        for key, step in steps.items()
    ]


def eligible(steps: Steps, has: Has) -> list[str]:
    """The steps that could be offered to somebody now."""
    return [each.key for each in look(steps, has) if each.is_eligible and not is_open(steps[each.key])]


def passed(steps: Steps, held: Collection[str]) -> set[str]:
    """The steps that come before one that somebody holds: nobody who leads is asked to begin again."""
    found: set[str] = set()
    left = list(held)
    while left:
        before = set(steps.get(left.pop(), {}).get("from", [])) - found
        found |= before
        left += before
    return found - set(held)


def opening(steps: Steps, role: str) -> list[str]:
    """The steps of which a leader of this role holds one; [] where nobody needs any.

    A role that an open step gives is for whoever takes part.
    """
    found = [key for key, step in steps.items() if step.get("role") == role]
    return [] if any(is_open(steps[key]) for key in found) else found


class State(StrEnum):
    """How current a step is that somebody holds."""

    CURRENT = "current"
    LAPSES = "lapses"  # current, and its last day is near
    LAPSED = "lapsed"


# So many days before its last day somebody is told that a step lapses.
DAYS_BEFORE = 60


@dataclass(frozen=True)
class Currency:
    """`last_day`: the last day on which the step is current, as things stand; None where it stays so."""

    state: State = State.CURRENT
    last_day: date | None = None
    led: int = 0
    needed: int = 0

    @property
    def is_current(self) -> bool:
        return self.state != State.LAPSED

    @property
    def missing(self) -> int:
        """How many more are to be led so that it stays current, or is again."""
        return max(0, self.needed - self.led)


def last_day(since: date, led_on: Iterable[date], *, led: int, within: str) -> date:
    """The last day on which a step is current that asks to lead `led` times `within` a period.

    A session led on a day counts on that day and on every later one before the day that lies a period after it. With
    "1 year", one of 3 March 2026 counts until 2 March 2027. Months end on their last day, so one of 29 February 2028
    counts until 27 February 2029, as one of the 28th does. The step is current on a day if at least `led` count on it.
    The first period from `since` on is given: in it nothing is asked. What was led before `since` counts too.
    """
    given = after(since, within)
    days = sorted(led_on, reverse=True)
    earned = after(days[led - 1], within) if len(days) >= led else given
    return max(given, earned) - timedelta(days=1)


def currency(keeps: Mapping[str, Any] | None, *, since: date, led_on: Iterable[date], on: date) -> Currency:
    """How current a held step is on a day. Sessions after that day are not looked at: none mends an earlier day.

    `since`: from when its first period runs, the day it was taken or the day somebody was welcomed back. It lapses on
    the day after its last day, and is current again by itself on the day on which enough were led within the period.
    """
    if not keeps:
        return Currency()
    done = [day for day in led_on if day <= on]
    last = last_day(since, done, led=keeps["led"], within=keeps["within"])
    counting = sum(on < after(day, keeps["within"]) for day in done)
    near = on >= last - timedelta(days=DAYS_BEFORE)
    state = State.LAPSED if on > last else State.LAPSES if near else State.CURRENT
    return Currency(state, last, counting, keeps["led"])


def gone_from(steps: Steps, held: Collection[str]) -> list[str]:
    """Steps that somebody holds and the design has no more."""
    return sorted(set(held) - set(steps))
