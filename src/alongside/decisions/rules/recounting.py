"""Counting again: ballots go out as plain data, come back, and must give the stored result.

The data is what `alongside count` reads and prints as JSON: {"rule", "sides": {side: {"roll", "yes", "no", "abstain"}}}
is spelled "rolls" and "votes" there, see `as_data`.
"""

from collections.abc import Iterable, Mapping

from alongside.decisions.rules.exact import share, written
from alongside.decisions.rules.sides import HALF, Decided, Quorum, QuorumKind, Tally, double_majority, parity_weighted

YES_NO_RULES = ("double-majority", "parity-weighted")


def as_data(rule: str, sides: Mapping[str, Tally], quorum: Quorum, threshold: object = HALF) -> dict[str, object]:
    """A yes-or-no decision as it is exported."""
    return {
        "rule": rule,
        "quorum": {"kind": str(quorum.kind), "share": written(quorum.share)},
        "threshold": written(share(threshold)),
        "rolls": {side: tally.roll for side, tally in sides.items()},
        "votes": {side: {"yes": tally.yes, "no": tally.no, "abstain": tally.abstain} for side, tally in sides.items()},
    }


def tallied(ballots: Iterable[tuple[str, str]], rolls: Mapping[str, int]) -> dict[str, Tally]:
    """Tallies from single ballots (side, "yes" | "no" | "abstain"). Raises KeyError for another side or word."""
    counts = {side: {"yes": 0, "no": 0, "abstain": 0} for side in rolls}
    for side, said in ballots:
        counts[side][said] += 1
    return {side: Tally(rolls[side], **counts[side]) for side in rolls}


def recount(
    rule: str, sides: Mapping[str, Tally], *, quorum: Quorum | None = None, threshold: object = HALF
) -> Decided:
    """Count a yes-or-no decision by the name of its rule. Raises KeyError for an unknown rule."""
    rules = {
        "double-majority": lambda: double_majority(sides, quorum=quorum, threshold=share(threshold)),
        "parity-weighted": lambda: parity_weighted(sides, quorum=quorum),
    }
    return rules[rule]()


def quorum_of(kind: str, part: object) -> Quorum:
    """A quorum from its exported words. Raises ValueError."""
    return Quorum(QuorumKind(kind), share(part))
