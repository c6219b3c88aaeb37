"""A board's meetings: who is there, whether they may decide, what was said and decided."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, may, needs, require
from alongside.programs import actions
from alongside.programs.forms.jobs import DecideForm, MeetingForm, MinutesForm, PresenceForm
from alongside.programs.models import BoardMeeting, JobTerm, Program
from alongside.programs.models.program import design_of
from alongside.programs.refusals import EXPECTED, words_for
from alongside.programs.rules.jobs import boards_in, jobs_in
from alongside.programs.views.finding import find_program
from alongside.ui import flash


@needs("programs.see_jobs")
def meetings(request: MemberRequest, program_id: UUID, job: str) -> HttpResponse:
    """Every meeting of a board, the latest first; who keeps it opens the page of another."""
    program = _with_board(request, program_id, job)
    return _meetings_page(request, program, job, MeetingForm(today=today()))


@needs("programs.see_jobs")
@require_POST
def meet(request: MemberRequest, program_id: UUID, job: str) -> HttpResponse:
    """Open the page of a meeting."""
    program = _with_board(request, program_id, job)
    require(request, "programs.keep_boards", BoardMeeting(program=program, job=job))
    form = MeetingForm(request.POST, today=today())
    if form.is_valid():
        try:
            made = actions.hold_board_meeting(program=program, job=job, by=request.user, at=now(), **form.cleaned_data)
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            return redirect("programs:board_meeting", request.community.slug, program.pk, made.pk)
    return _meetings_page(request, program, job, form)


def _with_board(request: MemberRequest, program_id: UUID, job: str) -> Program:
    program = find_program(request, program_id)
    if job not in boards_in(design_of(program)):
        raise Http404
    return program


def _meetings_page(request: MemberRequest, program: Program, job: str, form: MeetingForm) -> HttpResponse:
    mine = BoardMeeting(program=program, job=job)
    keeps = may(request, "programs.keep_boards", mine) and program.ended_at is None
    rows = BoardMeeting.objects.on(program).filter(job=job).latest_first().prefetch_related("decided", "presences")
    context = {
        "program": program,
        "key": job,
        "job": jobs_in(design_of(program))[job],
        "rows": rows,
        "form": form if keeps else None,
    }
    return render(request, "programs/board_meetings.html", context)


@needs("programs.see_jobs")
def meeting(request: MemberRequest, program_id: UUID, meeting_id: UUID) -> HttpResponse:
    """One meeting: who is there, minutes and decisions."""
    return _page(request, _find(request, program_id, meeting_id))


@needs("programs.see_jobs")
@require_POST
def presence(request: MemberRequest, program_id: UUID, meeting_id: UUID) -> HttpResponse:
    """Say who is there."""
    found = _kept(request, program_id, meeting_id)
    form = PresenceForm(request.POST, holders=actions.holders_of(found).with_people().by_name())

    def keep(here: Iterable[JobTerm]) -> object:
        return actions.tick_presence(meeting=found, here=[term.membership for term in here], by=request.user, at=now())

    return _done(request, found, form, keep, _("Written down."), presence_form=form)


@needs("programs.see_jobs")
@require_POST
def minutes(request: MemberRequest, program_id: UUID, meeting_id: UUID) -> HttpResponse:
    """Write down what was said."""
    found, form = _kept(request, program_id, meeting_id), MinutesForm(request.POST)
    keep = partial(actions.write_board_minutes, meeting=found, by=request.user, at=now())
    return _done(request, found, form, keep, _("The minutes are kept."), minutes_form=form)


@needs("programs.see_jobs")
@require_POST
def decide(request: MemberRequest, program_id: UUID, meeting_id: UUID) -> HttpResponse:
    """Note what was decided; refused while too few are there."""
    found, form = _kept(request, program_id, meeting_id), DecideForm(request.POST)
    keep = partial(actions.note_board_decision, meeting=found, by=request.user, at=now())
    said = _("It stands, with how many were here. It cannot be changed any more.")
    return _done(request, found, form, keep, said, decide_form=form)


def _done(
    request: MemberRequest, meeting: BoardMeeting, form: Form, keep: Callable[..., object], said: str, **forms: Any
) -> HttpResponse:
    """Keep what a form of the meeting's page says, or show the page with the form as it was sent."""
    if form.is_valid():
        try:
            keep(**form.cleaned_data)
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            flash.done(request, said)
            return redirect("programs:board_meeting", meeting.community.slug, meeting.program_id, meeting.pk)
    return _page(request, meeting, **forms)


def _find(request: MemberRequest, program_id: UUID, meeting_id: UUID) -> BoardMeeting:
    program = find_program(request, program_id)
    found: BoardMeeting = get_object_or_404(BoardMeeting.objects.on(program), pk=meeting_id)
    found.program, found.community = program, request.community
    return found


def _kept(request: MemberRequest, program_id: UUID, meeting_id: UUID) -> BoardMeeting:
    found = _find(request, program_id, meeting_id)
    require(request, "programs.keep_boards", found)
    return found


def _page(
    request: MemberRequest,
    meeting: BoardMeeting,
    *,
    presence_form: PresenceForm | None = None,
    minutes_form: MinutesForm | None = None,
    decide_form: DecideForm | None = None,
) -> HttpResponse:
    """The page of a meeting; a form that was refused stands there as it was sent."""
    program: Program = meeting.program
    job = jobs_in(design_of(program)).get(meeting.job)
    quorum = actions.quorum_of(meeting) if meeting.job in boards_in(design_of(program)) else None
    holders = actions.holders_of(meeting).with_people().by_name()
    ticked = set(meeting.presences.values_list("membership", flat=True))
    rows = list(holders)
    keeps = may(request, "programs.keep_boards", meeting) and program.ended_at is None and quorum is not None
    told = {"minutes": meeting.minutes, "seen": meeting.changed_at}
    at_first = {"here": [term.pk for term in rows if term.membership_id in ticked]}
    context = {
        "program": program,
        "meeting": meeting,
        "job": job or {"name": meeting.job},
        "quorum": quorum,
        "keeps": keeps,
        "people": [(term.membership.person, term.membership_id in ticked) for term in rows],
        "decided": meeting.decided.order_by("at", "id"),
        "presence_form": presence_form or PresenceForm(holders=holders, initial=at_first),
        "minutes_form": minutes_form or MinutesForm(initial=told),
        "decide_form": decide_form or DecideForm(),
    }
    return render(request, "programs/board_meeting.html", context)
