"""`alongside recount FILE.zip [SEALED.zip]`: count a certificate again. Needs no database and no Django."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from alongside.decisions.files.certificate import Certificate, digest_of, read_certificate, read_sealed
from alongside.decisions.files.reading import BadFile, cut
from alongside.decisions.rules.ballots import MOST_OPTIONS, NotABallot, checked
from alongside.decisions.rules.exact import share
from alongside.decisions.rules.explaining import in_english
from alongside.decisions.rules.kinds import KINDS, CannotCount, Cast, Choice, Counted, Terms, counted
from alongside.decisions.rules.publishing import combined_words
from alongside.decisions.rules.recounting import quorum_of
from alongside.decisions.rules.sides import HALF, NotATally, Says, combined

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
    terms = _terms(about)
    rolls = {side: size for side, size in about["rolls"].items() if side not in hidden}
    _compare(about, terms, _counted(terms, rolls, ballots), hidden, found)
    _look_at_receipts(certificate.receipts, len(ballots), whole=not hidden, found=found)
    return found


def _checked(about: Mapping[str, Any]) -> Mapping[str, Any]:
    objects = ("rolls", "settings", "says", "sealed")
    if about.get("rule") not in KINDS:
        raise BadFile(f"expected a rule that can be counted again, found {cut(str(about.get('rule')))}")
    if not all(isinstance(about.get(name), dict) for name in objects) or not isinstance(about.get("outcome"), str):
        raise BadFile("expected rolls, settings, says, sealed and outcome in decision.json")
    rolls, said, sealed = about["rolls"], about["says"], about["sealed"]
    if any(isinstance(size, bool) or not isinstance(size, int) or size < 0 for size in rolls.values()):
        raise BadFile("expected the sizes of the rolls as whole numbers")
    if set(said) != set(rolls) or not set(sealed) <= set(rolls) or not all(isinstance(w, str) for w in said.values()):
        raise BadFile("expected one word of each side that has a roll")
    if about["rule"] == "double-majority" and not set(said.values()) <= set(map(str, Says)):
        raise BadFile("expected sides that agree, disagree or are not quorate")
    return about


def _terms(about: Mapping[str, Any]) -> Terms:
    settings = about["settings"]
    try:
        quorum = quorum_of(settings["quorum"]["kind"], settings["quorum"]["share"])
        threshold = share(settings["threshold"]) if "threshold" in settings else HALF
    except (KeyError, TypeError, ValueError):
        raise BadFile("expected a quorum and a threshold in the settings") from None
    return Terms(
        rule=about["rule"],
        quorum=quorum,
        threshold=threshold,
        choices=_choices(about.get("options", [])),
        seats=_whole(settings.get("seats", 1), "seats"),
        budget=_whole(settings.get("budget", 0), "the budget"),
        seed=str(about.get("lot_seed", "")),
    )


def _choices(options: object) -> tuple[Choice, ...]:
    if not isinstance(options, list) or len(options) > MOST_OPTIONS or not all(isinstance(o, dict) for o in options):
        raise BadFile(f"expected at most {MOST_OPTIONS} options, each an object")
    found = tuple(
        Choice(
            _whole(one.get("number"), "the number of an option"),
            str(one.get("name", "")),
            _whole(one.get("cost", 0), "the cost of an option"),
            str(one.get("side", "")),
        )
        for one in options
    )
    if [one.number for one in found] != list(range(1, len(found) + 1)):
        raise BadFile("expected options numbered from 1")
    return found


def _whole(value: object, what: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise BadFile(f"expected {what} as a whole number")
    return value


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


def _counted(terms: Terms, rolls: Mapping[str, int], ballots: Sequence[Cast]) -> Counted:
    try:
        cast = [(side, checked(terms.kind.style, text, options=len(terms.choices))) for side, text in ballots]
        return counted(terms, rolls, cast)
    except NotABallot as fault:
        raise BadFile(f"expected ballots that can be counted, found one that is {fault.why}") from None
    except KeyError as unknown:
        raise BadFile(f"expected ballots of a side that has a roll, found {cut(str(unknown))}") from None
    except NotATally as more:
        raise BadFile(f"expected no more ballots than people on the roll, found {more}") from None
    except CannotCount:
        raise BadFile("expected at least as many candidates as seats") from None


def _compare(
    about: Mapping[str, Any], terms: Terms, count: Counted, hidden: Mapping[str, Any], found: Recounted
) -> None:
    found.told.append(f"Rule: {about['rule']}")
    whole = not hidden or not terms.kind.is_pooled
    found.told += in_english(
        [one for one in count.steps if one.side or (whole and terms.kind.has_options)], terms.names
    )
    for side, word in count.says.items():
        if about["says"][side] != word:
            found.wrong.append(f"{side}: the certificate says {about['says'][side]}, the ballots say {word}.")
    for side in hidden:
        found.told.append(f"{side}: sealed. The certificate says {about['says'][side]}; its ballots were not given.")
    if terms.rule == "double-majority":
        _compare_outcome(about, str(combined({**combined_words(about["says"]), **combined_words(count.says)})), found)
    elif hidden:
        found.told.append("Without the sealed ballots the outcome cannot be counted.")
    else:
        _compare_outcome(about, str(count.outcome), found)
        _compare_winners(about, terms, count, found)


def _compare_outcome(about: Mapping[str, Any], outcome: str, found: Recounted) -> None:
    found.told.append(f"Outcome: {outcome}")
    if about["outcome"] != outcome:
        found.wrong.append(f"The certificate says {cut(about['outcome'])}, the count says {outcome}.")


def _compare_winners(about: Mapping[str, Any], terms: Terms, count: Counted, found: Recounted) -> None:
    if not terms.kind.has_options:
        return
    found.told.append(f"Chosen: {', '.join(map(str, count.winners)) or 'nobody'}")
    if about.get("winners") != list(count.winners):
        found.wrong.append(f"The certificate has other winners: {cut(str(about.get('winners')))}.")


def _look_at_receipts(receipts: Sequence[str], ballots: int, *, whole: bool, found: Recounted) -> None:
    if len(set(receipts)) < len(receipts):
        found.wrong.append("A receipt stands there twice.")
    if len(receipts) < ballots or (whole and len(receipts) != ballots):
        found.wrong.append(f"There are {len(receipts)} receipts for {ballots} ballots.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
