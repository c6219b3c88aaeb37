"""Sessions that need a leader: stepping in, and what a coordinator does about it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from alongside.decisions.views.finding import SPEAK
from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, actor, needs, subject
from alongside.people.listing import seen_members
from alongside.people.models import Membership
from alongside.people.undoing import undo_url
from alongside.programs import actions, gaps
from alongside.programs.forms.leaders import LeaderForm
from alongside.programs.models import Cohort, SessionLeader
from alongside.programs.models.program import design_of
from alongside.programs.refusals import EXPECTED, words_for
from alongside.programs.rules import leaders
from alongside.programs.showing_runs import offers_to_lead
from alongside.programs.views.finding import find_program, said_to
from alongside.ui import flash


def _find(request: MemberRequest, program_id: UUID, cohort_id: UUID) -> Cohort:
    program = find_program(request, program_id)
    run: Cohort = get_object_or_404(Cohort.objects.on(program), pk=cohort_id)
    run.program, run.community = program, request.community
    return run


@needs("programs.join")
@require_POST
def step_in(request: MemberRequest, program_id: UUID, cohort_id: UUID) -> HttpResponse:
    """I can lead it, or all that need somebody."""
    run, me = _find(request, program_id, cohort_id), subject(request)
    me.community = request.community
    told = request.POST.get("session", "")
    try:
        rows = actions.step_in(
            cohort=run, membership=me, sessions=_named(run, told) if told else None, at=now(),
            **actor(request, SPEAK)._asdict(),
        )  # fmt: skip
    except EXPECTED as refusal:
        flash.sorry(request, said_to(request, refusal))
    else:
        flash.done(request, _said(rows), undo_url=undo_url(rows[0], by=request.user))
    return redirect("programs:sessions", request.community.slug, program_id)


def _named(run: Cohort, told: str) -> list[UUID]:
    """The session of this run that was named; none for anything else."""
    return [pk for pk in run.sessions.values_list("pk", flat=True) if str(pk) == told]


def _said(rows: list[SessionLeader]) -> str:
    if rows[0].state == SessionLeader.State.OFFERED:
        return _("Thank you. A coordinator answers you.")
    words = ngettext("Thank you: you lead %(count)s session.", "Thank you: you lead %(count)s sessions.", len(rows))
    return words % {"count": len(rows)}


@needs("programs.join")
@require_POST
def step_back(request: MemberRequest, program_id: UUID, cohort_id: UUID) -> HttpResponse:
    """Take one's offer to lead back."""
    run = _find(request, program_id, cohort_id)
    try:
        actions.take_leader_offer_back(
            cohort=run, membership=subject(request), at=now(), **actor(request, SPEAK)._asdict()
        )
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
    else:
        flash.done(request, _("Your offer is taken back."))
    return redirect("programs:sessions", request.community.slug, program_id)


@needs("programs.run")
def find_leader(request: MemberRequest, program_id: UUID, cohort_id: UUID) -> HttpResponse:
    """Which sessions need a leader, who offers, who could, and whom a coordinator writes down."""
    run = _find(request, program_id, cohort_id)
    program, design = run.program, design_of(run.program)
    found = gaps.gaps_of(program, design, at=now(), cohort=run)
    form = LeaderForm(
        request.POST or None, people=seen_members(request.standing), gaps=found, first=request.GET.get("member", "")
    )
    if request.method == "POST" and form.is_valid() and _write(request, run, form):
        return redirect("programs:find_leader", request.community.slug, program.pk, run.pk)
    offers = offers_to_lead(run)
    offering = [each.membership for each in offers]
    out = {row.membership_id: row for row in SessionLeader.objects.in_run(run).out().with_people() if found}
    context = {
        "program": program,
        "run": run,
        "role": leaders.role_of(design).get("name", ""),
        "gaps": found,
        "out": list(out.values()),
        "offers": offers,
        "ready": [each for each in gaps.ready_for(program, design, found, on=today()) if each not in offering],
        "form": form,
    }
    return render(request, "programs/find_leader.html", context)


def _write(request: MemberRequest, run: Cohort, form: LeaderForm) -> bool:
    given: dict[str, Any] = form.cleaned_data
    member = given["member"]
    member.community = request.community
    try:
        actions.step_in(
            cohort=run, membership=member, sessions=[UUID(each) for each in given["sessions"]], is_chosen=True,
            by=request.user, at=now(), on_behalf_of=member.person, channel=given["channel"],
        )  # fmt: skip
    except EXPECTED as refusal:
        form.add_error(None, words_for(refusal))
        return False
    flash.done(request, _("Written down: %(name)s leads.") % {"name": member.person})
    return True


def _offer(request: MemberRequest, run: Cohort, offer_id: UUID) -> Membership:
    row: SessionLeader = get_object_or_404(SessionLeader.objects.in_run(run).with_people(), pk=offer_id)
    member: Membership = row.membership
    member.community = request.community
    return member


@needs("programs.run")
@require_POST
def confirm_leader(request: MemberRequest, program_id: UUID, cohort_id: UUID, offer_id: UUID) -> HttpResponse:
    """Let somebody lead who offers to."""
    run = _find(request, program_id, cohort_id)
    member = _offer(request, run, offer_id)
    try:
        actions.confirm_leader(cohort=run, membership=member, by=request.user, at=now())
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
    else:
        flash.done(request, _("Written down: %(name)s leads.") % {"name": member.person})
    return redirect("programs:find_leader", request.community.slug, program_id, run.pk)


@needs("programs.run")
@require_POST
def decline_leader(request: MemberRequest, program_id: UUID, cohort_id: UUID, offer_id: UUID) -> HttpResponse:
    """Not this time."""
    run = _find(request, program_id, cohort_id)
    member = _offer(request, run, offer_id)
    try:
        actions.take_leader_offer_back(cohort=run, membership=member, by=request.user, at=now())
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
    else:
        flash.done(request, _("%(name)s is told, with thanks.") % {"name": member.person})
    return redirect("programs:find_leader", request.community.slug, program_id, run.pk)
