"""Makes the certificate of a closed decision from its rows, and the file of what is sealed."""

from typing import Any

from alongside.decisions.files.certificate import FORMAT, SEALED_FORMAT, digest_of, pack, plain
from alongside.decisions.files.exporting import About, exported
from alongside.decisions.models import Ballot, Decision, Receipt
from alongside.decisions.rules.ballots import Style
from alongside.decisions.rules.kinds import Choice, Terms
from alongside.decisions.terms import ballots_of, terms_of

README = """\
This is the certificate of a count. Anybody can count it again:

    alongside recount {name}.zip

decision.json says what was voted on, by which rule, and what came out. ballots.json has every ballot, without names,
in an order by chance. receipts.txt has the code of everybody who voted, in another order: look for yours.
manifest.json has the SHA-256 of each file. Nothing here tells who voted how.

The ballots of a side are not here where they would show how single people voted. One scrutineer of each side may
fetch them, and count with: alongside recount {name}.zip {name}-sealed.zip
"""


def name_of(decision: Decision) -> str:
    """How the files of a decision are called."""
    return f"count-{str(decision.pk)[-12:]}"


def sealed_in(decision: Decision) -> list[str]:
    """The sides whose numbers are not shown."""
    shown = decision.result.get("tallies", {})
    return [side for side in decision.sides if side not in shown]


def public_zip(decision: Decision) -> bytes:
    """What anybody may have; the same bytes each time."""
    sealed = sealed_in(decision)
    ballots = Ballot.objects.on(decision).exclude(side__in=sealed).order_by("pk").values("side", "choice")
    terms = terms_of(decision)
    receipts = Receipt.objects.on(decision).order_by("code").values_list("code", flat=True)
    about = {
        "id": str(decision.pk),
        "title": decision.proposal.title,
        "version": decision.version.number,
        "text": decision.version.text,
        "rule": decision.rule,
        "settings": decision.settings,
        "secret": decision.is_secret,
        "opened": decision.opens_at.isoformat(),
        "closed": decision.closed_at.isoformat() if decision.closed_at else "",
        "lot_seed": decision.lot_seed,
        "rolls": decision.result["rolls"],
        "says": decision.result["says"],
        "outcome": decision.outcome,
        "options": [options_in(one) for one in terms.choices],
        "winners": decision.result.get("winners", []),
        "steps": decision.result["steps"],
        "sealed": {side: digest_of(_sealed_ballots(decision, side)) for side in sealed},
    }
    files = {
        "decision.json": plain(about),
        "ballots.json": plain(list(ballots)),
        "receipts.txt": "".join(f"{code}\n" for code in receipts).encode(),
        "README.txt": README.format(name=name_of(decision)).encode(),
    }
    if not sealed:
        files |= as_others_read(decision, terms)
    return pack(FORMAT, files)


def sealed_zip(decision: Decision) -> bytes:
    """The ballots of the sides that are sealed, for the scrutineers."""
    sides = {side: _sealed_ballots(decision, side) for side in sealed_in(decision)}
    return pack(SEALED_FORMAT, {"sealed.json": plain({"decision": str(decision.pk), "sides": sides})})


def options_in(one: Choice) -> dict[str, Any]:
    """An option as the certificate tells it. People are told by number and side: names can be erased, files cannot."""
    return {"number": one.number, "name": one.name, "cost": one.cost, "side": one.side}


def as_others_read(decision: Decision, terms: Terms) -> dict[str, bytes]:
    """The votes in the formats that other programs read; only where no side is sealed."""
    if terms.kind.style is Style.WORD:
        return {"count.json": plain(as_ours(decision))}
    about = About(title=decision.proposal.title, closed=decision.closed_at.date() if decision.closed_at else None)
    return {name: text.encode() for name, text in exported(terms, ballots_of(decision), about).items()}


def as_ours(decision: Decision) -> dict[str, Any]:
    """Votes of yes and no as `alongside count` reads them."""
    return {
        "rule": decision.rule,
        "quorum": decision.settings["quorum"],
        "threshold": decision.settings["threshold"],
        "rolls": decision.result["rolls"],
        "votes": decision.result["tallies"],
    }


def _sealed_ballots(decision: Decision, side: str) -> list[dict[str, str]]:
    rows = Ballot.objects.on(decision).filter(side=side).order_by("pk").values_list("pk", "choice")
    return [{"id": str(key), "choice": choice} for key, choice in rows]
