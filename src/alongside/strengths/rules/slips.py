"""A second look at a pile of paper slips before they are posted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

MANY_MINUTES = 8 * 60


@dataclass(frozen=True)
class Slip:
    giver_id: UUID
    receiver_id: UUID
    minutes: int
    helped_on: date


def twins(slips: Sequence[Slip], *, already_posted: Sequence[Slip] = ()) -> tuple[set[int], set[int]]:
    """Positions of slips that look keyed twice: (alike within the pile, alike something already posted)."""
    within = Counter(slips)
    posted = set(already_posted)
    return (
        {position for position, slip in enumerate(slips) if within[slip] > 1},
        {position for position, slip in enumerate(slips) if slip in posted},
    )


def unusually_long(slips: Sequence[Slip]) -> set[int]:
    """Positions of slips of more than eight hours: right sometimes, a slip of the pen more often."""
    return {position for position, slip in enumerate(slips) if slip.minutes > MANY_MINUTES}
