"""House rules: reading them, reporting words, taking them from view, appeals, and the log of it all."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.decisions import actions
from alongside.decisions.forms.moderation import AppealForm, DecideAppealForm, HideForm, ReportForm
from alongside.decisions.models import Appeal, Contribution, HouseRule, ModerationEntry, Report
from alongside.decisions.policy import house_rules
from alongside.decisions.refusals.moderation import EXPECTED, explain, words_for
from alongside.decisions.views.finding import SPEAK, allowed, page_of, speaker_of
from alongside.kernel.channels import Channel
from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, actor, may, needs, note_refusal, subject
from alongside.people.undoing import undo_url
from alongside.ui import flash


@needs("decisions.see_moderation")
def policy(request: MemberRequest) -> HttpResponse:
    """The house rules, for everybody."""
    context = {"passages": house_rules(request.community), "house_rules": HouseRule.labels}
    return render(request, "decisions/policy.html", context)


@needs("decisions.see_moderation")
def moderation_log(request: MemberRequest) -> HttpResponse:
    """Every time words were taken from view: who did it, by which rule, and what an appeal brought."""
    entries = ModerationEntry.objects.of(request.community).with_outcome().newest_first()
    rows, older = page_of(entries, before=request.GET.get("before", ""), by="at")
    context = {
        "rows": rows,
        "older_url": f"?before={older}" if older else "",
        "shows_people": may(request, "people.see_members"),
    }
    return render(request, "decisions/moderation_log.html", context)


@needs("decisions.speak")
def report(request: MemberRequest, contribution_id: UUID) -> HttpResponse:
    """Ask the coordinators to look at words that break a house rule."""
    said = _find(request, contribution_id)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        speaker = speaker_of(request, {})
        try:
            actions.report(
                contribution=said, membership=speaker.membership, at=now(), **speaker.deed(), **form.cleaned_data
            )
        except EXPECTED as refusal:
            explain(refusal, form)
        else:
            flash.done(request, _("Thank you. The coordinators will look at it."))
            return _back_to(request, said)
    return render(request, "decisions/report.html", {"form": form, "said": said, "proposal": said.proposal})


@needs("decisions.moderate")
def moderate(request: MemberRequest, contribution_id: UUID) -> HttpResponse:
    """Take words from view by a house rule, or find that they break none."""
    said = _moderated(request, contribution_id)
    form = HideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            entry = actions.hide(
                contribution=said, moderator=request.membership, by=request.user, at=now(), **form.cleaned_data
            )
        except EXPECTED as refusal:
            explain(refusal, form)
        else:
            text = _("The words are out of view. Whoever said them is told why.")
            flash.done(request, text, undo_url=undo_url(entry, by=request.user))
            return redirect("decisions:proposal", request.community.slug, said.proposal_id)
    reports = (
        Report.objects.of(request.community).waiting().filter(contribution=said).with_people().order_by("at", "id")
    )
    context = {"form": form, "said": said, "proposal": said.proposal, "reports": reports}
    return render(request, "decisions/moderate.html", context)


@require_POST
@needs("decisions.moderate")
def leave_in_view(request: MemberRequest, contribution_id: UUID) -> HttpResponse:
    """Reported words break no rule."""
    said = _moderated(request, contribution_id)
    try:
        actions.leave_in_view(contribution=said, moderator=request.membership, by=request.user, at=now())
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
    else:
        flash.done(request, _("The words stay in view."))
    return _back_to(request, said)


@needs("decisions.appeal")
def appeal(request: MemberRequest, entry_id: UUID) -> HttpResponse:
    """What was taken from view and why, for whoever said it; they may appeal once."""
    entry = _find_entry(request, entry_id, "decisions.appeal")
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.appeal(entry=entry, at=now(), **_whose_appeal(request, entry), **form.cleaned_data)
        except EXPECTED as refusal:
            explain(refusal, form)
        else:
            flash.done(request, _("Your appeal is made. Somebody else decides, and you are told."))
            return redirect("decisions:appeal", request.community.slug, entry.pk)
    return render(request, "decisions/appeal.html", _case(entry, form))


@needs("decisions.decide_appeal")
def decide_appeal(request: MemberRequest, entry_id: UUID) -> HttpResponse:
    """Decide an appeal against what somebody else has done."""
    entry = _find_entry(request, entry_id, "decisions.decide_appeal")
    case = get_object_or_404(Appeal.objects.of(request.community), entry=entry)
    case.entry, case.community = entry, request.community
    form = DecideAppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.decide_appeal(
                appeal=case, decider=request.membership, by=request.user, at=now(), **form.cleaned_data
            )
        except EXPECTED as refusal:
            explain(refusal, form)
        else:
            flash.done(request, _("Decided. Whoever said it is told."))
            return redirect("decisions:moderation_log", request.community.slug)
    return render(request, "decisions/decide_appeal.html", _case(entry, form))


def _find(request: MemberRequest, contribution_id: UUID) -> Contribution:
    """Words in view, replies too, or 404."""
    rows = Contribution.objects.of(request.community).shown().with_people().select_related("proposal")
    said: Contribution = get_object_or_404(rows, pk=contribution_id)
    said.community = said.proposal.community = request.community
    return said


def _moderated(request: MemberRequest, contribution_id: UUID) -> Contribution:
    """Words in view that this coordinator may take from view, or 404 (403 when that is for others)."""
    said = _find(request, contribution_id)
    if not may(request, "decisions.moderate", said):
        note_refusal(request, "decisions.moderate")
        raise PermissionDenied
    return said


def _find_entry(request: MemberRequest, entry_id: UUID, permission: str) -> ModerationEntry:
    """An entry of the log that one has `permission` for, or 404 (403 without it)."""
    rows = ModerationEntry.objects.of(request.community).with_outcome()
    entry: ModerationEntry = get_object_or_404(rows.select_related("contribution__membership__person"), pk=entry_id)
    entry.community = request.community
    if entry.contribution:
        entry.contribution.community = request.community
    if not allowed(request, permission, entry):
        note_refusal(request, permission)
        raise PermissionDenied
    return entry


def _whose_appeal(request: MemberRequest, entry: ModerationEntry) -> dict[str, Any]:
    """Who appeals: whoever said it, or a coordinator for them, who heard it from them."""
    said = entry.contribution
    if said is None or said.membership_id == subject(request).pk:
        return dict(zip(("by", "on_behalf_of", "channel"), actor(request, SPEAK), strict=True))
    return {"by": request.user, "on_behalf_of": said.membership.person, "channel": Channel.PHONE}


def _case(entry: ModerationEntry, form: Any) -> dict[str, Any]:
    case = Appeal.objects.of(entry.community).filter(entry=entry).select_related("decided_by__person").first()
    return {"entry": entry, "said": entry.contribution, "proposal": entry.proposal, "case": case, "form": form}


def _back_to(request: MemberRequest, said: Contribution) -> HttpResponse:
    page = reverse("decisions:proposal", args=[request.community.slug, said.proposal_id])
    return redirect(f"{page}#said-{said.pk}")
