"""Finding a rota, and saying how good it is.

First the bounds: the network flow, then shares of columns, whose prices are a certificate in whole numbers. Shares are
often whole already, and then the rota is proved best. Otherwise most of them are kept, the rest is searched, and what
the certificate settles is left out of the proof.
"""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite

from alongside.rota.rules.engines import Effort, Verdict
from alongside.rota.rules.flow import flow
from alongside.rota.rules.hunting import OnProgress, Telling, Values, best, with_loads
from alongside.rota.rules.problem import Assignment, Problem
from alongside.rota.rules.program import COUNTING, Program, Row, build

# A rota this close to its bound is told as "within"; beyond, it is merely found.
NEAR = 0.05


class Proof(StrEnum):
    """How sure we are. WITHIN: `Rota.gap` says how far from the bound it is at most."""

    BEST = "best"
    WITHIN = "within"
    FOUND = "found"


class NoRota(Exception):
    """There is no rota. `proved`: none is possible; otherwise time ran out before one was found."""

    def __init__(self, *, proved: bool) -> None:
        super().__init__("no rota is possible" if proved else "no rota was found in time")
        self.proved = proved


@dataclass(frozen=True)
class Rota:
    """`cost`: squares of loads and what people would rather not do; `bound`: no rota costs less.

    `flow`: the network flow's bound. `moves`: assignments of the rota so far that were given up; `fewest_moves`:
    proved that no rota gives up fewer. Where there is a rota so far, `bound` is about those with as few moves.
    """

    assignments: frozenset[Assignment]
    cost: int
    bound: int | None
    flow: int | None
    proof: Proof
    loads: Mapping[str, int]
    seconds: float
    moves: int = 0
    fewest_moves: bool = True

    @property
    def gap(self) -> float | None:
        """How far above the bound it is, as a share: 0.01 is one per cent."""
        return None if self.bound is None else (self.cost - self.bound) / max(self.bound, 1)


def solve(
    problem: Problem,
    seconds: float = 30.0,
    on_progress: OnProgress | None = None,
    *,
    workers: int = 2,
    seed: int = 0,
) -> Rota:
    """The best rota that can be found in `seconds`, or NoRota. The best found is never lost.

    `on_progress` is told, in this thread and about twenty times a second, how far things are; when it returns True,
    the search stops.
    The same problem and seed give the same rota, unless time ran out or it was stopped.
    """
    telling = Telling(on_progress)
    effort = Effort(time.monotonic() + seconds, workers, seed, stop=telling.stop)
    base, program = flow(problem), build(problem)
    start, fewest = _kept(problem, program, effort) if problem.earlier else (None, True)
    floor = base.bound if base else None
    telling.know(bound=floor)
    telling.stop()
    found = best(program, effort, telling=telling, floor=floor, start=start)
    if found.values is None:
        raise NoRota(proved=found.verdict is Verdict.IMPOSSIBLE)
    assignments = program.chosen(found.values)
    cost = problem.cost(assignments)
    bound = min(int(found.bound), cost) if isfinite(found.bound) else None
    moves = len(problem.earlier - assignments)
    proof = _proof(cost, bound)
    return Rota(assignments, cost, bound, floor, proof, loads(problem, assignments), telling.seconds, moves, fewest)


def _proof(cost: int, bound: int | None) -> Proof:
    if bound is None or cost - bound > NEAR * max(bound, 1):
        return Proof.FOUND
    return Proof.BEST if cost <= bound else Proof.WITHIN


def _kept(problem: Problem, program: Program, effort: Effort) -> tuple[Values, bool]:
    """Add the row that keeps as much of the rota so far as can be kept; return a rota that does, and the proof."""
    kept = tuple(place for place, one in enumerate(program.assignments) if one in problem.earlier)
    free = build(problem, priced=False)
    for place in kept:
        free.costs[place] = -1
    found = best(free, effort.part(0.5))
    if found.values is None:
        raise NoRota(proved=found.verdict is Verdict.IMPOSSIBLE)
    program.rows.append(Row(COUNTING, kept, sum(found.values[place] for place in kept)))
    loads_open = (False,) * (len(program.costs) - len(found.values))
    return with_loads(program, (*found.values, *loads_open)), found.verdict is Verdict.BEST


def loads(problem: Problem, assignments: Iterable[Assignment]) -> dict[str, int]:
    """How many duties each household has, nobody left out."""
    found = dict.fromkeys(problem.households, 0)
    for one in assignments:
        found[problem.person_of[one.person].home] += 1
    return found
