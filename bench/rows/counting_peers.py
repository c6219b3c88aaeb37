"""Our counts against other libraries, on the same ballots in one run: turn by turn, files read before.

By processor time, so that other work on the machine counts for neither.
"""

import json
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

from alongside.decisions.counting import read_file
from alongside.decisions.files.pabulib import Pabulib
from alongside.decisions.files.reading import Rankings
from alongside.decisions.rules.budgeting.election import Election, Funded, Project
from alongside.decisions.rules.budgeting.equal_shares import equal_shares, equal_shares_add1_exhaustive
from alongside.decisions.rules.budgeting.greedy import greedy_skip
from alongside.decisions.rules.budgeting.phragmen import phragmen
from alongside.decisions.rules.schulze import schulze
from alongside.decisions.rules.scottish import scottish_stv
from bench.ballots import WARD_BALLOTS, write_budget, write_wards
from bench.finding import Findings
from bench.options import Options
from bench.peers.counting import PYTHON, Others
from bench.rows.opinions import conversation
from bench.timing import Spread

SMALL, VOTERS, WARDS, SEATS, CANDIDATES = 500, 10_000, 50, 10, 12
PEOPLE, STATEMENTS = 500, 250


@dataclass(frozen=True)
class Match:
    """Ours against theirs. `same`: whether both found the same, in words."""

    library: str
    what: str
    job: str
    file: Path
    ours: Callable[[], Any]
    same: Callable[[Any, Any], str]
    more: dict[str, int]


def measure(options: Options, findings: Findings) -> None:
    small = options.accounts < SMALL
    with tempfile.TemporaryDirectory() as folder, Others() as others:
        if absent := others.missing():
            findings.remarks.append(f"Not compared, as not installed where {PYTHON} points: {', '.join(absent)}.")
        if others.versions:
            there = ", ".join(f"{library} {version}" for library, version in others.versions.items())
            findings.remarks.append(f"{there}; in a Python of their own.")
        for match in matches(Path(folder), SMALL if small else VOTERS, 3 if small else WARDS, small=small):
            if match.library in others.versions:
                play(match, others, options.rounds, findings)


def matches(folder: Path, voters: int, wards: int, *, small: bool) -> list[Match]:
    return [
        *budgets(folder, voters),
        *ranked(folder, wards, SMALL if small else WARD_BALLOTS),
        opinions(folder, *((60, 40) if small else (PEOPLE, STATEMENTS))),
    ]


def play(match: Match, others: Others, rounds: int, findings: Findings) -> None:
    """Turn by turn; the first turn of each warms up and is not counted."""
    ours, theirs, found, answer = [], [], match.ours(), others.does(match.job, match.file, **match.more)
    for _ in range(rounds):
        began = time.process_time()
        found = match.ours()
        ours.append(time.process_time() - began)
        answer = others.does(match.job, match.file, **match.more)
        theirs.append(answer.busy)
    ratios = Spread.of([their / our for their, our in zip(theirs, ours, strict=True)])
    medians = f"{Spread.of(ours).median * 1e3:,.1f} ms against {Spread.of(theirs).median * 1e3:,.1f} ms"
    remark = f"{medians}; {match.same(found, answer.found)}"
    findings.times(f"{match.library}, {match.what}: their time by ours", ratios, remark=remark)


def budgets(folder: Path, voters: int) -> list[Match]:
    path = write_budget(folder / "budget.pb", voters=voters)
    found = read_file(path)
    assert isinstance(found, Pabulib)
    election = found.election

    def ours(rule: Callable[[Election], Funded]) -> Callable[[], list[str]]:
        # A new election each time: it remembers what it has reckoned.
        return lambda: sorted(rule(replace(election)).winners)

    def match(what: str, job: str, rule: Callable[[Election], Funded]) -> Match:
        return Match("pabutools", f"{what}, {voters:,} ballots", job, path, ours(rule), _winners, {})

    unit = [Project(project.id, Fraction(1)) for project in election.projects]
    committee: Election = replace(election, budget=Fraction(SEATS), projects=unit)
    file = _written(
        folder / "approvals.json",
        {
            "projects": len(unit),
            "ballots": [(group.projects, group.count) for group in election.ballots if group.projects],
        },
    )
    seats = {"seats": SEATS}
    return [
        match("Equal Shares", "pabutools_shares", equal_shares),
        match("Equal Shares with Add1 until nothing fits", "pabutools_add1", equal_shares_add1_exhaustive),
        match("greedy", "pabutools_greedy", greedy_skip),
        Match(
            "abcvoting", f"Phragmén, {SEATS} seats", "abcvoting_phragmen", file,
            lambda: sorted(map(int, phragmen(replace(committee)).winners)), _winners, seats,
        ),
    ]  # fmt: skip


def ranked(folder: Path, wards: int, ballots: int) -> list[Match]:
    read = [
        found
        for path in write_wards(folder, wards=wards, ballots=ballots)
        if isinstance(found := read_file(path), Rankings)
    ]
    file = _written(
        folder / "wards.json",
        [{"candidates": list(ward.candidates), "seats": ward.seats, "ballots": ward.strict()} for ward in read],
    )
    prepared = [(list(ward.candidates), ward.strict(), ward.seats or 1) for ward in read]

    def elected() -> list[list[str]]:
        return [sorted(scottish_stv(*ward).winners) for ward in prepared]

    what = f"transferable votes, {wards} wards of {ballots:,} ballots"
    return [
        Match("pref_voting", f"Scottish {what}", "pref_voting_scottish", file, elected, _wards, {}),
        Match("pyrankvote", what, "pyrankvote_stv", file, elected, _wards, {}),
        _schulze(folder, ballots),
    ]


def _schulze(folder: Path, ballots: int) -> Match:
    chance, candidates = Random(5), [str(one) for one in range(CANDIDATES)]
    orders: dict[tuple[str, ...], int] = {}
    for _ in range(ballots):
        order = tuple(chance.sample(candidates, chance.randint(1, CANDIDATES)))
        orders[order] = orders.get(order, 0) + 1
    file = _written(folder / "orders.json", [{"candidates": candidates, "seats": 1, "ballots": list(orders.items())}])
    ranks = [(tuple((one,) for one in order), many) for order, many in orders.items()]
    what = f"Schulze, {CANDIDATES} candidates, {ballots:,} ballots"
    return Match(
        "pref_voting", what, "pref_voting_schulze", file,
        lambda: sorted(schulze(candidates, ranks).winners), _winners, {},
    )  # fmt: skip


def opinions(folder: Path, people: int, statements: int) -> Match:
    """One map without the 15 runs of our stability test, which they have not. Theirs also picks telling statements."""
    import numpy as np

    from alongside.decisions.rules.opinions.grouping import grouped
    from alongside.decisions.rules.opinions.mapping import ENOUGH_VOTES
    from alongside.decisions.rules.opinions.matrix import matrix
    from alongside.decisions.rules.opinions.placing import plane
    from alongside.decisions.rules.opinions.stability import adjusted_rand

    votes = conversation(people, statements, 3)
    file = _written(
        folder / "votes.json",
        [
            {"participant_id": int(who[1:]), "statement_id": int(one[1:]), "vote": vote}
            for who, said in votes.items()
            for one, vote in said.items()
        ],
    )

    def ours() -> dict[str, int]:
        table = matrix(votes)
        rows = np.flatnonzero(table.cast.sum(axis=1) >= ENOUGH_VOTES)
        labels = grouped(plane(table).points[rows]).labels
        return {table.people[row][1:]: group for row, group in zip(rows.tolist(), labels.tolist(), strict=True)}

    def same(mine: dict[str, int], other: dict[str, int]) -> str:
        both = sorted(set(mine) & set(other))
        alike = adjusted_rand(np.array([mine[who] for who in both]), np.array([other[who] for who in both]))
        return f"{len(set(mine.values()))} groups against {len(set(other.values()))}, adjusted Rand index {alike:.2f}"

    what = f"opinion map, {people:,} people, {statements:,} statements"
    return Match("red-dwarf", what, "reddwarf_groups", file, ours, same, {})


def _winners(mine: list[Any], others: list[Any]) -> str:
    return "the same winners" if mine == others else f"{len(set(mine) & set(others))} of {len(mine)} winners the same"


def _wards(mine: list[list[str]], others: list[list[str] | None]) -> str:
    alike, given_up = sum(one == other for one, other in zip(mine, others, strict=True)), others.count(None)
    told = f"{alike} of {len(mine)} wards elect the same"
    return f"{told}; it gives up on {given_up}" if given_up else told


def _written(path: Path, what: Any) -> Path:
    path.write_text(json.dumps(what), encoding="utf-8")
    return path
