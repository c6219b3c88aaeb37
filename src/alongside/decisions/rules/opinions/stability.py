"""Whether groups are there or only look so: the map is made again without a fifth of the people, fifteen times."""

from dataclasses import dataclass
from math import floor
from statistics import median

import numpy as np

from alongside.decisions.rules.lots import drawn
from alongside.decisions.rules.opinions.grouping import Labels, grouped
from alongside.decisions.rules.opinions.matrix import Matrix
from alongside.decisions.rules.opinions.placing import plane

RUNS = 15
KEPT = 0.8


@dataclass(frozen=True)
class Stability:
    """`median_agreement`: of the runs with the map of all, as adjusted Rand index; `same_k`: runs with as many groups.

    Both `runs` and `same_k` are counts. Conversations of which Polis published stable groups reach 0.85 and 15 of 15.
    """

    runs: int
    median_agreement: float
    same_k: int


def stability(votes: Matrix, *, grouped_rows: Labels, labels: Labels, least_votes: int) -> Stability:
    """Make the map again from 80 % of all people, drawn by the votes' own digest, and compare.

    `grouped_rows`: rows of the people in groups; `labels`: their groups; `least_votes`: who has fewer is not grouped.
    """
    group_of = np.full(len(votes.people), -1, dtype=np.intp)
    group_of[grouped_rows] = labels
    k = len(set(labels.tolist()))
    rows, seed = [str(row) for row in range(len(votes.people))], votes.digest()
    agreements, same_k = [], 0
    for run in range(RUNS):
        kept = sorted(map(int, drawn(rows, seed=seed, moment=f"run {run}")[: floor(len(rows) * KEPT)]))
        part = votes.of(kept)
        enough = np.flatnonzero(part.cast.sum(axis=1) >= least_votes)
        again = grouped(plane(part).points[enough])
        agreements.append(adjusted_rand(group_of[kept][enough], again.labels))
        same_k += again.k == k
    return Stability(RUNS, median(agreements), same_k)


def adjusted_rand(one: Labels, other: Labels) -> float:
    """How far two groupings of the same people agree: 1 the same, about 0 as by chance, at times below 0.

    Source: Hubert and Arabie 1985, doi:10.1007/BF01908075.
    """
    table = np.zeros((int(one.max(initial=0)) + 1, int(other.max(initial=0)) + 1), dtype=np.int64)
    np.add.at(table, (one, other), 1)
    both, ones, others = _pairs(table), _pairs(table.sum(axis=1)), _pairs(table.sum(axis=0))
    everybody = len(one) * (len(one) - 1) // 2
    most, chance = (ones + others) / 2, ones * others / everybody if everybody else 0.0
    return 1.0 if most == chance else (both - chance) / (most - chance)


def _pairs(counts: Labels) -> int:
    return int((counts * (counts - 1) // 2).sum())
