"""Which statements build a bridge: agreed with in every group, not just by the many of one.

Source: the group-aware consensus of Polis (https://compdemocracy.org/group-informed-consensus/). The groups are the
sides always, and opinion groups only where those are stable.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction


def group_agreement(agree: int, votes: int) -> Fraction:
    """How likely the next person of a group would agree: (agree + 1) / (votes + 2). Passes count as votes."""
    if not 0 <= agree <= votes:
        raise ValueError(f"{agree} of {votes}")
    return Fraction(agree + 1, votes + 2)


def bridging(groups: Iterable[tuple[int, int]]) -> Fraction:
    """The product over groups of their agreement, above 0 and below 1. Each group: (agree, votes)."""
    score = Fraction(1)
    for agree, votes in groups:
        score *= group_agreement(agree, votes)
    return score


def best_bridges(statements: Mapping[str, Mapping[str, tuple[int, int]]]) -> list[tuple[str, Fraction]]:
    """Statements with their score, best first; level ones by their id. Each: side → (agree, votes)."""
    scores = [(statement, bridging(groups.values())) for statement, groups in statements.items()]
    return sorted(scores, key=lambda pair: (-pair[1], pair[0]))
