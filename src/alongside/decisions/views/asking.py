"""For those who decide after asking: it begins, people are asked, advice is answered, the plan, and the last word."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.decisions import actions
from alongside.decisions.actions.rolls import Rolls, rolls_for
from alongside.decisions.forms.advice import AskForm, OpenAdviceForm, PlanForm, UseForm, WordForm
from alongside.decisions.forms.voting import SidesForm
from alongside.decisions.models import Advice, AdviceAsked, Decider, Decision, Proposal, Version
from alongside.decisions.refusals.advice import EXPECTED, missing, words_for
from alongside.decisions.views.advice import find_advice
from alongside.decisions.views.opening import evening_of, proposal_to_decide, rolls_shown
from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, may, needs, require
from alongside.people.listing import seen_members
from alongside.people.models import Membership
from alongside.people.undoing import undo_url
from alongside.ui import flash

DECIDE = "decisions.decide_after_asking"


@needs("decisions.open_advice")
def open_advice(request: MemberRequest, proposal_id: UUID) -> HttpResponse:
    """ "I will decide this after asking": between whom, who decides, until when."""
    proposal = proposal_to_decide(request, proposal_id)
    require(request, "decisions.open_advice", proposal)
    version = Version.objects.of(request.community).filter(proposal=proposal).newest_first().first()
    if version is None:
        raise Http404
    sides_form = SidesForm(request.GET)
    rolls = rolls_for(proposal, sides_form.sides, on=today())
    form = OpenAdviceForm(request.POST or None, rolls=rolls, chooses=_may_be_first(request, rolls), today=today())
    if request.method == "POST" and form.is_valid():
        try:
            made = _open(request, proposal, version, form)
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            flash.done(request, _("It has begun. Now ask people by name, from each side."))
            return redirect("decisions:advice", request.community.slug, made.pk)
    shown = SidesForm(initial=dict(zip(("one", "other"), sides_form.sides, strict=True)))
    context = {"proposal": proposal, "version": version, "form": form, "sides_form": shown, **rolls_shown(rolls)}
    return render(request, "decisions/open_advice.html", context)


def _may_be_first(request: MemberRequest, rolls: Rolls) -> list[Membership]:
    """Authors take it upon themselves; who runs votes may name anybody on a roll."""
    everybody = [member for members in rolls.of.values() for member in members]
    return everybody if may(request, "decisions.run_votes") else [one for one in everybody if one == request.membership]


def _open(request: MemberRequest, proposal: Proposal, version: Version, form: OpenAdviceForm) -> Decision:
    given = form.cleaned_data
    return actions.open_advice(
        proposal=proposal,
        version=version,
        sides=list(form.rolls.of),
        deciders=form.deciders,
        facilitators=form.facilitators,
        wait_days=given["wait_days"],
        closes_at=evening_of(given["closes_on"], request.community),
        due_on=given.get("due_on"),
        review_on=given.get("review_on"),
        leave_out_unsaid=bool(given.get("leave_out_unsaid")),
        by=request.user,
        at=now(),
        key=given["key"],
    )


def _seated(request: MemberRequest, decision: Decision) -> None:
    """Refuses everybody but those who decide."""
    require(request, DECIDE, decision)


def _did(request: MemberRequest, form: forms.Form, act: Callable[[], Any]) -> Any:
    """What the act made; None, with the reason on the form, when it is refused."""
    try:
        return act()
    except EXPECTED as refusal:
        form.add_error(None, words_for(refusal))
        return None


@needs(DECIDE)
def ask_advice(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """Ask somebody by name, one after the other."""
    found, _plan = find_advice(request, decision_id)
    _seated(request, found)
    form = AskForm(request.POST or None, people=seen_members(request.standing))
    if request.method == "POST" and form.is_valid():
        told = {"membership": request.membership, "asked": form.cleaned_data["asked"], "by": request.user}
        if made := _did(request, form, lambda: actions.ask_advice(decision=found, at=now(), **told)):
            name = made.membership.person
            text = _("%(name)s is asked. Ask the next, or go back.") % {"name": name}
            flash.done(request, text, undo_url=undo_url(made, by=request.user))
            return redirect("decisions:ask_advice", request.community.slug, found.pk)
    asked = AdviceAsked.objects.on(found).with_people().order_by("at", "id")
    return render(request, "decisions/ask_advice.html", {"decision": found, "form": form, "asked": asked})


@needs(DECIDE)
def tell_use(request: MemberRequest, advice_id: UUID) -> HttpResponse:
    """Say how a piece of advice was used, and why."""
    rows = Advice.objects.of(request.community).with_people().select_related("decision__proposal")
    given: Advice = get_object_or_404(rows, pk=advice_id)
    found = given.decision
    found.community = found.proposal.community = request.community
    _seated(request, found)
    form = UseForm(request.POST or None, initial={"used": given.used or None, "why": given.why})
    if request.method == "POST" and form.is_valid():
        told = {"membership": request.membership, "by": request.user, **form.cleaned_data}
        if _did(request, form, lambda: actions.tell_use(advice=given, at=now(), **told)):
            flash.done(request, _("Written down. You can change it until the plan is published."))
            return redirect("decisions:advice", request.community.slug, found.pk)
    return render(request, "decisions/tell_use.html", {"decision": found, "given": given, "form": form})


@needs(DECIDE)
def publish_plan(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """Publish what is planned; from then on everybody can object."""
    found, plan = find_advice(request, decision_id)
    _seated(request, found)
    form = PlanForm(request.POST or None, initial={"text": plan.text})
    if request.method == "POST" and form.is_valid():
        told = {"membership": request.membership, "text": form.cleaned_data["text"], "by": request.user}
        if made := _did(request, form, lambda: actions.publish_plan(decision=found, at=now(), **told)):
            text = _("Published. Everybody on the rolls is told, and can object.")
            flash.done(request, text, undo_url=undo_url(made, by=request.user))
            return redirect("decisions:advice", request.community.slug, found.pk)
    given = Advice.objects.on(found).with_people().in_order()
    context = {"decision": found, "plan": plan, "form": form, "given": given, "days": found.settings["wait_days"]}
    return render(request, "decisions/publish_plan.html", context)


@needs(DECIDE)
def decide(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """The last word: do it, or leave things as they are."""
    found, plan = find_advice(request, decision_id)
    _seated(request, found)
    ready = actions.readiness(found, plan, at=now())
    form = WordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = {"membership": request.membership, "by": request.user, **form.cleaned_data}
        if made := _did(request, form, lambda: actions.decide(decision=found, at=now(), **told)):
            waits = _("Written down. It is decided when the other person says the same.")
            flash.done(request, waits if made.is_open else _("It is decided. Everybody on the rolls is told."))
            return redirect("decisions:advice", request.community.slug, found.pk)
    others = Decider.objects.on(found).seated().exclude(membership=request.membership).with_people()
    context = {
        "decision": found, "plan": plan, "form": form, "others": others, "is_ready": ready.ready and found.is_open,
        "missing": missing(ready.steps),
    }  # fmt: skip
    return render(request, "decisions/decide.html", context)


@require_POST
@needs(DECIDE)
def give_up_deciding(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """I will not decide this; somebody else is looked for."""
    found, _plan = find_advice(request, decision_id)
    _seated(request, found)
    seat = Decider.objects.on(found).seated().filter(membership=request.membership).first()
    try:
        actions.give_up_deciding(decision=found, membership=request.membership, by=request.user, at=now())
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
    else:
        undo = undo_url(seat, by=request.user) if seat else ""
        flash.done(request, _("You do not decide this any more. The coordinators look for somebody."), undo_url=undo)
    return redirect("decisions:advice", request.community.slug, found.pk)
