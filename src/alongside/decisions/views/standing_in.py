"""In a consent round: somebody says where they stand, objects, and does something about their objection."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from alongside.decisions import actions
from alongside.decisions.forms.consent import ConcernForm, ObjectForm, SettleForm, StandForm
from alongside.decisions.models import Decision, Objection, RollEntry, Stance
from alongside.decisions.refusals.consent import EXPECTED, words_for
from alongside.decisions.saying import name_of
from alongside.decisions.views.circle import card, is_going
from alongside.decisions.views.rounds import find_round
from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, actor, may, needs, subject
from alongside.ui import flash

# Those that need a few words have a page of their own.
_ASKS = {Stance.Kind.CONCERN.value: "decisions:concern", Stance.Kind.OBJECTION.value: "decisions:object"}


def _context(request: MemberRequest, found: Decision, form: Any) -> dict[str, Any]:
    entry = RollEntry.objects.on(found).filter(membership=subject(request)).first()
    return {
        "decision": found,
        "form": form,
        "entry": entry,
        "side": name_of(entry.side) if entry else "",
        "is_going": is_going(found),
    }


@never_cache
@needs("decisions.vote")
def stand(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """Can it go on as it is? The one question of a round."""
    found = find_round(request, decision_id)
    form = StandForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        stance = form.cleaned_data["stance"]
        if stance in _ASKS:
            return redirect(_ASKS[stance], request.community.slug, found.pk)
        return _give(request, found, form, stance=stance, edits_agreed=form.cleaned_data["edits_agreed"])
    return render(request, "decisions/stand.html", _context(request, found, form))


@never_cache
@needs("decisions.vote")
def concern(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """A concern, which is written down and stops nothing."""
    found = find_round(request, decision_id)
    form = ConcernForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _give(request, found, form, stance=Stance.Kind.CONCERN.value, **form.cleaned_data)
    return render(request, "decisions/concern.html", _context(request, found, form))


def _give(
    request: MemberRequest, found: Decision, form: Any, *, stance: str, edits_agreed: bool, words: str = ""
) -> HttpResponse:
    who = actor(request, "decisions.vote")
    try:
        actions.give_stance(
            decision=found,
            membership=subject(request),
            stance=stance,
            words=words,
            edits_agreed=edits_agreed,
            at=now(),
            **who._asdict(),
        )
    except EXPECTED as refusal:
        form.add_error(None, words_for(refusal))
        page = "decisions/concern.html" if words else "decisions/stand.html"
        return render(request, page, _context(request, found, form))
    flash.done(request, _("Written down. You can change it until the round ends."))
    return redirect("decisions:round", request.community.slug, found.pk)


@never_cache
@needs("decisions.vote")
def object_to(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """An objection: why, and which shared aim it would harm."""
    found = find_round(request, decision_id)
    form = ObjectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        who = actor(request, "decisions.vote")
        try:
            made = actions.object_to(
                decision=found, membership=subject(request), at=now(), **form.cleaned_data, **who._asdict()
            )
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            flash.done(request, _("Your objection is written down. The facilitators of both sides are told."))
            return redirect("decisions:objection", request.community.slug, made.pk)
    return render(request, "decisions/object.html", _context(request, found, form))


def find_objection(request: MemberRequest, objection_id: UUID) -> Objection:
    """An objection of this community, or 404."""
    rows = Objection.objects.of(request.community).with_people()
    rows = rows.select_related("clarified_by__person", "decision__proposal", "decision__version")
    found: Objection = get_object_or_404(rows, pk=objection_id)
    found.community = found.decision.community = found.decision.proposal.community = request.community
    return found


@needs("decisions.see_votes")
def objection(request: MemberRequest, objection_id: UUID) -> HttpResponse:
    """One objection: its words, its life, and what the reader can do about it."""
    found = find_objection(request, objection_id)
    going, names = is_going(found.decision), may(request, "people.see_members")
    is_mine = found.membership_id == subject(request).pk
    facilitates = request.acting_for is None and may(request, "decisions.facilitate", found.decision)
    is_raised, is_understood = found.state == Objection.State.RAISED, found.state == Objection.State.CLARIFIED
    spoken = found.findings.that_count().filter(membership=request.membership).exists()
    context = {
        "decision": found.decision,
        "card": card(found, shows_people=names),
        "shows_people": names,
        "objection": found,
        "side": name_of(found.side),
        "may_clarify": going and is_raised and (facilitates or (is_mine and request.acting_for is None)),
        "may_find": going and is_understood and facilitates and not spoken,
        "has_found": is_understood and facilitates and spoken,
        "may_confirm": going and is_mine and found.is_open and found.answered_in is not None,
        "may_take_back": going and is_mine and found.is_open,
        "may_appeal": going and is_mine and found.state == Objection.State.NOT_QUALIFIED and found.appealed_at is None,
    }
    return render(request, "decisions/objection.html", context)


@require_POST
@needs("decisions.vote")
def settle(request: MemberRequest, objection_id: UUID) -> HttpResponse:
    """Whoever objected says that it is taken up, takes it back, or brings it back."""
    found, form = find_objection(request, objection_id), SettleForm(request.POST)
    steps = {
        "integrated": (
            actions.confirm_integrated,
            _("The new version takes it up. Now say where you stand."),
        ),
        "take_back": (actions.take_back, _("Your objection is taken back. Now say where you stand.")),
        "appeal": (actions.appeal_finding, _("Your objection is open again. Both facilitators are told.")),
    }
    if form.is_valid():
        step, told = steps[form.cleaned_data["what"]]
        who = actor(request, "decisions.vote")
        try:
            step(objection=found, membership=subject(request), at=now(), **who._asdict())
        except EXPECTED as refusal:
            flash.sorry(request, words_for(refusal))
        else:
            flash.done(request, told)
            if form.cleaned_data["what"] != "appeal":
                return redirect("decisions:stand", request.community.slug, found.decision_id)
    return redirect("decisions:objection", request.community.slug, found.pk)
