"""Who gets a place: bundles that fit whole, and the next in line."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

Part = TypeVar("Part")
One = TypeVar("One")

Free = Mapping[Part, int | None]


def fits(wanted: Mapping[Part, int], free: Free[Part]) -> bool:
    """True when there is room for the whole bundle; None is room without end."""
    return all((room := free.get(part, 0)) is None or count <= room for part, count in wanted.items())


def next_in_line(line: Sequence[tuple[One, Mapping[Part, int]]], free: Free[Part]) -> Iterable[One]:
    """Those who move up, in order: each whose whole bundle fits into what those before have left."""
    left = dict(free)
    for one, wanted in line:
        if fits(wanted, left):
            yield one
            for part, count in wanted.items():
                room = left.get(part, 0)
                left[part] = None if room is None else room - count
