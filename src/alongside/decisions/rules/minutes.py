"""When the minutes of a meeting are approved by every side that was there, and how an agenda fits its time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Heard:
    """One side about one revision: how many were there, how many approve, how many asked for a correction instead."""

    there: int
    approve: int
    correct: int = 0

    @property
    def enough(self) -> bool:
        """Somebody, at least half of those who were there, and more than half of those who have answered."""
        return self.approve >= 1 and 2 * self.approve >= self.there and self.approve > self.correct

    @property
    def needed(self) -> int:
        """How many approvals would be enough as things stand."""
        return max(1, (self.there + 1) // 2, self.correct + 1)


def approved(sides: Mapping[str, Heard], *, corrections_open: int) -> bool:
    """Minutes stand when every side that was there approves and no correction waits. Nobody there: they do not."""
    there = [one for one in sides.values() if one.there]
    return bool(there) and not corrections_open and all(one.enough for one in there)


@dataclass(frozen=True)
class Planned:
    """An agenda against the length of its meeting, in minutes."""

    asked: int
    length: int

    @property
    def is_too_long(self) -> bool:
        return self.asked > self.length

    @property
    def over(self) -> int:
        """By how many minutes the agenda is too long; 0 where it fits."""
        return max(0, self.asked - self.length)

    @property
    def left(self) -> int:
        return max(0, self.length - self.asked)


def planned(minutes: Iterable[int], *, length: int) -> Planned:
    return Planned(sum(minutes), length)
