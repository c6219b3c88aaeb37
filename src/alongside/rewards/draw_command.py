"""`alongside draw FILE`: draw a published draw again. Needs no database and no Django."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from alongside.rewards.rules import drawing

help = "Draw a published draw again from its file, and say whether the same entries win."
MOST_BYTES = 20_000_000


class BadFile(Exception):
    """The file is no draw that can be drawn again; `args[0]` says what was expected."""


def main(words: Sequence[str]) -> int:
    """Print what was found. The exit status: 0 it agrees, 1 it does not, 2 the file cannot be drawn."""
    parser = argparse.ArgumentParser(prog="alongside draw", description=help)
    parser.add_argument("file", metavar="FILE", help="the file from the page of the draw, a .json")
    asked = parser.parse_args(words)
    try:
        told, entries = read_draw(Path(asked.file))
    except BadFile as error:
        sys.stderr.write(f"{asked.file}: {error}\n")
        return 2
    for line in _lines(told, entries):
        sys.stdout.buffer.write(f"{line}\n".encode())
    faults = drawing.faults_of(told, entries) if told["number"] else []
    verdict = "Drawn again, it does NOT agree." if faults else "Drawn again, the same entries win."
    for line in [*faults, verdict if told["number"] else "It is not drawn yet."]:
        sys.stdout.buffer.write(f"{line}\n".encode())
    return 1 if faults else 0


def _lines(told: dict[str, Any], entries: list[drawing.Entry]) -> list[str]:
    tickets = sum(one.tickets for one in entries)
    return [
        f"Draw {told['draw']}: {len(entries)} entries, {tickets} tickets, {told['prizes']} to win",
        f"Digest of the entries: {drawing.digest_of(told['draw'], told['prizes'], entries)}",
        f"Number: {told['number'] or 'not made yet'}",
        f"Compare the number with round {told['round']} at {drawing.address_of(told['round'])}",
        f"Winners in the file: {', '.join(told['winners']) or 'nobody'}",
    ]


def read_draw(path: Path) -> tuple[dict[str, Any], list[drawing.Entry]]:
    """What a published file says. Raises BadFile."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadFile("expected a smaller file")
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise BadFile(f"expected a draw in JSON ({type(error).__name__})") from None
    if not isinstance(told, dict) or told.get("recipe") != drawing.RECIPE:
        raise BadFile(f'expected "recipe": "{drawing.RECIPE}"')
    texts = all(isinstance(told.get(name), str) for name in ("draw", "digest", "number"))
    numbers = all(_is_whole(told.get(name), least=1) for name in ("prizes", "round"))
    winners = isinstance(told.get("winners"), list) and all(isinstance(one, str) for one in told["winners"])
    if not texts or not numbers or not winners:
        raise BadFile("expected draw, prizes, round, digest, number and winners")
    return told, [_entry(one) for one in _list(told.get("entries"))]


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise BadFile("expected a list of entries")
    return value


def _entry(value: object) -> drawing.Entry:
    if isinstance(value, dict) and isinstance(value.get("entry"), str) and _is_whole(value.get("tickets"), least=0):
        return drawing.Entry(value["entry"], value["tickets"])
    raise BadFile("expected of each entry its name and its tickets, at most 1000")


def _is_whole(value: object, *, least: int) -> bool:
    most = 1000 if least == 0 else 10**12
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
