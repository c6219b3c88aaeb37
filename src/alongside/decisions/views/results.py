"""What a vote is about, what came out and why, and the certificate by which anybody counts again."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.decisions import actions
from alongside.decisions.certificate import as_ours, public_zip, sealed_in, sealed_zip
from alongside.decisions.certificate import name_of as file_name
from alongside.decisions.files.certificate import plain
from alongside.decisions.models import Ballot, Conciliation, Decision, HandVote, Option, RollEntry
from alongside.decisions.rules.kinds import KINDS
from alongside.decisions.saying import (
    STATES,
    WORDS,
    amount_text,
    choice_text,
    name_of,
    names_on,
    option_text,
    sentences,
)
from alongside.decisions.views.follow_up import follow_up
from alongside.decisions.views.shares import tells_shares
from alongside.decisions.views.voting import find_any_decision, find_decision
from alongside.decisions.views.ways import WAYS
from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, may, needs, require, subject

_OWN_PAGES = {"consent": "decisions:round", "advice": "decisions:advice"}


@needs("decisions.see_votes")
def decision(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """An open vote with its rule, or a closed one with its result."""
    page = _OWN_PAGES.get(find_any_decision(request, decision_id).rule)
    if page is not None:
        return redirect(page, request.community.slug, decision_id)
    found = find_decision(request, decision_id)
    entry = RollEntry.objects.on(found).filter(membership=subject(request)).first()
    context: dict[str, Any] = {
        "decision": found,
        "may_run": may(request, "decisions.run_votes"),
        "may_vote": entry is not None and found.takes_ballots(now()),
        "may_key_paper": found.is_open and may(request, "decisions.key_paper", found),
        "has_voted": entry is not None and entry.took_part,
        "sides": [name_of(side) for side in found.sides],
        "seed": in_pieces(found.lot_seed),
        "rule": WAYS[found.rule],
        "options": [option_text(found, one) for one in Option.objects.on(found)],
        "budget": amount_text(found, found.settings.get("budget", 0)),
        **follow_up(request, found),
    }
    if found.state == Decision.State.CLOSED:
        context |= _result(request, found) | _by_hands(found)
    return render(request, "decisions/decision.html", context)


def _result(request: MemberRequest, found: Decision) -> dict[str, Any]:
    sealed, names = sealed_in(found), names_on(found)
    unit = found.settings.get("unit", "")
    halves = [_half(found, side, names, unit) for side in found.sides]
    named = Ballot.objects.on(found).exclude(membership=None).select_related("membership__person")
    return {
        "halves": halves,
        "left": halves[0],
        "right": halves[1],
        "why": sentences(found.result["steps"], names=names, unit=unit),
        "conciliation": Conciliation.objects.of(request.community).filter(decision=found).first(),
        "chosen": [names[str(number)] for number in found.result.get("winners", [])],
        "rows": option_rows(found) if KINDS[found.rule].has_options else [],
        "tells_shares": tells_shares(found),
        "sealed": [name_of(side) for side in sealed],
        "may_open_seal": bool(sealed) and may(request, "decisions.open_seal", found),
        "named": [
            (ballot, choice_text(found, ballot.choice, names))
            for ballot in named.order_by("side", "membership__person__search_name")
        ]
        if not found.is_secret
        else [],
        "digest": in_pieces(sha256(public_zip(found)).hexdigest()),
    }


def _by_hands(found: Decision) -> dict[str, Any]:
    """What is told of a decision that a meeting made: in which, how many were there, and who confirmed the count."""
    raised = HandVote.objects.of(found.community).filter(decision=found).with_words().first()
    if raised is None:
        return {}
    given = raised.confirmations.filter(community=found.community).select_related("membership__person")
    return {
        "hands": raised,
        "hands_there": [{"name": name_of(side), "many": many} for side, many in found.result["rolls"].items()],
        "hands_confirmed": given.order_by("at", "id"),
    }


def in_pieces(code: str) -> list[str]:
    """A long code in pieces of eight, between which a narrow screen may break the line."""
    return [code[start : start + 8] for start in range(0, len(code), 8)]


def option_rows(found: Decision) -> list[dict[str, Any]]:
    """The options, the chosen ones first, with what each side said of them as far as it is shown."""
    shown, winners = found.result["tallies"], found.result.get("winners", [])
    rows = [
        {
            "text": option_text(found, one),
            "is_chosen": one.number in winners,
            "counts": [_count(shown.get(side), one, side) for side in found.sides],
        }
        for one in Option.objects.on(found)
    ]
    return sorted(rows, key=lambda row: not row["is_chosen"])


def _count(said: Mapping[str, int] | None, option: Option, side: str) -> int | str | None:
    """How many of a side said it; None where that is sealed, "" where it was not theirs to say."""
    if option.side not in ("", side):
        return ""
    return None if said is None else said.get(str(option.number), 0)


def _half(found: Decision, side: str, names: Mapping[str, str], unit: str) -> dict[str, Any]:
    said = found.result["says"][side]
    return {
        "name": name_of(side),
        "word": WORDS[said],
        "state": STATES[said],
        "why": sentences(found.result["steps"], side, names=names, unit=unit),
        "tally": found.result["tallies"].get(side),
    }


@needs("decisions.see_votes")
def certificate(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """The certificate of a closed vote, as a zip; of a show of hands the counts, for `alongside count`."""
    found = _closed(request, decision_id)
    if HandVote.objects.of(request.community).filter(decision=found).exists():
        answer = HttpResponse(plain(as_ours(found)), content_type="application/json")
        answer["Content-Disposition"] = f'attachment; filename="{file_name(found)}.json"'
        return answer
    return _zip(public_zip(found), f"{file_name(found)}.zip")


@require_POST
@needs("decisions.open_seal")
def sealed(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """The ballots that are sealed, for a scrutineer; that they were fetched is written down."""
    found = find_decision(request, decision_id)
    require(request, "decisions.open_seal", found)
    if found.state != Decision.State.CLOSED or not sealed_in(found):
        raise Http404
    actions.open_seal(decision=found, by=request.user, at=now())
    return _zip(sealed_zip(found), f"{file_name(found)}-sealed.zip")


def _closed(request: MemberRequest, decision_id: UUID) -> Decision:
    found = find_decision(request, decision_id)
    if found.state != Decision.State.CLOSED:
        raise Http404
    return found


def _zip(data: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
