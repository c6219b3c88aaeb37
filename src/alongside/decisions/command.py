"""`alongside count RULE FILE`: count or recount a decision from its ballots. Needs no database and no Django."""

import argparse
import json
import sys
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from alongside.decisions.counting import RULES, Result, Wishes, count, read_file
from alongside.decisions.files.reading import MOST_CHOICES, BadFile, amount, whole
from alongside.decisions.rules.exact import shown
from alongside.decisions.rules.explaining import in_english

help = "Count or recount a decision from a file of ballots, and say why it came out so."


def main(words: Sequence[str]) -> int:
    """Count, print, and return the exit status: 0 counted, 2 the file or the request cannot be counted."""
    asked = _parser().parse_args(words)
    try:
        wishes = _wishes(asked)
        result = count(asked.rule, read_file(Path(asked.file)), wishes)
    except BadFile as error:
        where = f"{asked.file}, line {error.line}" if error.line else asked.file
        sys.stderr.write(f"{where}: {error.expected}\n")
        return 2
    if result.lots and not asked.seed:
        sys.stderr.write("A lot was drawn without a seed. Give the one published before opening with --seed.\n")
    for line in _as_json(result) if asked.json else _as_words(result):
        sys.stdout.buffer.write(f"{line}\n".encode())
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="alongside count", description=help)
    parser.add_argument(
        "rule", choices=[*RULES, "auto"], metavar="RULE", help="a rule, or auto: the one the file records"
    )
    parser.add_argument("file", metavar="FILE", help="ballots: .pb, .blt, .soi, .toc or our .json")
    parser.add_argument("--seats", help="how many are elected; as in the file unless given, else 1")
    parser.add_argument("--budget", help="what can be spent; as in the file unless given")
    parser.add_argument("--seed", default="", help="the seed for lots that was published before voting opened")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    return parser


def _wishes(asked: argparse.Namespace) -> Wishes:
    seats = None if asked.seats is None else whole(asked.seats, "--seats", line=None, least=1, most=MOST_CHOICES)
    budget = None if asked.budget is None else amount(asked.budget, "--budget", line=None)
    return Wishes(seats, budget, asked.seed)


def _as_json(result: Result) -> list[str]:
    data: dict[str, object] = {"rule": result.rule}
    if result.outcome is not None:
        data["outcome"] = result.outcome
    if result.winners is not None:
        data["winners"] = list(result.winners)
        data["names"] = {one: result.names[one] for one in result.winners if one in result.names}
    if result.cost is not None:
        data["cost"] = _plain(result.cost)
    data["rounds"] = [one.as_data() for one in result.steps]
    data["explanation"] = in_english(result.steps)
    return [json.dumps(data, ensure_ascii=False, indent=2)]


def _plain(cost: Fraction) -> int | float:
    return int(cost) if cost.denominator == 1 else float(cost)


def _as_words(result: Result) -> list[str]:
    names = {one: f"{one} {name}" for one, name in result.names.items()}
    lines = [f"Rule: {result.rule}"]
    if result.outcome is not None:
        lines.append(f"Outcome: {result.outcome}")
    if result.winners is not None:
        lines.append(f"Chosen: {', '.join(result.winners) or 'nobody'}")
    if result.cost is not None:
        lines.append(f"Cost: {shown(result.cost)}")
    return [*lines, "", *in_english(result.steps, names)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
