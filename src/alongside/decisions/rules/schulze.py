"""Condorcet by Schulze's method: the winner beats or equals everybody along the strongest path.

Candidates left out of a ballot stand below all that are on it, and level with each other. The strength of a
defeat is the number of ballots for the winner of the pair. Source: Schulze 2011, doi:10.1007/s00355-010-0475-4.
"""

from collections.abc import Sequence
from itertools import permutations

from alongside.decisions.rules.explaining import step
from alongside.decisions.rules.scottish import Elected

# A ballot: ranks from the best down, each a group of equals; and how many like it.
Ranked = tuple[tuple[tuple[str, ...], ...], int]


def schulze(candidates: Sequence[str], ballots: Sequence[Ranked]) -> Elected:
    """All candidates whom nobody beats along a stronger path; more than one only where they are level."""
    wins = pairwise(candidates, ballots)
    paths = strongest_paths(candidates, wins)
    winners = [one for one in candidates if all(paths[one, other] >= paths[other, one] for other in candidates)]
    if not any(many for _, many in ballots):
        winners = []
    steps = []
    for one in winners:
        beaten = tuple(other for other in candidates if wins[one, other] > wins[other, one])
        lost = tuple(other for other in candidates if wins[one, other] < wins[other, one])
        steps.append(step("schulze.beats", what=one, others=beaten) if beaten else step("schulze.beats_none", what=one))
        steps += [
            step("schulze.lost_but", what=one, over=other, path=paths[one, other], back=paths[other, one])
            for other in lost
        ]
    if len(winners) > 1:
        steps.append(step("schulze.level", others=tuple(winners)))
    if not winners:
        steps.append(step("outcome.nobody"))
    return Elected("schulze", tuple(winners), tuple(steps))


def pairwise(candidates: Sequence[str], ballots: Sequence[Ranked]) -> dict[tuple[str, str], int]:
    """How many ballots put the first of a pair above the second."""
    wins = {pair: 0 for one in candidates for pair in [(one, other) for other in candidates]}
    for ranks, many in ballots:
        below = set(candidates)
        for rank in ranks:
            below.difference_update(rank)
            for one in rank:
                for other in below:
                    wins[one, other] += many
    return wins


def strongest_paths(candidates: Sequence[str], wins: dict[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    """For each pair the strength of the strongest path, its weakest defeat (Floyd and Warshall)."""
    paths = {pair: many if many > wins[pair[1], pair[0]] else 0 for pair, many in wins.items()}
    for middle in candidates:
        for one, other in permutations([found for found in candidates if found != middle], 2):
            through = min(paths[one, middle], paths[middle, other])
            paths[one, other] = max(paths[one, other], through)
    return paths
