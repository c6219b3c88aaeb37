"""Polis' `votes.csv`: a log of votes, in which the last one of a voter on a statement counts."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from alongside.decisions.files.reading import BadFile, cut, read_text
from alongside.decisions.rules.opinions.agreement import agreement

MOST_CELLS = 40_000_000  # people × statements; more would not fit into the memory of a small machine
MOST_LETTERS = 100  # of an id
NEEDED = ("comment-id", "voter-id", "vote")
VOTES = {"1": 1, "0": 0, "-1": -1}
_WHOLE = re.compile(r"-?[0-9]{1,18}")
# Beside votes.csv Polis puts the statements, with how many agree and what moderators said.
STATEMENTS = "comments.csv"
TAKEN_OUT = "-1"


@dataclass(frozen=True)
class Conversation:
    """Of each voter the vote that counts on each statement, and the statements that moderators took out.

    `agree_is`: how the file writes agree, 1 or −1. The votes here are always 1 for agree.
    """

    votes: Mapping[str, Mapping[str, int]]
    out: frozenset[str] = frozenset()
    agree_is: int = 1


def read_conversation(path: Path) -> Conversation:
    """Read `votes.csv`, and `comments.csv` where one stands beside it. Raises BadFile with the line."""
    votes = read_votes(read_text(path, holds="votes"))
    beside = path.with_name(STATEMENTS)
    if beside == path or not beside.is_file():
        return Conversation(votes)
    try:
        told = list(_statements(read_text(beside, holds="statements")))
    except BadFile as error:
        where = f"{STATEMENTS} beside it, line {error.line}" if error.line else f"{STATEMENTS} beside it"
        raise BadFile(f"{where}: {error.expected}") from None
    out = frozenset(name for name, _agrees, _disagrees, moderated in told if moderated == TAKEN_OUT)
    if not _is_turned(votes, {name: (agrees, disagrees) for name, agrees, disagrees, _ in told}):
        return Conversation(votes, out)
    return Conversation({who: {name: -vote for name, vote in cast.items()} for who, cast in votes.items()}, out, -1)


def read_votes(text: str) -> dict[str, dict[str, int]]:
    """Voter → statement → vote. With a column `timestamp` the latest counts, of equal ones the later in the file."""
    last: dict[str, dict[str, tuple[int, int]]] = {}
    statements: set[str] = set()
    for line, row in _rows(text, NEEDED):
        voter, statement = _id(row["voter-id"], "voter-id", line), _id(row["comment-id"], "comment-id", line)
        if row["vote"].strip() not in VOTES:
            raise BadFile(f"expected the vote 1, 0 or -1, found {cut(row['vote'])}", line=line)
        when = _whole(row["timestamp"], "a timestamp", line) if "timestamp" in row else 0
        cast = last.setdefault(voter, {})
        if statement not in cast or when >= cast[statement][0]:
            cast[statement] = (when, VOTES[row["vote"].strip()])
        statements.add(statement)
        if len(last) * len(statements) > MOST_CELLS:
            raise BadFile(f"expected at most {MOST_CELLS:,} people × statements", line=line)
    if not last:
        raise BadFile("expected votes below the names of the columns")
    return {voter: {name: vote for name, (_, vote) in cast.items()} for voter, cast in last.items()}


def _statements(text: str) -> Iterator[tuple[str, int, int, str]]:
    for line, row in _rows(text, ("comment-id", "agrees", "disagrees")):
        counts = [_whole(row[name], name, line) for name in ("agrees", "disagrees")]
        yield row["comment-id"].strip(), counts[0], counts[1], row.get("moderated", "").strip()


def _is_turned(votes: Mapping[str, Mapping[str, int]], told: Mapping[str, tuple[int, int]]) -> bool:
    """Whether agree is −1: the counts beside the log fit better when the votes are turned round."""
    straight = turned = 0
    for name, found in agreement(votes).items():
        if name in told:
            agrees, disagrees = told[name]
            straight += abs(found.agree - agrees) + abs(found.disagree - disagrees)
            turned += abs(found.disagree - agrees) + abs(found.agree - disagrees)
    return turned < straight


def _rows(text: str, needed: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row as column → text, with its line."""
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        head = [name.strip() for name in next(reader, [])]
        twice = [name for name, many in Counter(head).items() if many > 1]
        if twice or not set(needed) <= set(head):
            raise BadFile(f"expected the columns {', '.join(needed)}, each once", line=1)
        for row in reader:
            if not row:
                continue
            if len(row) != len(head):
                raise BadFile(f"expected {len(head)} columns, found {len(row)}", line=reader.line_num)
            yield reader.line_num, dict(zip(head, row, strict=True))
    except csv.Error as error:
        raise BadFile(f"expected values separated by commas ({error})", line=reader.line_num) from None


def _id(text: str, what: str, line: int) -> str:
    if not 0 < len(text.strip()) <= MOST_LETTERS:
        raise BadFile(f"expected a {what} of 1 to {MOST_LETTERS} letters, found {cut(text)}", line=line)
    return text.strip()


def _whole(text: str, what: str, line: int) -> int:
    if not _WHOLE.fullmatch(text.strip()):
        raise BadFile(f"expected {what} as a whole number, found {cut(text)}", line=line)
    return int(text)
