"""Ballots of our own votes in the formats that other programs read: `.pb`, `.soi`, `.blt`."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from alongside.decisions.rules.ballots import Style, marks_of, points_of, ranks_of
from alongside.decisions.rules.kinds import Cast, Choice, Terms

# What our rules are called by Pabulib, where it has a word for them.
_RECORDED = {"greedy-skip": "greedy", "mes-add1": "equalshares/add1"}


@dataclass(frozen=True)
class About:
    """What stands in the head of a file besides the votes."""

    title: str
    closed: date | None = None


def exported(terms: Terms, cast: Sequence[Cast], about: About) -> dict[str, str]:
    """The files of a vote among options, by name. Orders are told side by side where each side elects its own."""
    style = terms.kind.style
    if style in (Style.MARKS, Style.POINTS):
        return {"count.pb": pb(terms, cast, about)}
    if style is not Style.RANKS:
        return {}
    if not terms.kind.by_side:
        return {"count.soi": soi(terms.choices, _orders(cast), about), "count.blt": blt(terms, _orders(cast), about)}
    files = {}
    for side in dict.fromkeys(one.side for one in terms.choices):
        running = [one for one in terms.choices if one.side == side]
        place_of = {one.number: place for place, one in enumerate(running, 1)}
        orders = [[place_of[one] for one in order] for order in _orders(cast, side)]
        own = Terms(terms.rule, terms.quorum, choices=tuple(running), seats=terms.seats)
        files[f"count-{side}.blt"] = blt(own, orders, about)
        files[f"count-{side}.soi"] = soi(running, orders, about)
    return files


def _orders(cast: Sequence[Cast], side: str | None = None) -> list[list[int]]:
    return [ranks_of(text) for one, text in cast if side in (None, one) and ranks_of(text)]


def blt(terms: Terms, orders: Sequence[Sequence[int]], about: About) -> str:
    """Orders of candidates as `.blt`; see `files.blt` for the format."""
    lines = [f"{len(terms.choices)} {terms.seats}"]
    lines += [" ".join(["1", *map(str, order), "0"]) for order in orders]
    return _lines(
        [*lines, "0", *(f'"{_one_line(_called(one))}"' for one in terms.choices), f'"{_one_line(about.title)}"']
    )


def soi(choices: Sequence[Choice], orders: Sequence[Sequence[int]], about: About) -> str:
    """Strict, incomplete orders as PrefLib writes them, equal ones together; see `files.preflib`."""
    counts: dict[str, int] = {}
    for order in orders:
        line = ",".join(map(str, order))
        counts[line] = counts.get(line, 0) + 1
    head = [
        "# FILE NAME: count.soi",
        f"# TITLE: {_one_line(about.title)}",
        "# DATA TYPE: soi",
        f"# NUMBER ALTERNATIVES: {len(choices)}",
        f"# NUMBER VOTERS: {len(orders)}",
        f"# NUMBER UNIQUE ORDERS: {len(counts)}",
    ]
    names = [f"# ALTERNATIVE NAME {place}: {_one_line(_called(one))}" for place, one in enumerate(choices, 1)]
    by_number = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return _lines([*head, *names, *(f"{many}: {line}" for line, many in by_number)])


def pb(terms: Terms, cast: Sequence[Cast], about: About) -> str:
    """Ticks or points as Pabulib writes them, with a column `side` of our own; see `files.pabulib`."""
    scoring = terms.kind.style is Style.POINTS
    sheet = io.StringIO()
    rows = csv.writer(sheet, delimiter=";", lineterminator="\n")
    rows.writerows([["META"], ["key", "value"], ["description", _one_line(about.title)]])
    rows.writerow(["num_projects", len(terms.choices)])
    rows.writerow(["num_votes", len(cast)])
    rows.writerow(["budget", terms.budget if terms.kind.has_budget else terms.seats])
    rows.writerow(["vote_type", "scoring" if scoring else "approval"])
    rows.writerow(["rule", _RECORDED.get(terms.rule, terms.rule)])
    if about.closed:
        rows.writerow(["date_end", about.closed.strftime("%d.%m.%Y")])
    rows.writerows([["PROJECTS"], ["project_id", "cost", "name"]])
    rows.writerows([one.number, one.cost or 1, _one_line(_called(one))] for one in terms.choices)
    rows.writerows([["VOTES"], ["voter_id", "side", "vote", *(["points"] if scoring else [])]])
    for place, (side, text) in enumerate(cast, 1):
        points = points_of(text) if scoring else dict.fromkeys(marks_of(text), 1)
        said = [",".join(map(str, points)), *([",".join(map(str, points.values()))] if scoring else [])]
        rows.writerow([place, side, *said])
    return sheet.getvalue()


def _called(one: Choice) -> str:
    """People are told by their number alone: a name can be erased, a file cannot."""
    return one.name or f"candidate {one.number}"


def _one_line(text: str) -> str:
    return " ".join(text.replace('"', "'").split())


def _lines(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
