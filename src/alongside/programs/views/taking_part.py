"""Who takes part: coming in, leaving, and the people of a program."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.decisions.views.finding import may_write_for, speaker_of
from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, may, needs, subject
from alongside.people.listing import seen_members
from alongside.people.models import BodyMember, Household
from alongside.programs import actions
from alongside.programs.forms.delivery import JoinForm, LeaveForm
from alongside.programs.models import Enrolment
from alongside.programs.models.program import design_of
from alongside.programs.refusals import EXPECTED, words_for
from alongside.programs.showing_sessions import people_shown
from alongside.programs.views.finding import find_program, page_asked_for
from alongside.ui import flash

USUAL_WAYS = ["person"]


@needs("programs.join")
def join(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Take part, or wait in line; a coordinator writes it down for somebody."""
    program = find_program(request, program_id)
    me = subject(request)
    homes = BodyMember.objects.of(request.community).filter(membership=me).exclude(household=None)
    households = Household.objects.of(request.community).filter(closed_at=None)
    if may_write_for(request) is None:
        households = households.filter(pk__in=homes.values("household"))
    form = JoinForm(
        request.POST or None,
        ways=design_of(program).get("enrolment", {}).get("by") or USUAL_WAYS,
        households=households,
        seen=seen_members(request.standing),
        people=may_write_for(request),
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        speaker = speaker_of(request, given)
        came = actions.Came(given["way"], given.get("household"), given.get("introduced_by"))
        try:
            made = actions.enrol(program=program, membership=speaker.membership, came=came, at=now(), **speaker.deed())
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            flash.done(request, _said(made, speaker.membership == me))
            return redirect("programs:program", request.community.slug, program.pk)
    return render(request, "programs/join.html", {"program": program, "form": form})


def _said(made: Enrolment, is_me: bool) -> str:
    name = {"name": made.membership.person}
    if made.state == Enrolment.State.IN:
        return _("You take part now.") if is_me else _("%(name)s takes part now.") % name
    return (
        _("Every place is taken. You are on the waiting list, and are told when there is room.")
        if is_me
        else _("Every place is taken. %(name)s is on the waiting list.") % name
    )


@needs("programs.join")
def leave(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Leave a program, with a reason or without; one is welcome back."""
    program = find_program(request, program_id)
    form = LeaveForm(request.POST or None, people=may_write_for(request))
    if request.method == "POST" and form.is_valid():
        speaker = speaker_of(request, form.cleaned_data)
        try:
            actions.leave(
                program=program, membership=speaker.membership, why=form.cleaned_data["why"], at=now(),
                **speaker.deed(),
            )  # fmt: skip
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            flash.done(request, _("Written down. Whoever leaves is welcome back at any time."))
            return redirect("programs:program", request.community.slug, program.pk)
    return render(request, "programs/leave.html", {"program": program, "form": form})


@needs("programs.see_people")
def people(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Everybody who takes part or waits, and how often they came."""
    program = find_program(request, program_id)
    shown = people_shown(program, page_asked_for(request.GET.get("page", "")))
    context = {"program": program, "me": subject(request), "may_run": may(request, "programs.run"), **shown}
    return render(request, "programs/people.html", context)
