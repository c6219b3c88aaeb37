"""When somebody has time in a week: 21 pieces (7 days, 3 parts of each) packed into one whole number."""

from collections.abc import Iterable
from enum import IntEnum


class Part(IntEnum):
    MORNING = 0
    AFTERNOON = 1
    EVENING = 2


DAYS = range(7)  # 0 is Monday, as in datetime.date.weekday()
ANY_TIME = 0  # nothing chosen: said nothing, so nothing is ruled out


def piece(day: int, part: int) -> int:
    """The bit of one part of one day. `day`: 0 (Monday) to 6; `part`: 0 (morning) to 2 (evening)."""
    if day not in DAYS or part not in list(Part):
        raise ValueError(f"no such piece of the week: {day}, {part}")
    return 1 << (day * len(Part) + part)


def pack(pieces: Iterable[tuple[int, int]]) -> int:
    """Many pieces as one number."""
    packed = ANY_TIME
    for day, part in pieces:
        packed |= piece(day, part)
    return packed


def unpack(packed: int) -> list[tuple[int, int]]:
    """The pieces in a number, Monday morning first."""
    return [(day, part) for day in DAYS for part in Part if packed & piece(day, part)]
