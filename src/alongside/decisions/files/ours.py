"""Our own files, JSON: yes-or-no decisions, and budgets with ballots by side.

    {"rule": "double-majority", "quorum": {"kind": "turnout", "share": "1/2"}, "threshold": "1/2",
     "rolls": {"staff": 10, "participants": 20},
     "votes": {"staff": {"yes": 6, "no": 4, "abstain": 0}, "participants": {"yes": 11, "no": 9, "abstain": 0}}}

    {"rule": "equal-power-mes", "budget": 1000, "projects": [{"id": "X", "cost": 500}],
     "ballots": [{"side": "staff", "approves": ["X"], "count": 2}]}

Rolls may also be lists of people's ids; then nobody may stand on two. Shares: 0.25, "1/4" or "25 %".
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from alongside.decisions.files.reading import MOST_CHOICES, BadFile, amount, cut
from alongside.decisions.rules.budgeting.election import Ballots, Election, Project
from alongside.decisions.rules.exact import number, share
from alongside.decisions.rules.sides import HALF, NotATally, OnTwoRolls, Quorum, QuorumKind, Tally, check_rolls

MOST = 10**9


@dataclass(frozen=True)
class YesNo:
    """A yes-or-no decision as recorded. `rule` is "" where the file names none."""

    rule: str
    sides: Mapping[str, Tally]
    quorum: Quorum
    threshold: Fraction = HALF


@dataclass(frozen=True)
class Budget:
    """A budget as recorded."""

    rule: str
    election: Election


def read_ours(text: str) -> YesNo | Budget:
    """Raises BadFile; a mistake in the JSON itself with its line."""
    data = parsed(text)
    if not isinstance(data, dict):
        raise BadFile('expected an object such as {"rule": …, "rolls": …, "votes": …}', line=1)
    rule = data.get("rule", "")
    if not isinstance(rule, str):
        raise BadFile('expected "rule" as text')
    rule = rule.replace("_", "-").strip()
    return _budget(rule, data) if "ballots" in data else _yes_no(rule, data)


def parsed(text: str) -> Any:
    """JSON with every name once and numbers that are exact. Raises BadFile."""
    try:
        return json.loads(
            text, parse_float=_decimal, parse_int=_number, parse_constant=_constant, object_pairs_hook=_once
        )
    except json.JSONDecodeError as error:
        raise BadFile(f"expected JSON ({error.msg})", line=error.lineno) from None
    except RecursionError:
        raise BadFile("expected JSON that is not nested this deeply") from None


def _number(text: str) -> int:
    if len(text) > 15:
        raise BadFile(f"expected numbers of at most 15 digits, found {cut(text)}")
    return int(text)


def _decimal(text: str) -> Fraction:
    try:
        return number(text)
    except ValueError:
        raise BadFile(f"expected numbers such as 12.5, without an exponent, found {cut(text)}") from None


def _constant(text: str) -> None:
    raise BadFile(f"expected a number, found {text}")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        again = next(name for name in names if names.count(name) > 1)
        raise BadFile(f"expected {cut(again)} once")
    return found


def _yes_no(rule: str, data: Mapping[str, Any]) -> YesNo:
    rolls, votes = _object(data, "rolls"), _object(data, "votes")
    if set(rolls) != set(votes) or len(rolls) < 2:
        raise BadFile('expected the same two or more sides under "rolls" and "votes"')
    sides = {}
    sizes = _sizes(rolls)
    for side, given in votes.items():
        if not isinstance(given, dict) or not set(given) <= {"yes", "no", "abstain"}:
            raise BadFile(f'expected "yes", "no" and "abstain" for {cut(side)}')
        counts = {word: _count(given.get(word, 0), f"{word} of {cut(side)}") for word in ("yes", "no", "abstain")}
        try:
            sides[side] = Tally(sizes[side], **counts)
        except NotATally as error:
            raise BadFile(f"expected at most as many votes as people for {cut(side)}, found {error}") from None
    return YesNo(rule, sides, _quorum(data.get("quorum")), _share(data.get("threshold", HALF), "threshold"))


def _sizes(rolls: Mapping[str, Any]) -> dict[str, int]:
    lists = {side: roll for side, roll in rolls.items() if isinstance(roll, list)}
    for side, roll in lists.items():
        if not all(isinstance(person, str) for person in roll):
            raise BadFile(f"expected the roll of {cut(side)} as ids of people, as text")
    try:
        check_rolls(lists)
    except OnTwoRolls as error:
        raise BadFile(f"expected each person once, on one roll; found again: {cut(str(error))}") from None
    return {
        side: len(roll) if isinstance(roll, list) else _count(roll, f"people on the roll of {cut(side)}")
        for side, roll in rolls.items()
    }


def _quorum(given: object) -> Quorum:
    if given is None:
        return Quorum()
    if not isinstance(given, dict) or given.get("kind") not in set(QuorumKind):
        raise BadFile('expected "quorum" with "kind": "approval" or "turnout" and a "share"')
    kind = QuorumKind(given["kind"])
    usual = Quorum().share if kind is QuorumKind.APPROVAL else HALF
    return Quorum(kind, _share(given.get("share", usual), "quorum"))


def _budget(rule: str, data: Mapping[str, Any]) -> Budget:
    projects, place_of = list[Project](), dict[str, int]()
    for one in _list(data, "projects"):
        if not isinstance(one, dict) or not isinstance(one.get("id"), str) or one["id"] in place_of:
            raise BadFile('expected projects such as {"id": "X", "cost": 500}, each id once')
        place_of[one["id"]] = len(projects)
        projects.append(Project(one["id"], _amount(one.get("cost"), f"the cost of {cut(one['id'])}")))
    ballots = []
    for place, one in enumerate(_list(data, "ballots"), 1):
        named = one.get("approves") if isinstance(one, dict) else None
        if not isinstance(named, list) or not all(isinstance(name, str) and name in place_of for name in named):
            raise BadFile(f'expected ballot {place} as {{"side": "…", "approves": [ids of projects]}}')
        if len(set(named)) < len(named):
            raise BadFile(f"expected each project once, on ballot {place}")
        places = tuple(sorted(place_of[name] for name in named))
        many = _count(one.get("count", 1), f"count of ballot {place}")
        ballots.append(Ballots(places, many, str(one.get("side", ""))))
    return Budget(rule, Election(_amount(data.get("budget"), "the budget"), projects, ballots))


def _object(data: Mapping[str, Any], name: str) -> dict[str, Any]:
    if not isinstance(data.get(name), dict):
        raise BadFile(f'expected "{name}" with an entry for each side')
    found: dict[str, Any] = data[name]
    return found


def _list(data: Mapping[str, Any], name: str) -> list[Any]:
    if not isinstance(data.get(name), list) or (name == "projects" and not 1 <= len(data[name]) <= MOST_CHOICES):
        raise BadFile(f'expected "{name}" as a list')
    found: list[Any] = data[name]
    return found


def _count(value: object, what: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST:
        raise BadFile(f"expected {what} as a whole number from 0 to {MOST}, found {cut(str(value))}")
    return value


def _amount(value: object, what: str) -> Fraction:
    if isinstance(value, bool) or not isinstance(value, int | Fraction | str):
        raise BadFile(f"expected {what} as a number of 0 or more")
    return amount(str(value), what, line=None) if isinstance(value, str) else _not_negative(Fraction(value), what)


def _not_negative(value: Fraction, what: str) -> Fraction:
    if value < 0:
        raise BadFile(f"expected {what} as a number of 0 or more")
    return value


def _share(value: object, what: str) -> Fraction:
    try:
        return share(value)
    except ValueError:
        raise BadFile(f'expected {what} as a share from 0 to 1, such as "1/2", found {cut(str(value))}') from None
