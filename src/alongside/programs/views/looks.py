"""Looking on: the plan of a session to print, ticking what happened, and counts over a run."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, needs, require
from alongside.people.undoing import undo_url
from alongside.programs import actions
from alongside.programs.forms.runs import LookForm
from alongside.programs.models import Cohort, Session, SessionLook
from alongside.programs.refusals import EXPECTED, words_for
from alongside.programs.rules import course
from alongside.programs.showing_looks import run_shown
from alongside.programs.views.finding import find_program
from alongside.ui import flash


@needs("programs.see_people")
def session_plan(request: MemberRequest, program_id: UUID, session_id: UUID) -> HttpResponse:
    """What a session is about and what whoever looks on ticks; made to be printed."""
    session = _find(request, program_id, session_id)
    told = actions.design_at(session).design.get("sessions", {})
    planned = told.get("plan", [])[session.number - 1 : session.number]
    context = {
        "program": session.cohort.program,
        "session": session,
        "title": course.title_of(told, session.number),
        "begins_with": told.get("begins_with", []),
        "happens": planned[0].get("happens", []) if planned else [],
        "checklist": told.get("checklist", []),
    }
    return render(request, "programs/session_plan.html", context)


@needs("programs.see_people")
def look_on(request: MemberRequest, program_id: UUID, session_id: UUID) -> HttpResponse:
    """Tick what happened; once for each who looks on."""
    session = _find(request, program_id, session_id)
    require(request, "programs.look_on", session)
    told = actions.design_at(session).design.get("sessions", {})
    checklist = told.get("checklist", [])
    if not checklist:
        raise Http404
    rows = SessionLook.objects.of(request.community).filter(session=session)
    mine = rows.filter(membership=request.membership).first()
    data = request.POST if request.method == "POST" else None
    form = LookForm(data, checklist=checklist, before=mine.happened if mine else [])
    if data is not None and form.is_valid():
        try:
            look = actions.look_on(
                session=session, membership=request.membership, by=request.user, at=now(), **form.cleaned_data
            )
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            flash.done(request, _("Thank you. What you saw is kept."), undo_url=undo_url(look, by=request.user))
            return redirect("programs:sessions", request.community.slug, program_id)
    context = {
        "program": session.cohort.program,
        "session": session,
        "title": course.title_of(told, session.number),
        "form": form,
    }
    return render(request, "programs/look_on.html", context)


@needs("programs.see_people")
def what_happened(request: MemberRequest, program_id: UUID, cohort_id: UUID) -> HttpResponse:
    """Counts over a run: how often each thing was seen to happen."""
    program = find_program(request, program_id)
    cohort: Cohort = get_object_or_404(Cohort.objects.on(program), pk=cohort_id)
    cohort.community, cohort.program = request.community, program
    context = {"program": program, "cohort": cohort, "shown": run_shown(cohort)}
    return render(request, "programs/what_happened.html", context)


def _find(request: MemberRequest, program_id: UUID, session_id: UUID) -> Session:
    program = find_program(request, program_id)
    session: Session = get_object_or_404(
        Session.objects.on(program).select_related("gathering", "cohort"), pk=session_id
    )
    session.community = session.gathering.community = session.cohort.community = request.community
    session.cohort.program = program
    return session
