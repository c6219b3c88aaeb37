"""PrefLib's files of orders: .soc, .soi, .toc, .toi.

A head of lines "# NUMBER ALTERNATIVES: 4", then orders such as "60: 3,{1,2},4" with how many gave them.
Source: https://www.preflib.org/format
"""

import re

from alongside.decisions.files.blt import merged
from alongside.decisions.files.reading import MOST_CHOICES, BadFile, Rankings, cut, whole

_HEAD = re.compile(r"#\s*([A-Z ]+?)(?:\s+(\d+))?\s*:\s*(.*)")
_RANK = re.compile(r"\{([^{}]*)\}|([^,{}]+)")
_ORDER = re.compile(r"(?:\{[^{}]*\}|[^,{}]+)(?:,(?:\{[^{}]*\}|[^,{}]+))*")


def read_preflib(text: str) -> Rankings:
    """Alternatives are called by their numbers. Raises BadFile, also when the head's counts do not fit."""
    lines = text.split("\n")
    head = _head(lines)
    many = _stated(head, "NUMBER ALTERNATIVES", least=1, most=MOST_CHOICES)
    names = {key.rpartition(" ")[2]: value for key, (value, _) in head.items() if key.startswith("ALTERNATIVE NAME ")}
    ids = {str(place) for place in range(1, many + 1)}
    if not set(names) <= ids:
        strange = sorted(set(names) - ids)[0]
        raise BadFile(f"expected {many} alternatives, found a name for number {strange}", line=None)
    ballots = []
    for place, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("#"):
            ballots.append(_order(line.strip(), ids, place))
    voters = sum(times for _, times in ballots)
    _agree(head, "NUMBER VOTERS", voters, "ballots")
    _agree(head, "NUMBER UNIQUE ORDERS", len(ballots), "lines of orders")
    if not ballots:
        raise BadFile('expected orders such as "3: 1,2"; the file may be cut off', line=len(lines))
    return Rankings([str(place) for place in range(1, many + 1)], merged(ballots), names)


def _head(lines: list[str]) -> dict[str, tuple[str, int]]:
    head = {}
    for place, line in enumerate(lines, 1):
        if found := _HEAD.fullmatch(line.strip()):
            key = f"{found[1]} {found[2]}" if found[2] else found[1]
            if key in head:
                raise BadFile(f"expected {cut(key)} once", line=place)
            head[key] = (found[3].strip(), place)
    return head


def _stated(head: dict[str, tuple[str, int]], key: str, *, least: int = 0, most: int = 10**12) -> int:
    if key not in head:
        raise BadFile(f'expected a line "# {key}: …" in the head')
    value, place = head[key]
    return whole(value, key.lower(), line=place, least=least, most=most)


def _agree(head: dict[str, tuple[str, int]], key: str, found: int, what: str) -> None:
    if key in head and _stated(head, key) != found:
        value, place = head[key]
        raise BadFile(f"expected {value} {what} as the head says, found {found}; the file may be cut off", line=place)


def _order(line: str, ids: set[str], place: int) -> tuple[tuple[tuple[str, ...], ...], int]:
    times, colon, order = line.partition(":")
    order = order.replace(" ", "")
    if not colon or not _ORDER.fullmatch(order):
        raise BadFile(f'expected an order such as "3: 1,{{2,4}}", found {cut(line)}', line=place)
    many = whole(times, "how many gave this order", line=place, least=1)
    ranks = []
    for found in _RANK.finditer(order):
        rank = tuple(found[1].split(",")) if found[1] is not None else (found[2],)
        ranks.append(rank if rank != ("",) else ())
    named = [one for rank in ranks for one in rank]
    if strange := [one for one in named if one not in ids]:
        raise BadFile(f"expected alternatives from 1 to {len(ids)}, found {cut(strange[0])}", line=place)
    if len(set(named)) < len(named):
        raise BadFile(f"expected each alternative once in an order, found {cut(line)}", line=place)
    return tuple(rank for rank in ranks if rank), many
