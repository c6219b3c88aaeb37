"""Statements on an open question: which are refused unread, whose turn it is, and which numbers may be told."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256

from alongside.decisions.rules.bridging import bridging
from alongside.decisions.rules.opinions.agreement import Agreement, Votes, agreement_by_side
from alongside.decisions.rules.publishing import FEWEST

_LINK = re.compile(
    r"\w+://|\bwww\.|\bmailto:|\S@\S+\.\w|\b[\w-]+\.\w{2,}/"
    r"|\b[\w-]+\.(?:com|org|net|info|biz|io|eu|es|uk|de|fr|it|pt|cat|us)\b",
    re.IGNORECASE,
)


def has_link(text: str) -> bool:
    """Does a sentence hold an address of the web or of electronic mail?"""
    return _LINK.search(text) is not None


def in_turn(person: str, votes_on: Mapping[str, int]) -> list[str]:
    """Statements in the order in which a person meets them: fewest votes first, level ones by a hash of both ids.

    The same each time for one person, and another order for another: nobody's sentence is always first.
    """
    return sorted(votes_on, key=lambda one: (votes_on[one], sha256(f"{person}:{one}".encode()).hexdigest()))


@dataclass(frozen=True)
class Told:
    """What may be told of a statement. `sides`: None where fewer than 5 people of that side have said a word."""

    statement: str
    score: Fraction
    sides: dict[str, Agreement | None]


def told(votes: Votes, side_of: Mapping[str, str]) -> list[Told]:
    """Statements, best bridge first, level ones by their id.

    A side whose numbers are hidden counts in the score as if nobody of it had voted: otherwise the score, set beside
    the numbers of the others, would tell what single people said.
    """
    found = []
    for statement, sides in agreement_by_side(votes, side_of).items():
        shown = {str(side): one if one.votes >= FEWEST else None for side, one in sides.items()}
        score = bridging((one.agree, one.votes) if one else (0, 0) for one in shown.values())
        found.append(Told(statement, score, shown))
    return sorted(found, key=lambda one: (-one.score, one.statement))


def digest(votes: Votes, side_of: Mapping[str, str]) -> str:
    """SHA-256 of all votes without names: the same votes, the same digest."""
    rows: Iterable[str] = (
        f"{side_of.get(voter, '')}:" + ",".join(f"{name}={vote}" for name, vote in sorted(cast.items()))
        for voter, cast in votes.items()
    )
    return sha256("\n".join(sorted(rows)).encode()).hexdigest()
