"""A consent round: opened, looked at, its next version put in, ended or called off."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.decisions import actions
from alongside.decisions.actions.rolls import rolls_for
from alongside.decisions.forms.consent import NextVersionForm, OpenRoundForm
from alongside.decisions.forms.voting import CallOffForm, SidesForm
from alongside.decisions.models import Decision, Draft, Objection, Version
from alongside.decisions.refusals.consent import EXPECTED, words_for
from alongside.decisions.rules.exact import share
from alongside.decisions.subjects import laid_down_for
from alongside.decisions.views.circle import of_round
from alongside.decisions.views.finding import find_draft, writer_of
from alongside.decisions.views.follow_up import follow_up
from alongside.decisions.views.opening import evening_of, proposal_to_decide, rolls_shown
from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, needs
from alongside.ui import flash


def find_round(request: MemberRequest, decision_id: UUID) -> Decision:
    """A consent round of this community, or 404."""
    rounds = Decision.objects.of(request.community).filter(rule="consent").with_words()
    found: Decision = get_object_or_404(rounds, pk=decision_id)
    found.community = found.proposal.community = request.community
    return found


@needs("decisions.run_votes")
def open_round(request: MemberRequest, proposal_id: UUID) -> HttpResponse:
    """Say between whom, who facilitates, until when; see who is on which roll; open."""
    proposal = proposal_to_decide(request, proposal_id)
    version = Version.objects.of(request.community).filter(proposal=proposal).newest_first().first()
    if version is None:
        raise Http404
    sides_form, laid = SidesForm(request.GET), laid_down_for(proposal)
    rolls = rolls_for(proposal, laid.sides if laid else sides_form.sides, on=today())
    form = OpenRoundForm(request.POST or None, rolls=rolls, today=today(), laid_down=laid)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.open_round(
                proposal=proposal,
                version=version,
                sides=list(rolls.of),
                facilitators=form.facilitators,
                closes_at=evening_of(given["closes_on"], request.community),
                review_on=given["review_on"],
                share=share(given["share"]),
                leave_out_unsaid=bool(given.get("leave_out_unsaid")),
                lazy_days=given.get("lazy_days") or 0,
                by=request.user,
                at=now(),
                key=given["key"],
            )
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            flash.done(request, _("The round is open. Everybody on a roll is told."))
            return redirect("decisions:round", request.community.slug, made.pk)
    shown = None if laid else SidesForm(initial=dict(zip(("one", "other"), sides_form.sides, strict=True)))
    context = {"proposal": proposal, "version": version, "form": form, "sides_form": shown, **rolls_shown(rolls)}
    return render(request, "decisions/open_round.html", context)


@needs("decisions.see_votes")
def consent_round(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """Who stands where, the objections with their lives, and what the reader can do next."""
    found = find_round(request, decision_id)
    return render(request, "decisions/round.html", {**follow_up(request, found), **of_round(request, found)})


@needs("decisions.propose")
def next_version(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """Its authors put the draft before everybody, and say which objections it is meant to take up."""
    found = find_round(request, decision_id)
    draft: Draft = find_draft(request, found.proposal_id)
    understood = Objection.objects.on(found).filter(state=Objection.State.CLARIFIED).with_people().in_order()
    form = NextVersionForm(request.POST or None, objections=understood, initial={"seen": draft.changed_at})
    if request.method == "POST" and form.is_valid():
        writer = writer_of(request, found.proposal)
        try:
            version = actions.put_into_round(
                decision=found,
                membership=writer.membership,
                seen=form.cleaned_data["seen"],
                answers=form.answered,
                at=now(),
                **writer.deed(),
            )
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            flash.done(request, _("Everybody reads version %(number)s now.") % {"number": version.number})
            return redirect("decisions:round", request.community.slug, found.pk)
    return render(request, "decisions/round_next.html", {"decision": found, "draft": draft, "form": form})


@require_POST
@needs("decisions.run_votes")
def end(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """End it now: its time has come, or everything is said."""
    found = find_round(request, decision_id)
    try:
        actions.end_round(decision=found, by=request.user, at=now())
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
    return redirect("decisions:round", request.community.slug, found.pk)


@needs("decisions.run_votes")
def call_off(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """End a round without a result, for a reason that everybody reads."""
    found = find_round(request, decision_id)
    form = CallOffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.call_off(decision=found, why=form.cleaned_data["why"], by=request.user, at=now())
        except EXPECTED as refusal:
            flash.sorry(request, words_for(refusal))
        return redirect("decisions:round", request.community.slug, found.pk)
    return render(request, "decisions/call_off_round.html", {"decision": found, "form": form})
