"""Counting large votes exactly: a budget of 90,000 ballots, 1,000 wards; beside other libraries where installed."""

import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

from alongside.decisions.counting import Wishes, count, read_file
from alongside.decisions.files.pabulib import Pabulib
from alongside.decisions.files.reading import Rankings
from alongside.decisions.rules.budgeting.election import Election, Project
from alongside.decisions.rules.budgeting.phragmen import phragmen
from bench.ballots import VOTERS, WARD_BALLOTS, WARDS, write_budget, write_wards
from bench.finding import Findings
from bench.options import Options
from bench.peers import counting as peers
from bench.timing import Spread

GOAL_SHARES, GOAL_WARDS = 3_000.0, 4_000.0
SMALL, PEER_WARDS, SEATS = 500, 25, 10
Found = TypeVar("Found")


def measure(options: Options, findings: Findings) -> None:
    small = options.accounts < SMALL
    with tempfile.TemporaryDirectory() as folder:
        budget = write_budget(Path(folder) / "budget.pb", voters=SMALL if small else VOTERS)
        wards = write_wards(Path(folder), wards=5 if small else WARDS, ballots=SMALL if small else WARD_BALLOTS)
        shares(budget, options, findings)
        scottish(wards, options, findings)
        committees(budget, findings)


def shares(path: Path, options: Options, findings: Findings) -> None:
    """Equal Shares from the file to the winners, plain and with Add1."""
    times, result = timed(lambda: count("mes-add1", read_file(path), Wishes()), options.rounds)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    raised = next((step.facts["raised"] for step in result.steps if "raised" in step.facts), 0)
    findings.milliseconds(
        "Equal Shares with Add1, exact, from file to winners",
        times,
        goal=GOAL_SHARES,
        remark=f"{len(result.winners or ())} winners after {raised} raises; {peak} MB at most so far",
    )
    plain, ours = timed(lambda: count("mes", read_file(path), Wishes()), options.rounds)
    findings.milliseconds("Equal Shares alone, from file to winners", plain)
    if missing("pabutools", findings):
        return
    theirs, bought = timed(peers.pabutools_shares(path), 1)
    remark = f"{'the same' if bought == set(ours.winners or ()) else 'other'} winners"
    findings.times("the same by pabutools (doubles), against ours", against(theirs, plain), remark=remark)


def scottish(paths: Sequence[Path], options: Options, findings: Findings) -> None:
    """All wards one after the other, from the files to who is elected."""
    times, elected = timed(
        lambda: [count("scottish-stv", read_file(path), Wishes()).winners for path in paths], options.rounds
    )
    findings.milliseconds(
        f"Scottish transferable votes, {len(paths):,} wards from file to elected", times, goal=GOAL_WARDS
    )
    if missing("pref_voting", findings):
        return
    some = [ward for path in paths[:PEER_WARDS] if isinstance(ward := read_file(path), Rankings)]
    ours, _ = timed(lambda: [count("scottish-stv", ward, Wishes()) for ward in some], options.rounds)
    theirs, others = timed(peers.pref_voting_scottish(some), 1)
    agree = sum(set(one or ()) == other for one, other in zip(elected, others, strict=False))
    remark = f"{agree} of {len(some)} wards elect the same"
    findings.times("the same by pref_voting, ballots read already, against ours", against(theirs, ours), remark=remark)


def committees(path: Path, findings: Findings) -> None:
    """Phragmén for ten seats on the same approvals."""
    found = read_file(path)
    assert isinstance(found, Pabulib)
    unit = [Project(project.id, Fraction(1)) for project in found.election.projects]
    election: Election = replace(found.election, budget=Fraction(SEATS), projects=unit)
    ours, funded = timed(lambda: phragmen(election), 1)
    findings.milliseconds(f"sequential Phragmén, exact, {SEATS} seats", ours)
    if missing("abcvoting", findings):
        return
    theirs, committee = timed(peers.abcvoting_phragmen(election, SEATS), 1)
    remark = f"{'the same' if committee == set(funded.winners) else 'other'} winners"
    findings.times("the same by abcvoting, against ours", against(theirs, ours), remark=remark)


def missing(library: str, findings: Findings) -> bool:
    """Whether a library is not there to be compared with; it is said so."""
    if peers.installed(library):
        return False
    findings.remarks.append(f"{library}: not installed.")
    return True


def timed(once: Callable[[], Found], rounds: int) -> tuple[Spread, Found]:
    """Milliseconds of each round, and what it gave."""
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        found = once()
        took.append((time.perf_counter() - began) * 1e3)
    return Spread.of(took), found


def against(theirs: Spread, ours: Spread) -> Spread:
    """How many times as long they take, by our median."""
    return Spread(theirs.median / ours.median, theirs.low / ours.median, theirs.high / ours.median)
