"""Rotas of nurseries: proved best, near the bound, and why there is none; against the flow and plain CP-SAT."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice

from alongside.rota.rules.clashing import explain
from alongside.rota.rules.flow import flow
from alongside.rota.rules.hunting import Progress
from alongside.rota.rules.problem import Problem
from alongside.rota.rules.solving import NoRota, Proof, Rota, solve
from alongside.rota.rules.words import about_clashes, in_english
from bench.finding import Findings
from bench.nurseries import OPENING_DAYS, nursery
from bench.options import Options
from bench.plain_rota import Plain, plain
from bench.timing import Spread, before_others

SEEDS, PLAIN_SECONDS, NEAR = 20, 30.0, 1.01
GOAL_SMALL, GOAL_NEAR, GOAL_LARGE, GOAL_REASON = 1_000.0, 2_000.0, 30_000.0, 1_000.0
SMALL = 500


@dataclass(frozen=True)
class Run:
    """One problem solved. Milliseconds until a rota within 1 % of the bound was known, until the end, and busy."""

    rota: Rota
    near: float
    took: float
    busy: float


def measure(options: Options, findings: Findings) -> None:
    smoke = options.accounts < SMALL
    seeds, days = (range(1, 3), 20) if smoke else (range(1, SEEDS + 1), OPENING_DAYS)
    large = (60, 2) if smoke else (200, 10)
    findings.remarks.append(f"{len(seeds)} nurseries each, of as many seeds; every one is solved once, by 2 workers.")
    solve(nursery(30, 2, days=20))  # loads the solvers
    with before_others([os.getpid()], wanted=options.first):
        small = [run(nursery(30, 2, seed=seed, days=days)) for seed in seeds]
        problems = [nursery(*large, seed=seed, hard=True, days=days) for seed in seeds]
        hard = [one for problem in problems if (one := run(problem))]
        flows = [timed(lambda problem=problem: flow(problem))[0] for problem in problems]  # type: ignore[misc]
        others = [plain(problem, 1.0 if smoke else PLAIN_SECONDS) for problem in problems]
        why = reasons(2 if smoke else SEEDS, days)
    tell(findings, "30 families, 2 places a day", [one for one in small if one], GOAL_SMALL)
    what = f"{large[0]} families, {large[1]} places a day, hard rules"
    tell(findings, what, hard, GOAL_LARGE, near=GOAL_NEAR)
    compare(findings, what, hard, others)
    findings.milliseconds("the network flow alone, the same problems", Spread.of(flows))
    findings.milliseconds("30 families, hard rules: why no rota is possible, in words", why[0], goal=GOAL_REASON)
    findings.milliseconds("the same by processor time", why[1])


def timed(once: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds it took, and of how many a processor was at work."""
    began, working = time.perf_counter(), time.process_time()
    once()
    return (time.perf_counter() - began) * 1e3, (time.process_time() - working) * 1e3


def run(problem: Problem) -> Run | None:
    """None where no rota is possible."""
    told: list[Progress] = []
    began, working = time.perf_counter(), time.process_time()
    try:
        rota = solve(problem, GOAL_LARGE / 1e3, told.append)
    except NoRota:
        return None
    took, busy = time.perf_counter() - began, time.process_time() - working
    near = next((one.seconds for one in told if one.cost and one.bound and one.cost <= one.bound * NEAR), took)
    return Run(rota, near * 1e3, took * 1e3, busy * 1e3)


def tell(findings: Findings, what: str, runs: Sequence[Run], goal: float, near: float | None = None) -> None:
    if not runs:
        findings.remarks.append(f"{what}: no rota is possible.")
        return
    proved = sum(one.rota.proof is Proof.BEST for one in runs)
    above = max(one.rota.cost / one.rota.flow for one in runs if one.rota.flow)
    remark = f"{proved} of {len(runs)} proved best; at most {above - 1:.2%} above the flow's bound"
    if near is not None:
        findings.milliseconds(f"{what}: within 1 % of the bound", Spread.of([one.near for one in runs]), goal=near)
    findings.milliseconds(f"{what}: proved best", Spread.of([one.took for one in runs]), goal=goal, remark=remark)
    findings.milliseconds("the same by processor time", Spread.of([one.busy for one in runs]))


def compare(findings: Findings, what: str, ours: Sequence[Run], others: Sequence[Plain]) -> None:
    if len(ours) != len(others):
        return
    proved = sum(one.proved for one in others)
    found = [one.cost / run.rota.cost - 1 for one, run in zip(others, ours, strict=True) if one.cost]
    remark = f"plain CP-SAT, 2 workers, {PLAIN_SECONDS:g} s at most: {proved} of {len(others)} proved"
    if found:
        remark += f"; its costs are up to {max(found):.2%} above the best"
    ratios = [one.seconds * 1e3 / run.took for one, run in zip(others, ours, strict=True)]
    findings.times(f"{what}: time of plain CP-SAT by ours", Spread.of(ratios), remark=remark)


def reasons(many: int, days: int) -> tuple[Spread, Spread]:
    """The first so many nurseries of thirty families for which the hard rules are too hard."""
    taken = [timed(lambda problem=problem: said(problem)) for problem in islice(too_hard(days), many)]  # type: ignore[misc]
    return Spread.of([took for took, _ in taken]), Spread.of([busy for _, busy in taken])


def said(problem: Problem) -> list[str]:
    return in_english(about_clashes(problem, explain(problem)))


def too_hard(days: int) -> Iterator[Problem]:
    for seed in count(1):
        problem = nursery(30, 2, seed=seed, hard=True, days=days)
        if run(problem) is None:
            yield problem
