"""The room in which people of each side look for a new version after a split."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from alongside.decisions import actions
from alongside.decisions.forms.conciliation import MessageForm
from alongside.decisions.forms.proposals import SeenForm, question_of
from alongside.decisions.models import (
    Conciliation,
    ConciliationMessage,
    Conciliator,
    Decision,
    Draft,
    Proposal,
    RollEntry,
    Version,
)
from alongside.decisions.models.conciliation import fingerprint
from alongside.decisions.models.proposals import PARTS
from alongside.decisions.refusals.conciliation import EXPECTED, words_for
from alongside.decisions.rules.comparing import compare
from alongside.decisions.saying import STATES, WORDS, name_of, sentences
from alongside.decisions.views.finding import SPEAK
from alongside.decisions.views.showing import PartCompared, summary_of
from alongside.decisions.views.voting import find_decision
from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, actor, may, needs, subject
from alongside.ui import flash

MOST_MESSAGES = 200


def find_conciliation(request: MemberRequest, decision_id: UUID) -> Conciliation:
    """The conciliation after a vote of this community, or 404."""
    decision = find_decision(request, decision_id)
    rows = Conciliation.objects.of(request.community).filter(decision=decision)
    found: Conciliation = get_object_or_404(rows)
    found.community, found.decision, found.proposal = request.community, decision, decision.proposal
    return found


@needs("decisions.see_votes")
def room(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """Who sits, what each side said, what they write to each other, and the words they are looking for."""
    found = find_conciliation(request, decision_id)
    return render(request, "decisions/conciliation.html", _shown(request, found, MessageForm()))


def _shown(request: MemberRequest, found: Conciliation, form: MessageForm) -> dict[str, Any]:
    decision, me = found.decision, subject(request)
    willing = list(Conciliator.objects.of_round(found).with_people().in_order())
    mine = next((one for one in willing if one.membership_id == me.pk), None)
    on_roll = RollEntry.objects.on(decision).filter(membership=me).exists()
    sits = mine is not None and mine.is_seated and found.state == Conciliation.State.SITTING
    halves = [_half(decision, side, willing) for side in decision.sides]
    may_run = may(request, "decisions.run_votes")
    return {
        "conciliation": found,
        "decision": decision,
        "proposal": decision.proposal,
        "left": halves[0],
        "right": halves[1],
        "mine": mine,
        "sits": sits,
        "on_roll": on_roll,
        "form": form,
        "may_volunteer": on_roll and mine is None and found.takes_volunteers(today()),
        "may_step_back": mine is not None and found.state != Conciliation.State.OVER,
        "may_draw": may_run and found.state == Conciliation.State.CALLING,
        "both_filled": all(half["willing"] for half in halves),
        "names": may(request, "people.see_members") or on_roll,
        "messages_of_them": _messages(found) if on_roll else [],
        "lot": _lot(found, willing) if found.drawn_at else [],
        "next_vote": _next_vote(found, decision) if may_run else "",
        **(_words(found, willing, mine) if on_roll else {}),
    }


def _half(decision: Decision, side: str, willing: list[Conciliator]) -> dict[str, Any]:
    said = decision.result["says"][side]
    theirs = [one for one in willing if one.side == side]
    return {
        "name": name_of(side),
        "word": WORDS[said],
        "state": STATES[said],
        "why": sentences(decision.result["steps"], side) if decision.result["tallies"].get(side) else [],
        "willing": theirs,
        "seated": [one for one in theirs if one.is_seated],
    }


def _messages(found: Conciliation) -> list[ConciliationMessage]:
    rows = ConciliationMessage.objects.of(found.community).filter(conciliation=found)
    return list(rows.select_related("membership__person").order_by("-at", "-id")[:MOST_MESSAGES])[::-1]


def _words(found: Conciliation, willing: list[Conciliator], mine: Conciliator | None) -> dict[str, Any]:
    """The words that are being written, beside those that were voted on, and who has agreed to them."""
    if found.state != Conciliation.State.SITTING:
        return {}
    draft = Draft.objects.of(found.community).filter(proposal=found.proposal_id).first()
    if draft is None:
        return {}
    now_voted: Version = found.decision.version
    pairs = [(part, compare(getattr(now_voted, part), getattr(draft, part))) for part in PARTS]
    parts = [PartCompared(question_of(part), compared) for part, compared in pairs if compared]
    these = fingerprint(draft)
    return {
        "draft": draft,
        "parts": parts,
        "summary": summary_of(parts),
        "agreed": [one for one in willing if one.is_seated and one.agreed_to == these],
        "i_agreed": mine is not None and mine.agreed_to == these,
        "agree_form": SeenForm(initial={"seen": draft.changed_at}),
    }


def _lot(found: Conciliation, willing: list[Conciliator]) -> list[dict[str, Any]]:
    """Everybody who volunteered with their number in the lot, so that anybody can draw it again."""
    seed = found.decision.lot_seed
    rows = []
    for one in willing:
        text = f"{seed}\nvolunteers of {one.side}\n{one.membership_id}"
        number = sha256(text.encode()).hexdigest()
        rows.append({"who": one, "side": name_of(one.side), "number": number[:12], "id": str(one.membership_id)})
    return rows


def _next_vote(found: Conciliation, decision: Decision) -> str:
    """The query for opening the next vote between the same sides, once there is a new version; "" before."""
    goes_on = decision.proposal.state == Proposal.State.TALKED_OVER
    if found.ending != Conciliation.Ending.NEW_VERSION or not goes_on:
        return ""
    return f"?one={decision.sides[0]}&other={decision.sides[1]}"


Deed = Callable[[MemberRequest, Conciliation, dict[str, Any]], str]


def _deed(request: MemberRequest, decision_id: UUID, deed: Deed) -> HttpResponse:
    """Do something in the room for whoever is here, say what came of it, and show the room again."""
    found = find_conciliation(request, decision_id)
    who = {"membership": subject(request), "at": now(), **actor(request, SPEAK)._asdict()}
    try:
        flash.done(request, deed(request, found, who))
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
    return redirect("decisions:conciliation", request.community.slug, decision_id)


@require_POST
@needs("decisions.see_votes")
def volunteer(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """Be willing to sit for one's side."""

    def deed(request: MemberRequest, found: Conciliation, who: dict[str, Any]) -> str:
        actions.volunteer(conciliation=found, **who)
        return _("Thank you. You are told when the seats are drawn.")

    return _deed(request, decision_id, deed)


@require_POST
@needs("decisions.see_votes")
def step_back(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """Give a seat back, or the wish for one."""

    def deed(request: MemberRequest, found: Conciliation, who: dict[str, Any]) -> str:
        actions.step_back(conciliation=found, **who)
        return _("You have stepped back.")

    return _deed(request, decision_id, deed)


@require_POST
@needs("decisions.run_votes")
def draw_seats(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """End the call before its day, and draw the seats."""
    found = find_conciliation(request, decision_id)
    try:
        drawn = actions.draw_seats(conciliation=found, by=request.user, at=now())
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
    else:
        told = ngettext(
            "There is %(seats)d seat for each side.", "There are %(seats)d seats for each side.", drawn.seats
        )
        flash.done(request, told % {"seats": drawn.seats})
    return redirect("decisions:conciliation", request.community.slug, decision_id)


@require_POST
@needs("decisions.see_votes")
def say_among_them(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """Write to the others who sit; what is refused stands on the page again."""
    form = MessageForm(request.POST)
    if not form.is_valid():
        found = find_conciliation(request, decision_id)
        return render(request, "decisions/conciliation.html", _shown(request, found, form))

    def deed(request: MemberRequest, found: Conciliation, who: dict[str, Any]) -> str:
        actions.say_among_them(conciliation=found, **form.cleaned_data, **who)
        return _("It is said. The others who sit are told.")

    return _deed(request, decision_id, deed)


@require_POST
@needs("decisions.see_votes")
def begin_together(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """Begin the draft that all who sit write, or go on with it."""
    found = find_conciliation(request, decision_id)
    try:
        actions.begin_together(
            conciliation=found, membership=subject(request), at=now(), **actor(request, SPEAK)._asdict()
        )
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
        return redirect("decisions:conciliation", request.community.slug, decision_id)
    return redirect("decisions:write", request.community.slug, found.proposal_id)


@require_POST
@needs("decisions.see_votes")
def agree_to_words(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """Agree to the draft as it stood on the page."""
    find_conciliation(request, decision_id)
    form = SeenForm(request.POST)
    if not form.is_valid():
        flash.sorry(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("decisions:conciliation", request.community.slug, decision_id)

    def deed(request: MemberRequest, found: Conciliation, who: dict[str, Any]) -> str:
        version = actions.agree_to_words(conciliation=found, seen=form.cleaned_data["seen"], **who)
        if version is None:
            return _("You agree to these words. Somebody of the other side is needed too.")
        return _("Both sides agree. Everybody reads version %(number)s now.") % {"number": version.number}

    return _deed(request, decision_id, deed)


@require_POST
@needs("decisions.see_votes")
def would_stop(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """Say that one would end it without a new version, or no longer."""

    def deed(request: MemberRequest, found: Conciliation, who: dict[str, Any]) -> str:
        stop = "go-on" not in request.POST
        after = actions.would_stop(conciliation=found, stop=stop, **who)
        if after.state == Conciliation.State.OVER:
            return _("Both sides agreed to stop. Things stay as they are.")
        return _("Written down. It ends when somebody of the other side says so too.") if stop else _("You go on.")

    return _deed(request, decision_id, deed)
