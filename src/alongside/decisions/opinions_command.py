"""`alongside opinions VOTES.csv`: are there groups of opinion in a conversation? Needs no database and no Django."""

import argparse
import json
import sys
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from alongside.decisions.files.polis import STATEMENTS, Conversation, read_conversation
from alongside.decisions.files.reading import BadFile
from alongside.decisions.opinion_maps import NoNumpy, opinion_map
from alongside.decisions.rules.opinions.agreement import agreement, bridges

if TYPE_CHECKING:
    from alongside.decisions.rules.opinions.mapping import OpinionMap

help = "Look for groups of opinion in a conversation of Polis, and show them only where they are stable."

BEST = 5  # statements named as bridges
WHY_NOT = {
    "too_few": "too few people have voted enough; groups are shown from 50 people on",
    "too_mixed": "opinions are too mixed; with other people taking part the groups would be others",
}


def main(words: Sequence[str]) -> int:
    """Print what was found. The exit status: 0 looked through, 2 the file or the machine does not allow it."""
    asked = _parser().parse_args(words)
    try:
        talk = read_conversation(Path(asked.file))
        found = opinion_map(talk.votes, out=talk.out)
    except BadFile as error:
        where = f"{asked.file}, line {error.line}" if error.line else asked.file
        sys.stderr.write(f"{where}: {error.expected}\n")
        return 2
    except NoNumpy as missing:
        sys.stderr.write(f"{missing}\n")
        return 2
    if talk.agree_is < 0:
        sys.stderr.write(f"Agree is written as -1 here, as {STATEMENTS} beside it shows.\n")
    for line in _as_json(talk, found) if asked.json else _as_words(talk, found):
        sys.stdout.buffer.write(f"{line}\n".encode())
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="alongside opinions", description=help)
    parser.add_argument("file", metavar="VOTES.csv", help="votes as Polis exports them; comments.csv beside it is used")
    parser.add_argument("--json", action="store_true", help="print what was found as JSON")
    return parser


def _as_json(talk: Conversation, found: "OpinionMap") -> list[str]:
    best = dict(_bridges(talk, found))
    data = {
        "people": found.people,
        "statements": found.statements,
        "grouped": found.grouped,
        "k": found.k,
        "sizes": list(found.sizes),
        "stability": {
            "median_adjusted_rand_index": found.stability.median_agreement,
            "same_k": found.stability.same_k / found.stability.runs,
            "runs": found.stability.runs,
        },
        "shown": found.shown,
        "reason": found.hidden,
        "agreement": {
            name: {"agree": one.agree, "disagree": one.disagree, "pass": one.passed}
            | ({"bridging": float(best[name])} if name in best else {})
            for name, one in agreement(talk.votes).items()
        },
    }
    return [json.dumps(data, ensure_ascii=False, indent=2)]


def _bridges(talk: Conversation, found: "OpinionMap") -> list[tuple[str, Fraction]]:
    """Statements that were not taken out, best bridge first; none where groups are not shown."""
    if not found.shown:
        return []
    return [pair for pair in bridges(talk.votes, found.group_of) if pair[0] not in talk.out]


def _as_words(talk: Conversation, found: "OpinionMap") -> list[str]:
    steady = found.stability
    lines = [
        f"People: {found.people}, of whom {found.grouped} voted enough to be grouped",
        f"Statements: {found.statements}",
        f"Looked for: {found.k} groups of {', '.join(map(str, found.sizes)) or 'nobody'}",
        f"Stability: median adjusted Rand index {steady.median_agreement:.2f}, "
        f"same number of groups in {steady.same_k} of {steady.runs} re-runs",
    ]
    if found.hidden:
        return [*lines, f"Shown: no, because {WHY_NOT[found.hidden]}"]
    best = [f"  {name} ({float(score):.2f})" for name, score in _bridges(talk, found)[:BEST]]
    return [*lines, "Shown: yes", "", "Statements that all groups agree with most:", *best]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
