"""The most approved, or the best scored, of several: one or more winners.

Equal numbers at the last seat are settled by a lot with a seed published before opening (`lots`). What nobody
supports is not chosen.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from alongside.decisions.rules.explaining import Step, step
from alongside.decisions.rules.lots import drawn
from alongside.decisions.rules.scottish import Elected


def approval(candidates: Sequence[str], votes: Mapping[str, int], seats: int = 1, *, seed: str = "") -> Elected:
    """The `seats` candidates with the most approvals."""
    return _best("approval", candidates, votes, seats, seed)


def score(candidates: Sequence[str], points: Mapping[str, Fraction], seats: int = 1, *, seed: str = "") -> Elected:
    """The `seats` candidates with the most points."""
    return _best("score", candidates, points, seats, seed)


def approvals(ballots: Sequence[tuple[Sequence[str], int]]) -> dict[str, int]:
    """Approvals of each candidate; a ballot is whom it names, once each, and how many like it."""
    votes: dict[str, int] = {}
    for named, many in ballots:
        for one in set(named):
            votes[one] = votes.get(one, 0) + many
    return votes


def _best(
    rule: str, candidates: Sequence[str], got: Mapping[str, Fraction] | Mapping[str, int], seats: int, seed: str
) -> Elected:
    figures = {one: got.get(one, 0) for one in candidates}
    wanted = sorted((one for one in candidates if figures[one] > 0), key=lambda one: -figures[one])
    winners, steps, lots = wanted[:seats], list[Step](), 0
    if len(wanted) > seats and figures[wanted[seats - 1]] == figures[wanted[seats]]:
        edge = figures[wanted[seats]]
        tied = [one for one in wanted if figures[one] == edge]
        above = [one for one in wanted if figures[one] > edge]
        winners = above + drawn(tied, seed=seed, moment=rule)[: seats - len(above)]
        steps.append(step("picked.lot", others=tuple(tied), what=tuple(winners[len(above) :])))
        lots = 1
    told = [step(f"picked.{rule}", what=one, got=figures[one]) for one in winners]
    missed = [step("picked.not", what=one, got=figures[one]) for one in wanted if one not in winners][:1]
    return Elected(rule, tuple(winners), (*told, *missed, *steps) or (step("outcome.nobody"),), lots)
