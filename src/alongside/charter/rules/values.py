"""The values that a community's rules set, what changes between two sets of them, and what cannot be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Values = dict[str, Any]
Change = Mapping[str, Any]

LIMITS = ("floor_minutes", "soft_floor_minutes", "ceiling_minutes", "soft_ceiling_minutes")
HABITS = ("auto_confirm_days", "hold_days", "inactive_days", "recognised_work_credits")
# In the order in which they are shown. The two lists hold [id, name, division of ICATUS 2016], in their order.
CATEGORIES, RECOGNISED_WORK, HOUSE_RULES = "categories", "recognised_work", "house_rules"
LISTS = (CATEGORIES, RECOGNISED_WORK)
KEYS = (*LIMITS, *HABITS, *LISTS, HOUSE_RULES)

MOST_DAYS = {"auto_confirm_days": 90, "hold_days": 365, "inactive_days": 730}
LONGEST_NAME = {CATEGORIES: 60, RECOGNISED_WORK: 80}
LONGEST_WORDS, WIDEST = 3000, 60_000


def difference(before: Values, after: Values) -> dict[str, Any]:
    """What a version would set: for each value that differs, from what and to what; JSON can hold it."""
    return {key: {"from": before[key], "to": after[key]} for key in KEYS if before[key] != after[key]}


def applied(values: Values, change: Change) -> Values:
    """The values once `change` is in force; what it does not name stays."""
    return {key: change[key]["to"] if key in change else values[key] for key in KEYS}


def stale(values: Values, change: Change) -> list[str]:
    """What `change` was not made against: these have become something else since."""
    return [key for key in KEYS if key in change and change[key]["from"] != values[key]]


def subjects_of(change: Change) -> set[str]:
    """What it is about: the four limits hang together and count as one."""
    return {"limits" if key in LIMITS else key for key in change}


def faults(values: Values) -> list[str]:
    """The keys of values that no community can have; none when all can be."""
    return [key for key in KEYS if not _fits(key, values)]


def _fits(key: str, values: Values) -> bool:
    value = values[key]
    if key in LISTS:
        return _is_list(value, LONGEST_NAME[key]) and (key != CATEGORIES or bool(value))
    if key in MOST_DAYS:
        return _is_number(value) and 1 <= value <= MOST_DAYS[key]
    match key:
        case "recognised_work_credits":
            return isinstance(value, bool)
        case "house_rules":
            return isinstance(value, str) and len(value) <= LONGEST_WORDS
        case "floor_minutes":
            return _is_number(value) and -WIDEST <= value <= 0
        case "soft_floor_minutes":
            return value is None or (_is_number(value) and _is_number(values["floor_minutes"]) and value <= 0
                                     and value >= values["floor_minutes"])  # fmt: skip
        case "ceiling_minutes":
            return value is None or (_is_number(value) and 0 < value <= WIDEST)
        case _soft_ceiling:
            ceiling = values["ceiling_minutes"]
            return value is None or (
                _is_number(value) and 0 <= value <= WIDEST and (not _is_number(ceiling) or value <= ceiling)
            )


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_list(rows: Any, longest: int) -> bool:
    if not isinstance(rows, list) or not all(isinstance(row, list) and len(row) == 3 for row in rows):
        return False
    ids, names = {row[0] for row in rows}, {row[1].strip().casefold() for row in rows}
    return len(ids) == len(names) == len(rows) and all(
        row[1].strip() and len(row[1]) <= longest and _is_number(row[2]) and 1 <= row[2] <= 9 for row in rows
    )


@dataclass(frozen=True)
class ListChange:
    """One thing that differs between two lists. `kind`: added, left, renamed, regrouped (another division), order."""

    kind: str
    before: str
    after: str


def list_changes(before: Iterable[list[Any]], after: Iterable[list[Any]]) -> list[ListChange]:
    """What differs, by the ids of the rows; the order is one change, where what stays stands in another one."""
    old, new = {row[0]: row for row in before}, {row[0]: row for row in after}
    found = [ListChange("added", "", row[1]) for key, row in new.items() if key not in old]
    found += [ListChange("left", row[1], "") for key, row in old.items() if key not in new]
    stays = [key for key in old if key in new]
    for key in stays:
        if old[key][1] != new[key][1]:
            found.append(ListChange("renamed", old[key][1], new[key][1]))
        if old[key][2] != new[key][2]:
            found.append(ListChange("regrouped", str(old[key][2]), str(new[key][2])))
    if stays != [key for key in new if key in old]:
        was, becomes = (", ".join(rows[key][1] for key in order) for rows, order in ((old, stays), (new, new)))
        found.append(ListChange("order", was, becomes))
    return found
