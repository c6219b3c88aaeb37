"""How the rules look on pages: a part with its values in words, and versions with what each changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from alongside.charter import words
from alongside.charter.models import CharterLine, CharterVersion
from alongside.charter.parts import Part
from alongside.charter.rules.values import HABITS, HOUSE_RULES, LIMITS, LISTS, Values, difference
from alongside.decisions.subjects import Line
from alongside.people.models import Community


@dataclass(frozen=True)
class PartShown:
    """A part with its values: pairs of a name and what it says, or the names in a list."""

    part: Part
    pairs: list[tuple[str, str]]
    names: list[str]
    is_talk: bool


def part_shown(part: Part, values: Values) -> PartShown:
    """A part as it holds."""
    if part.keys[0] in LISTS:
        return PartShown(part, [], words.names_of(values, part.keys[0]), is_talk=False)
    is_talk = part.keys == (HOUSE_RULES,)
    pairs = [] if is_talk else [(str(words.NAMES[key]), words.said(key, values[key])) for key in part.keys]
    return PartShown(part, pairs, [], is_talk)


@dataclass(frozen=True)
class VersionShown:
    """A version, what it changed, and the vote or round it came of."""

    number: int
    made_at: datetime
    lines: list[Line]
    decision_id: Any
    title: str


def versions_shown(community: Community) -> list[VersionShown]:
    """All versions, the newest first, in two queries."""
    rows = list(CharterVersion.objects.of(community).select_related("decision__proposal").order_by("number"))
    lists: dict[Any, Values] = {row.pk: {kind: [] for kind in LISTS} for row in rows}
    for line in CharterLine.objects.of(community).in_order():
        lists[line.version_id][line.kind].append([str(line.target), line.name, line.division])
    shown: list[VersionShown] = []
    before: Values | None = None
    for row in rows:
        after = {**{key: getattr(row, key) for key in (*LIMITS, *HABITS, HOUSE_RULES)}, **lists[row.pk]}
        changed: list[Line] = words.lines(difference(before, after)) if before is not None else []
        title = row.decision.proposal.title if row.decision else ""
        shown.append(VersionShown(row.number, row.made_at, changed, row.decision_id, title))
        before = after
    return shown[::-1]
