"""Counting large votes exactly, from files to winners: a budget of 90,000 ballots, 1,000 wards."""

import os
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from alongside.decisions.counting import Wishes, count, read_file
from bench.ballots import VOTERS, WARD_BALLOTS, WARDS, write_budget, write_wards
from bench.finding import Findings
from bench.options import Options
from bench.timing import Spread, before_others

GOAL_SHARES, GOAL_WARDS, GOAL_MEGABYTES = 3_000.0, 4_000.0, 500
SMALL = 500
Found = TypeVar("Found")


def measure(options: Options, findings: Findings) -> None:
    small = options.accounts < SMALL
    with tempfile.TemporaryDirectory() as folder:
        budget = write_budget(Path(folder) / "budget.pb", voters=SMALL if small else VOTERS)
        wards = write_wards(Path(folder), wards=5 if small else WARDS, ballots=SMALL if small else WARD_BALLOTS)
        shares(budget, options, findings)
        scottish(wards, options, findings)


def shares(path: Path, options: Options, findings: Findings) -> None:
    """Equal Shares from the file to the winners, plain and with Add1."""
    times, busy, result = timed(lambda: count("mes-add1", read_file(path), Wishes()), options)
    # What this process ever held at once; nothing larger came before.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    raised = next((step.facts["raised"] for step in result.steps if "raised" in step.facts), 0)
    findings.milliseconds(
        "Equal Shares with Add1, exact, from file to winners",
        times,
        goal=GOAL_SHARES,
        remark=f"{len(result.winners or ())} winners after {raised} raises; {peak} MB at most ({GOAL_MEGABYTES} MB)",
    )
    findings.milliseconds("the same by processor time", busy)
    plain, _, _ = timed(lambda: count("mes", read_file(path), Wishes()), options)
    findings.milliseconds("Equal Shares alone, from file to winners", plain)


def scottish(paths: Sequence[Path], options: Options, findings: Findings) -> None:
    """All wards one after the other, from the files to who is elected."""
    times, busy, _ = timed(
        lambda: [count("scottish-stv", read_file(path), Wishes()).winners for path in paths], options
    )
    what = f"Scottish transferable votes, {len(paths):,} wards from file to elected"
    findings.milliseconds(what, times, goal=GOAL_WARDS)
    findings.milliseconds("the same by processor time", busy)


def timed(once: Callable[[], Found], options: Options) -> tuple[Spread, Spread, Found]:
    """Milliseconds of each round, of how many the processor was at work, and what it gave."""
    took, busy = [], []
    with before_others([os.getpid()], wanted=options.first):
        for _ in range(options.rounds):
            began, working = time.perf_counter(), time.process_time()
            found = once()
            took.append((time.perf_counter() - began) * 1e3)
            busy.append((time.process_time() - working) * 1e3)
    return Spread.of(took), Spread.of(busy), found
