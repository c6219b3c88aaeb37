"""`.pb` files of Pabulib: a budget, projects and ballots in three sections of a table with semicolons.

Read are approval, choose-1, ordinal, cumulative and scoring ballots. A column `side` (ours) says which side a
voter is on. Source: https://pabulib.org/format
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from alongside.decisions.files.reading import MOST_CHOICES, BadFile, amount, cut, whole
from alongside.decisions.rules.budgeting.election import Ballots, Election, Project

APPROVING, POINTS, RANKED = {"approval", "choose-1"}, {"cumulative", "scoring"}, "ordinal"
SECTIONS = ("META", "PROJECTS", "VOTES")
# Names are long in some cities, but a field as long as this is a quotation mark that was never closed.
_LONGEST_FIELD = 100_000
Rows = list[tuple[int, list[str]]]


@dataclass(frozen=True)
class Pabulib:
    """What a .pb file holds. `selected`: the projects it records as funded, None where it does not say.

    `orders`: each ballot's projects as listed, best first where votes are ordinal, and how many like it.
    """

    meta: Mapping[str, str]
    election: Election
    selected: tuple[str, ...] | None
    orders: Sequence[tuple[tuple[str, ...], int]]

    @property
    def rule(self) -> str:
        return self.meta.get("rule", "").strip()


def read_pabulib(text: str) -> Pabulib:
    """Raises BadFile: sections or columns missing, counts that do not fit, unknown or repeated ids."""
    sections = _sections(text)
    meta = _meta(sections["META"])
    kind = meta.get("vote_type", "").strip().lower()
    if kind not in {*APPROVING, *POINTS, RANKED}:
        raise BadFile(f"expected vote_type approval, choose-1, ordinal, cumulative or scoring, found {cut(kind)}")
    columns, rows = _table(sections["PROJECTS"], "PROJECTS", ("project_id", "cost"))
    projects = _projects(columns, rows)
    _agree(meta, "num_projects", len(projects), "projects")
    place_of = {project.id: place for place, project in enumerate(projects)}
    ballots = _Ballots(kind, place_of, *_table(sections["VOTES"], "VOTES", ("voter_id", "vote")), meta)
    _agree(meta, "num_votes", len(ballots.rows), "votes")
    given = meta.get("min_project_score_threshold", "").strip()
    election = Election(
        amount(_needed(meta, "budget"), "the budget", line=None),
        projects,
        ballots.grouped(),
        amount(given, "min_project_score_threshold", line=None) if given else None,
        kind,
    )
    _check_totals(election, columns, rows)
    return Pabulib(meta, election, _selected(columns, rows, projects), ballots.orders())


def _sections(text: str) -> dict[str, Rows]:
    sections: dict[str, Rows] = {}
    rows: Rows | None = None
    for line, cells in _cells(text):
        if len(cells) == 1 and (name := cells[0].strip().upper()) in SECTIONS:
            if name in sections or name != SECTIONS[len(sections)]:
                raise BadFile(f"expected the sections {', '.join(SECTIONS)}, each once, in this order", line=line)
            rows = sections[name] = []
        elif rows is None:
            raise BadFile(f"expected META in the first line, found {cut(';'.join(cells))}", line=line)
        else:
            rows.append((line, cells))
    for name in SECTIONS:
        if name not in sections:
            raise BadFile(f"expected a section {name}; the file may be cut off", line=text.count("\n") + 1)
    return sections


def _cells(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not blank, each with the number of its first line."""
    lines = text.split("\n")
    if '"' not in text:
        yield from ((place, line.split(";")) for place, line in enumerate(lines, 1) if line.strip())
        return
    reader, first = csv.reader((f"{line}\n" for line in lines), delimiter=";"), 1
    csv.field_size_limit(_LONGEST_FIELD)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield first, cells
            first = reader.line_num + 1
    except csv.Error:
        raise BadFile("expected a quotation mark that is closed again", line=first) from None


def _meta(rows: Rows) -> dict[str, str]:
    meta: dict[str, str] = {}
    for line, cells in rows:
        key, value = cells[0].strip(), cells[1].strip() if len(cells) > 1 else ""
        if key in meta:
            raise BadFile(f"expected {cut(key)} once in META", line=line)
        meta[key] = value
    return meta


def _needed(meta: Mapping[str, str], key: str) -> str:
    if not meta.get(key):
        raise BadFile(f"expected {key} in META")
    return meta[key]


def _agree(meta: Mapping[str, str], key: str, found: int, what: str) -> None:
    if meta.get(key) and whole(meta[key], key, line=None) != found:
        raise BadFile(f"expected {meta[key]} {what} as META says, found {found}; the file may be cut off")


def _table(rows: Rows, name: str, needed: Sequence[str]) -> tuple[dict[str, int], Rows]:
    if not rows:
        raise BadFile(f"expected columns under {name}; the file may be cut off")
    line, cells = rows[0]
    columns = {cell.strip().lower(): place for place, cell in enumerate(cells)}
    for column in needed:
        if column not in columns:
            raise BadFile(f"expected a column {column} under {name}", line=line)
    short = max(columns[column] for column in needed)
    for line, cells in rows[1:]:
        if len(cells) <= short:
            raise BadFile(f"expected at least {short + 1} columns, found {len(cells)}", line=line)
    return columns, rows[1:]


def _projects(columns: Mapping[str, int], rows: Rows) -> list[Project]:
    seen: set[str] = set()
    projects = []
    if not 1 <= len(rows) <= MOST_CHOICES:
        raise BadFile(f"expected from 1 to {MOST_CHOICES} projects, found {len(rows)}")
    for line, cells in rows:
        name = cells[columns["project_id"]].strip()
        if not name or "," in name or name in seen:
            raise BadFile(f"expected a project_id of its own, found {cut(name)}", line=line)
        seen.add(name)
        cost = amount(cells[columns["cost"]], "the cost", line=line)
        projects.append(Project(name, cost, _cell(columns, cells, "name")))
    return projects


def _cell(columns: Mapping[str, int], cells: Sequence[str], name: str) -> str:
    place = columns.get(name)
    return cells[place].strip() if place is not None and place < len(cells) else ""


def _selected(columns: Mapping[str, int], rows: Rows, projects: Sequence[Project]) -> tuple[str, ...] | None:
    if "selected" not in columns:
        return None
    marks = [_cell(columns, cells, "selected") for _, cells in rows]
    return tuple(project.id for project, mark in zip(projects, marks, strict=True) if mark not in ("", "0"))


def _check_totals(election: Election, columns: Mapping[str, int], rows: Rows) -> None:
    """Where the file states votes or points of a project, the ballots must give the same."""
    column = "votes" if election.kind in APPROVING else "score" if election.kind in POINTS else ""
    for place, (line, cells) in enumerate(rows):
        stated = _cell(columns, cells, column)
        if stated and amount(stated, column, line=line) != election.scores[place]:
            found = election.scores[place]
            raise BadFile(f"expected {stated} {column} for this project, the ballots give {found}", line=line)


class _Ballots:
    """The section VOTES: each voter once, each project once on a ballot."""

    def __init__(
        self, kind: str, place_of: Mapping[str, int], columns: Mapping[str, int], rows: Rows, meta: Mapping[str, str]
    ) -> None:
        self.kind, self.place_of, self.columns, self.rows = kind, place_of, columns, rows
        self.longest = whole(meta["max_length"], "max_length", line=None) if meta.get("max_length") else None
        if kind in POINTS and "points" not in columns:
            raise BadFile(f"expected a column points under VOTES, as votes are {kind}")
        self._voters_once()
        self.counts = self._counted()
        self.named = [tuple(self._named(vote, first)) for (vote, _, _), (_, first) in self.counts.items()]

    def _voters_once(self) -> None:
        voter = self.columns["voter_id"]
        names = [cells[voter] for _, cells in self.rows]
        if len(set(names)) < len(names):
            seen: set[str] = set()
            for line, cells in self.rows:
                if cells[voter] in seen:
                    raise BadFile(f"expected each voter once, found {cut(cells[voter])} again", line=line)
                seen.add(cells[voter])

    def _counted(self) -> dict[tuple[str, str, str], tuple[int, int]]:
        """Ballots that are written alike: (vote, points, side) → how many, and the first line."""
        counts: dict[tuple[str, str, str], tuple[int, int]] = {}
        vote, points = self.columns["vote"], "points" if self.kind in POINTS else ""
        side = next((name for name in ("side", "constituency", "roll") if name in self.columns), "")
        for line, cells in self.rows:
            extra = (
                (_cell(self.columns, cells, points), _cell(self.columns, cells, side)) if points or side else ("", "")
            )
            key = (cells[vote], *extra)
            many, first = counts.get(key, (0, line))
            counts[key] = (many + 1, first)
        return counts

    def orders(self) -> list[tuple[tuple[str, ...], int]]:
        return [(named, many) for named, (many, _) in zip(self.named, self.counts.values(), strict=True)]

    def grouped(self) -> list[Ballots]:
        """Equal ballots together; for points and ranks in the order listed, else in the order of the projects."""
        longest = self.longest or max((vote.count(",") + 1 for vote, _, _ in self.counts), default=0)
        groups: dict[tuple[tuple[int, ...], tuple[Fraction, ...] | None, str], int] = {}
        for named, ((_, given, side), (many, first)) in zip(self.named, self.counts.items(), strict=True):
            places = tuple([self.place_of[one] for one in named])
            points: tuple[Fraction, ...] | None = None
            if self.kind in POINTS:
                points = self._points(given, len(places), first)
            elif self.kind == RANKED:
                points = tuple([Fraction(longest - place) for place in range(len(places))])
            else:
                places = tuple(sorted(places))
            key = (places, points, side)
            groups[key] = groups.get(key, 0) + many
        return [Ballots(places, many, side, points) for (places, points, side), many in groups.items()]

    def _named(self, vote: str, line: int) -> list[str]:
        named = [one.strip() for one in vote.split(",")] if vote.strip() else []
        if len(set(named)) < len(named):
            raise BadFile(f"expected each project once on a ballot, found {cut(vote)}", line=line)
        for one in named:
            if one not in self.place_of:
                raise BadFile(f"expected ids of projects, found {cut(one)}", line=line)
        if self.kind == "choose-1" and len(named) > 1:
            raise BadFile(f"expected one project on a ballot, found {len(named)}", line=line)
        if self.longest is not None and len(named) > self.longest:
            raise BadFile(f"expected at most {self.longest} projects on a ballot, found {len(named)}", line=line)
        return named

    def _points(self, given: str, many: int, line: int) -> tuple[Fraction, ...]:
        points = tuple([amount(one, "points", line=line) for one in given.split(",")]) if given else ()
        if len(points) != many:
            raise BadFile(f"expected points for {many} projects, found {len(points)}", line=line)
        return points
