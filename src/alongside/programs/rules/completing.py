"""Completing a program: which of the sessions somebody came to count, and when it was enough."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Came:
    """Somebody came to a session: its number in the plan, when it was, and in which run."""

    number: int
    at: datetime
    cohort: Any


@dataclass(frozen=True)
class Progress:
    """`counted` sessions count so far. `completed_at`: the session with which it was enough, None before."""

    counted: int
    completed_at: datetime | None
    cohort: Any = None


def progress(sessions: Mapping[str, Any], came: Iterable[Came]) -> Progress:
    """What counts towards completing, in all runs together: who changes runs takes it along.

    Where a plan says what each session is about, the same one twice counts once. Without `complete_after` nobody
    completes.
    """
    needed, has_plan = sessions.get("complete_after"), bool(sessions.get("plan"))
    seen: set[Any] = set()
    completed: Came | None = None
    for one in sorted(came, key=lambda each: each.at):
        seen.add(one.number if has_plan else (one.number, one.at))
        if completed is None and needed is not None and len(seen) >= needed:
            completed = one
    return Progress(len(seen), completed.at if completed else None, completed.cohort if completed else None)


def times_completed(sessions: Mapping[str, Any], came: Iterable[Came]) -> int:
    """How often somebody has completed. The first time is that of `progress`; each takes sessions after the one before.

    What is left of the run in which it was enough is no beginning of the next time.
    """
    left, times = list(came), 0
    while (done := progress(sessions, left)).completed_at is not None:
        times += 1
        left = [one for one in left if one.at > done.completed_at and one.cohort != done.cohort]
    return times


def counts(checklist: Iterable[str], looks: Iterable[Iterable[str]]) -> list[tuple[str, int]]:
    """How many looks saw each thing of a checklist happen, in its order."""
    rows = [set(look) for look in looks]
    return [(text, sum(text in row for row in rows)) for text in checklist]
