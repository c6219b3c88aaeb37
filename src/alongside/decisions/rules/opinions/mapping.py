"""The opinion map of a conversation: where people stand, their groups, and whether groups may be shown."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from alongside.decisions.rules.opinions.agreement import Votes
from alongside.decisions.rules.opinions.grouping import grouped
from alongside.decisions.rules.opinions.matrix import matrix
from alongside.decisions.rules.opinions.placing import plane
from alongside.decisions.rules.opinions.stability import Stability, stability

# Measured on seventeen open conversations: below these, groups come and go with who happened to take part.
FEWEST_PEOPLE = 50
LEAST_AGREEMENT = 0.8
MOST_RUNS_WITH_OTHER_K = 1
# As in Polis: who has voted less says too little to be put in a group.
ENOUGH_VOTES = 7


class Hidden(StrEnum):
    """Why groups are not shown."""

    TOO_FEW = "too_few"
    TOO_MIXED = "too_mixed"


@dataclass(frozen=True)
class OpinionMap:
    """`sizes` and `group_of` are what was found; only where `shown` may anybody be told of groups.

    `people`: who voted; `grouped`: those with at least 7 votes, or one on every statement where there are fewer;
    `position_of`: everybody's place, two numbers without a unit; `hidden`: why groups are not shown, or None.
    """

    people: int
    statements: int
    grouped: int
    k: int
    sizes: tuple[int, ...]
    stability: Stability
    hidden: Hidden | None
    position_of: dict[str, tuple[float, float]]
    group_of: dict[str, int]

    @property
    def shown(self) -> bool:
        return self.hidden is None


def opinion_map(votes: Votes, *, out: Collection[str] = ()) -> OpinionMap:
    """Make the map. `votes`: of each voter the vote on each statement, 1, 0 or −1; `out`: statements taken out.

    The same votes give the same map, whatever people and statements are called and in whatever order they come.
    """
    table = matrix(votes, out=out)
    points = plane(table).points
    least = min(ENOUGH_VOTES, len(table.statements))
    rows = np.flatnonzero(table.cast.sum(axis=1) >= least)
    groups = grouped(points[rows])
    steady = stability(table, grouped_rows=rows, labels=groups.labels, least_votes=least)
    return OpinionMap(
        people=len(table.people),
        statements=len(table.statements),
        grouped=len(rows),
        k=groups.k,
        sizes=tuple(np.bincount(groups.labels).tolist()),
        stability=steady,
        hidden=_hidden(len(rows), groups.k, steady),
        position_of={name: (float(x), float(y)) for name, (x, y) in zip(table.people, points, strict=True)},
        group_of={table.people[row]: group for row, group in zip(rows.tolist(), groups.labels.tolist(), strict=True)},
    )


def _hidden(people: int, k: int, steady: Stability) -> Hidden | None:
    if people < FEWEST_PEOPLE:
        return Hidden.TOO_FEW
    if k < 2 or steady.median_agreement < LEAST_AGREEMENT or steady.same_k < steady.runs - MOST_RUNS_WITH_OTHER_K:
        return Hidden.TOO_MIXED
    return None
