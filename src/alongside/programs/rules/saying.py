"""How the deciding about a program was shared out between its sides; plain Python."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Deed:
    """What one person had to do with one decision, and for which side: as it was kept when it closed."""

    who: object
    side: str
    decision: object
    took_part: bool
    authored: bool
    adopted: bool


@dataclass(frozen=True)
class SideSaid:
    """What one side had of the deciding.

    `people`: who could take part; `took_part`: how many of them did at least once; `proposals`: how many decided
    proposals somebody of it wrote; `adopted`: how many of those were adopted.
    """

    people: int
    took_part: int
    proposals: int
    adopted: int


def by_side(deeds: Iterable[Deed], *, fewest: int) -> dict[str, SideSaid | None]:
    """For each side what it had; None for a side of fewer than `fewest` people, of whom a count would tell.

    A proposal with authors of both sides counts for both.
    """
    of: dict[str, list[Deed]] = {}
    for deed in deeds:
        of.setdefault(deed.side, []).append(deed)
    return {side: _said(theirs, fewest) for side, theirs in sorted(of.items())}


def _said(deeds: list[Deed], fewest: int) -> SideSaid | None:
    people = {each.who for each in deeds}
    if len(people) < fewest:
        return None
    return SideSaid(
        people=len(people),
        took_part=len({each.who for each in deeds if each.took_part}),
        proposals=len({each.decision for each in deeds if each.authored}),
        adopted=len({each.decision for each in deeds if each.authored and each.adopted}),
    )


def share(part: int, whole: int) -> int:
    """`part` of `whole` in percent, to the nearest whole one; 0 where there is nothing."""
    return round(Fraction(100 * part, whole)) if whole else 0
