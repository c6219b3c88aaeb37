"""`alongside recount FILE.zip [SEALED.zip]`: count a certificate again. Needs no database and no Django."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from alongside.decisions.files.certificate import Certificate, digest_of, read_certificate, read_sealed
from alongside.decisions.files.reading import BadFile, cut
from alongside.decisions.rules.exact import share
from alongside.decisions.rules.explaining import in_english
from alongside.decisions.rules.publishing import combined_words
from alongside.decisions.rules.recounting import quorum_of, recount, tallied
from alongside.decisions.rules.sides import NotATally, Says, Tally, combined, says

help = "Count a decision again from its certificate, and say whether the result agrees."


@dataclass
class Recounted:
    """What a recount found: sentences, and where it disagrees with the certificate."""

    told: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def main(words: Sequence[str]) -> int:
    """Print what was found. The exit status: 0 it agrees, 1 it does not, 2 the files cannot be counted."""
    asked = _parser().parse_args(words)
    path = asked.file
    try:
        certificate = read_certificate(Path(asked.file))
        sealed = None
        if asked.sealed:
            path = asked.sealed
            sealed = read_sealed(Path(asked.sealed))
            path = asked.file
        found = recounted(certificate, sealed)
    except BadFile as error:
        sys.stderr.write(f"{path}: {error.expected}\n")
        return 2
    verdict = "The recount does NOT agree with the certificate." if found.wrong else "The recount agrees."
    for line in [*found.told, *found.wrong, "", verdict, f"SHA-256 of the file: {certificate.digest}"]:
        sys.stdout.buffer.write(f"{line}\n".encode())
    return 1 if found.wrong else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="alongside recount", description=help)
    parser.add_argument("file", metavar="FILE", help="the certificate, a .zip from the page of the result")
    parser.add_argument("sealed", metavar="SEALED", nargs="?", help="the sealed ballots, if a scrutineer gave them")
    return parser


def recounted(
    certificate: Certificate, sealed: tuple[str, Mapping[str, list[dict[str, str]]]] | None = None
) -> Recounted:
    """Count the ballots of a certificate, with those that are sealed where they are given. Raises BadFile."""
    about, found = _checked(certificate.about), Recounted()
    hidden = dict(about["sealed"])
    ballots = list(certificate.ballots)
    if any(side in hidden for side, _word in ballots):
        raise BadFile("expected no open ballots of a side that is sealed")
    if sealed is not None:
        ballots += _unsealed(about, hidden, sealed, found)
    sides = _tallies(ballots, {side: size for side, size in about["rolls"].items() if side not in hidden})
    _compare(about, sides, hidden, found)
    _look_at_receipts(certificate.receipts, len(ballots), whole=not hidden, found=found)
    return found


def _checked(about: Mapping[str, Any]) -> Mapping[str, Any]:
    objects = ("rolls", "settings", "says", "sealed")
    if about.get("rule") != "double-majority":
        raise BadFile(f"expected the rule double-majority, found {cut(str(about.get('rule')))}")
    if not all(isinstance(about.get(name), dict) for name in objects) or not isinstance(about.get("outcome"), str):
        raise BadFile("expected rolls, settings, says, sealed and outcome in decision.json")
    rolls, said, sealed = about["rolls"], about["says"], about["sealed"]
    if any(isinstance(size, bool) or not isinstance(size, int) or size < 0 for size in rolls.values()):
        raise BadFile("expected the sizes of the rolls as whole numbers")
    if set(said) != set(rolls) or not set(sealed) <= set(rolls) or not all(isinstance(w, str) for w in said.values()):
        raise BadFile("expected one word of each side that has a roll")
    if not set(said.values()) <= set(map(str, Says)):
        raise BadFile("expected sides that agree, disagree or are not quorate")
    return about


def _terms(about: Mapping[str, Any]) -> tuple[Any, Any]:
    try:
        quorum = about["settings"]["quorum"]
        return quorum_of(quorum["kind"], quorum["share"]), share(about["settings"]["threshold"])
    except (KeyError, TypeError, ValueError):
        raise BadFile("expected a quorum and a threshold in the settings") from None


def _unsealed(
    about: Mapping[str, Any],
    hidden: dict[str, Any],
    sealed: tuple[str, Mapping[str, list[dict[str, str]]]],
    found: Recounted,
) -> list[tuple[str, str]]:
    decision, sides = sealed
    if decision != about.get("id"):
        raise BadFile("expected the sealed ballots of this decision, found those of another")
    ballots = []
    for side in [one for one in hidden if one in sides]:
        if digest_of(sides[side]) != hidden[side]:
            found.wrong.append(f"The sealed ballots of {side} are not those that the certificate vouches for.")
        ballots += [(side, one["choice"]) for one in sides[side]]
        del hidden[side]
    return ballots


def _tallies(ballots: Sequence[tuple[str, str]], rolls: Mapping[str, int]) -> dict[str, Tally]:
    try:
        return tallied(ballots, rolls)
    except KeyError as unknown:
        raise BadFile(f"expected ballots of a side with yes, no or abstain, found {cut(str(unknown))}") from None
    except NotATally as more:
        raise BadFile(f"expected no more ballots than people on the roll, found {more}") from None


def _compare(about: Mapping[str, Any], sides: Mapping[str, Tally], hidden: Mapping[str, Any], found: Recounted) -> None:
    quorum, threshold = _terms(about)
    counted = {side: says(tally, quorum=quorum, threshold=threshold) for side, tally in sides.items()}
    found.told.append(f"Rule: {about['rule']}")
    steps = recount(about["rule"], sides, quorum=quorum, threshold=threshold).steps
    found.told += in_english([one for one in steps if one.side])
    for side, word in counted.items():
        if about["says"][side] != word:
            found.wrong.append(f"{side}: the certificate says {about['says'][side]}, the ballots say {word}.")
    for side in hidden:
        found.told.append(f"{side}: sealed. The certificate says {about['says'][side]}; its ballots were not given.")
    outcome = combined({**combined_words(about["says"]), **counted})
    found.told.append(f"Outcome: {outcome}")
    if about["outcome"] != outcome:
        found.wrong.append(f"The certificate says {cut(about['outcome'])}, the count says {outcome}.")


def _look_at_receipts(receipts: Sequence[str], ballots: int, *, whole: bool, found: Recounted) -> None:
    if len(set(receipts)) < len(receipts):
        found.wrong.append("A receipt stands there twice.")
    if len(receipts) < ballots or (whole and len(receipts) != ballots):
        found.wrong.append(f"There are {len(receipts)} receipts for {ballots} ballots.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
