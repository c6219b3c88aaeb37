"""The opinion map of a large conversation with its stability test: with clear groups, and with none."""

import resource
import time
from random import Random

from alongside.decisions.opinion_maps import opinion_map
from bench.finding import Findings
from bench.options import Options
from bench.timing import Spread

PEOPLE, STATEMENTS, ASKED = 2_000, 1_000, 0.12
GOAL = 60_000.0
SMALL = 500

Votes = dict[str, dict[str, int]]


def measure(options: Options, findings: Findings) -> None:
    small = options.accounts < SMALL
    people, statements = (60, 40) if small else (PEOPLE, STATEMENTS)
    for what, groups in (("three groups that are clear", 3), ("no groups, all by chance", 0)):
        votes = conversation(people, statements, groups)
        times, shown = [], False
        for _ in range(min(options.rounds, 3)):
            began = time.perf_counter()
            shown = opinion_map(votes).shown
            times.append((time.perf_counter() - began) * 1e3)
        cast = sum(map(len, votes.values()))
        findings.milliseconds(
            f"{people:,} people, {statements:,} statements, {what}",
            Spread.of(times),
            goal=GOAL,
            remark=f"{cast:,} votes; groups {'shown' if shown else 'not shown'}",
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    findings.remarks.append(f"With the 15 runs of the stability test. {peak} MB at most (goal 1,000 MB).")


def conversation(people: int, statements: int, groups: int) -> Votes:
    """Everybody votes on about every eighth statement; nine in ten votes are those of one's group."""
    chance = Random(groups)
    opinions = [[chance.choice((-1, 1)) for _ in range(statements)] for _ in range(groups)]
    return {
        f"p{who}": {
            f"s{one}": opinions[who % groups][one] if groups and chance.random() < 0.9 else chance.choice((-1, 0, 1))
            for one in range(statements)
            if chance.random() < ASKED
        }
        for who in range(people)
    }
