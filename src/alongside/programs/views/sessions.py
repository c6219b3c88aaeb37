"""Sessions of a program: planned, looked at, and their hours posted."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from alongside.decisions.views.finding import allowed
from alongside.gatherings.permissions import seen_gatherings
from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, may, needs
from alongside.people.listing import seen_members
from alongside.people.models import Membership
from alongside.programs import actions
from alongside.programs.forms.asking import StartForm
from alongside.programs.forms.delivery import LicenceForm, ScheduleForm
from alongside.programs.models import Licence, Program, Session
from alongside.programs.models.program import design_of
from alongside.programs.refusals import EXPECTED, words_for
from alongside.programs.rules import leaders
from alongside.programs.showing_looks import looked_on_by
from alongside.programs.showing_runs import cohorts_shown
from alongside.programs.views.finding import find_program, reader_of
from alongside.ui import flash


@needs("programs.see_people")
def sessions(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Every run, with what is to come and what was held."""
    program = find_program(request, program_id)
    told = design_of(program).get("sessions", {})
    looks_on = looked_on_by(program, request.standing) if told.get("checklist") else None
    mine = seen_gatherings(request.standing).of_room(actions.ROOM, str(program.pk)).values_list("pk", flat=True)
    me = reader_of(request)
    cohorts = cohorts_shown(program, looks_on=looks_on, at=now(), seen=set(mine), me=me)
    context = {
        "program": program,
        "cohorts": cohorts,
        "has_sessions": bool(told),
        "has_checklist": bool(told.get("checklist")),
        "may_change_run": len(cohorts) > 1 and program.ended_at is None and may(request, "programs.join"),
        "may_run": may(request, "programs.run") and program.ended_at is None,
        **(_stepping_in(request, program, me) if any(each.seeking for each in cohorts) else {}),
    }
    return render(request, "programs/sessions.html", context)


def _stepping_in(request: MemberRequest, program: Program, me: Membership | None) -> dict[str, Any]:
    """Whether the reader could lead sessions that need somebody, and how the design fills such places."""
    design, joins = design_of(program), allowed(request, "programs.join")
    return {
        "me": me,
        "may_step_in": me is not None and joins and actions.may_step_in(program, design, me, at=now()),
        "coordinators_choose": leaders.coordinators_choose(design),
        "leading_role": leaders.role_of(design).get("name", ""),
    }


@needs("programs.run")
def schedule(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Plan a run of sessions from a day on."""
    program = find_program(request, program_id)
    design = design_of(program)
    if "sessions" not in design or program.ended_at:
        raise Http404
    form = ScheduleForm(
        request.POST or None, leaders=leaders.needed(design), members=seen_members(request.standing), today=today(),
        named=request.GET.getlist("leader"),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            actions.schedule(
                program=program,
                first_day=form.cleaned_data["first_day"],
                leaders=[actions.Leader(member, lived) for member, lived in form.leaders()],
                by=request.user,
                at=now(),
                key=form.cleaned_data["key"],
            )
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            flash.done(request, _("The sessions are planned. Everybody who takes part is expected."))
            return redirect("programs:sessions", request.community.slug, program.pk)
    licences = Licence.objects.of(request.community).filter(program=program).order_by("-starts_on")
    context = {
        "program": program,
        "form": form,
        "licences": licences,
        "licence": design.get("requires", {}).get("licence"),
    }
    return render(request, "programs/schedule.html", context)


@needs("programs.run")
def licence(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Write down a licence."""
    program = find_program(request, program_id)
    asked = design_of(program).get("requires", {}).get("licence", {})
    form = LicenceForm(request.POST or None, of=asked.get("of", ""), today=today())
    if request.method == "POST" and form.is_valid():
        actions.write_licence(program=program, by=request.user, at=now(), **form.cleaned_data)
        flash.done(request, _("Written down. Sessions can be planned for as long as it holds."))
        return redirect("programs:schedule", request.community.slug, program.pk)
    return render(request, "programs/licence.html", {"program": program, "form": form})


@needs("programs.run")
def credit(request: MemberRequest, program_id: UUID, session_id: UUID) -> HttpResponse:
    """What a session earned whom, shown before; posted all together."""
    program = find_program(request, program_id)
    rows = Session.objects.on(program).select_related("gathering", "cohort")
    session: Session = get_object_or_404(rows, pk=session_id)
    session.community = session.gathering.community = session.cohort.community = request.community
    session.cohort.program = program
    form = StartForm(request.POST or None)
    lines, trouble = [], ""
    try:
        lines = actions.lines_of(session)
        if request.method == "POST" and form.is_valid():
            actions.credit(session=session, by=request.user, at=now())
            flash.done(request, _("The hours are posted."))
            return redirect("programs:sessions", request.community.slug, program.pk)
    except EXPECTED as refusal:
        trouble = words_for(refusal)
    context = {
        "program": program,
        "session": session,
        "lines": lines,
        "has_some": any(line.minutes for line in lines),
        "trouble": trouble,
        "form": form,
    }
    return render(request, "programs/credit.html", context)
