"""Where the sides lean: how many of each say that a proposal helps them, worries them, or that they are not sure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

KINDS = ("helps", "worries", "unsure")


@dataclass(frozen=True)
class Stand:
    """One person's reaction: their side ("" when they have none), what they said, and whether the text is older."""

    side: str
    kind: str
    stale: bool = False


@dataclass(frozen=True)
class Leaning:
    """How many of one side said what, all told; `stale` of them spoke about an older version."""

    helps: int = 0
    worries: int = 0
    unsure: int = 0
    stale: int = 0

    @property
    def total(self) -> int:
        return self.helps + self.worries + self.unsure


class Common(StrEnum):
    """What two sides have in common."""

    NOBODY = "nobody"  # neither has said a word
    ONE_SIDE = "one side"  # only one of the two has
    HELPS = "helps"  # on each, more say that it helps than that it worries
    WORRIES = "worries"  # on each, at least as many are worried as helped
    APART = "apart"  # one leans this way, the other that


def leanings(stands: Iterable[Stand]) -> dict[str, Leaning]:
    """Count the reactions of each side that has spoken; "" is for people without a side."""
    counts: dict[str, dict[str, int]] = {}
    for stand in stands:
        side = counts.setdefault(stand.side, dict.fromkeys((*KINDS, "stale"), 0))
        side[stand.kind] += 1
        side["stale"] += stand.stale
    return {side: Leaning(**numbers) for side, numbers in counts.items()}


def common_ground(one: Leaning, other: Leaning) -> Common:
    """What can honestly be said of both sides together. Nobody is added up across sides."""
    if not one.total and not other.total:
        return Common.NOBODY
    if not one.total or not other.total:
        return Common.ONE_SIDE
    lean = {each.helps > each.worries for each in (one, other)}
    if len(lean) == 2:
        return Common.APART
    return Common.HELPS if lean == {True} else Common.WORRIES
