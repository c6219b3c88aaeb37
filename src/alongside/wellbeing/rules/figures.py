"""Figures of a program that name nobody: of a whole month, and only where enough people stand behind them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

# Fewer people than this are not told of.
FEWEST = 5
# What the three taps weigh.
WEIGHTS = {"none": Fraction(0), "some": Fraction(1, 2), "most": Fraction(1)}


@dataclass(frozen=True)
class Figure:
    """`count`: how many, None where fewer than `FEWEST` people stand behind it; `share`: from 0 to 1, likewise."""

    count: int | None
    share: Fraction | None = None


def counted(people: Sequence[UUID]) -> Figure:
    """How often something happened; `people`: for each time to whom."""
    return Figure(len(people) if len(set(people)) >= FEWEST else None)


def share_told(taps: Iterable[tuple[UUID, str]]) -> Figure:
    """How much of the visits was about what people wanted: the mean over people of the mean of their own taps, so that
    nobody speaks louder by being visited more often. To the nearest tenth.
    """
    by_person: dict[UUID, list[Fraction]] = {}
    for person, tap in taps:
        by_person.setdefault(person, []).append(WEIGHTS[tap])
    if len(by_person) < FEWEST:
        return Figure(None)
    means = [sum(each, Fraction(0)) / len(each) for each in by_person.values()]
    mean = sum(means, Fraction(0)) / len(means)
    return Figure(sum(map(len, by_person.values())), Fraction(round(mean * 10), 10))
