"""Jobs and committees: who does what, seats to fill, and taking one, asking somebody, or giving it up."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.decisions.views.finding import SPEAK, allowed, may_write_for, speaker_of
from alongside.kernel.channels import Channel
from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, actor, may, needs, require, subject
from alongside.people.listing import seen_members
from alongside.people.undoing import undo_url
from alongside.programs import actions
from alongside.programs.forms.jobs import AskForm, ChooseForm, OfferForm
from alongside.programs.models import Enrolment, JobTerm, Program
from alongside.programs.models.program import design_of
from alongside.programs.refusals import EXPECTED
from alongside.programs.rules.jobs import BOARD, chosen_by, jobs_in
from alongside.programs.showing_jobs import JobShown, homes_without_a_job, jobs_shown
from alongside.programs.views.finding import find_program, is_of_it, said_of_another, said_to
from alongside.ui import flash

State = JobTerm.State


@needs("programs.see_jobs")
def jobs(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Who does what, what one is asked, and whether one's own household has a job."""
    program = find_program(request, program_id)
    design, me = design_of(program), subject(request)
    shown = jobs_shown(program, design, me, on=today())
    every_household = design.get("jobs", {}).get("every_household", False)
    context = {
        "program": program,
        "jobs": shown,
        "asks": [each for each in shown if each.mine and each.mine.state == State.ASKED],
        "to_fill": sum(each.is_to_fill for each in shown),
        "is_mine_to_choose": every_household and bool(homes_without_a_job(program, design, of=me)),
        "sees_households": every_household and may(request, "programs.keep_jobs"),
    }
    return render(request, "programs/jobs.html", context)


@needs("programs.see_jobs")
def vacancies(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Seats that are empty, and seats whose term ends within eight weeks."""
    program = find_program(request, program_id)
    shown = jobs_shown(program, design_of(program), subject(request), on=today())
    context = {"program": program, "jobs": [each for each in shown if each.is_to_fill]}
    return render(request, "programs/vacancies.html", context)


@needs("programs.keep_jobs")
def households(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Households of which nobody has a job yet, where the design asks that everybody has one."""
    program = find_program(request, program_id)
    anybody = Enrolment.objects.on(program).here().exists()
    context = {"program": program, "homes": homes_without_a_job(program, design_of(program)), "anybody": anybody}
    return render(request, "programs/households_without_a_job.html", context)


@needs("programs.see_jobs")
def job(request: MemberRequest, program_id: UUID, job: str) -> HttpResponse:
    """What it is, who does it, who offers to, and what the reader can do about it."""
    program = find_program(request, program_id)
    shown = _shown(request, program, job)
    takes, of_it = allowed(request, "programs.take_jobs") and program.ended_at is None, is_of_it(request, program)
    context = {
        "program": program,
        "shown": shown,
        "may_take": takes and of_it,
        "joins_first": takes and not of_it,
        "keeps_jobs": may(request, "programs.keep_jobs"),
        "may_choose": program.ended_at is None and may(request, _who_chooses(shown.job), program),
    }
    return render(request, "programs/job.html", context)


@needs("programs.take_jobs")
def offer(request: MemberRequest, program_id: UUID, job: str) -> HttpResponse:
    """Offer to do it; a coordinator writes it down for somebody."""
    program = find_program(request, program_id)
    shown = _shown(request, program, job)
    form = OfferForm(request.POST if request.method == "POST" else None, people=may_write_for(request))
    if request.method == "POST" and form.is_valid():
        speaker = speaker_of(request, form.cleaned_data)
        try:
            term = actions.offer_job(
                program=program, job=job, membership=speaker.membership, at=now(), **speaker.deed()
            )
        except EXPECTED as refusal:
            form.add_error(None, said_to(request, refusal))
        else:
            flash.done(request, _offered(term), undo_url=undo_url(term, by=request.user))
            return redirect("programs:job", request.community.slug, program.pk, job)
    return render(request, "programs/offer_job.html", {"program": program, "shown": shown, "form": form})


def _offered(term: JobTerm) -> str:
    if term.state == State.HELD:
        return _("Thank you: it is in good hands now.")
    return _("Written down. Who does it is still to be chosen.")


@needs("programs.take_jobs")
def ask(request: MemberRequest, program_id: UUID, job: str) -> HttpResponse:
    """Ask somebody whether they would do it."""
    program = find_program(request, program_id)
    shown = _shown(request, program, job)
    form = AskForm(request.POST or None, seen=seen_members(request.standing))
    if request.method == "POST" and form.is_valid():
        who = form.cleaned_data["who"]
        who.community = request.community
        try:
            term = actions.ask_to_do(
                program=program, job=job, membership=who, asked_by=request.membership, by=request.user, at=now()
            )
        except EXPECTED as refusal:
            form.add_error("who", said_of_another(request, refusal))
        else:
            told = _("%(name)s is asked, and says yes or no.") % {"name": who.person}
            flash.done(request, told, undo_url=undo_url(term, by=request.user))
            return redirect("programs:job", request.community.slug, program.pk, job)
    return render(request, "programs/ask_to_do.html", {"program": program, "shown": shown, "form": form})


def _who_chooses(job: Mapping[str, Any]) -> str:
    """Where a board chooses, its people note it; what a vote has chosen is noted by who keeps jobs."""
    return "programs.keep_boards" if chosen_by(job) == BOARD else "programs.keep_jobs"


@needs("programs.see_jobs")
def choose(request: MemberRequest, program_id: UUID, term_id: UUID) -> HttpResponse:
    """Note that a board or a vote has chosen somebody who offers."""
    program = find_program(request, program_id)
    term = _term(request, program, term_id)
    told = jobs_in(design_of(program)).get(term.job, {"name": term.job, "kind": "job"})
    require(request, _who_chooses(told), program)
    form = ChooseForm(request.POST or None, how=chosen_by(told))
    if request.method == "POST" and form.is_valid():
        try:
            actions.choose_for_job(term=term, by=request.user, at=now(), **form.cleaned_data)
        except EXPECTED as refusal:
            form.add_error(None, said_of_another(request, refusal))
        else:
            flash.done(request, _("Written down. They are told."), undo_url=undo_url(term, by=request.user))
            return redirect("programs:job", request.community.slug, program.pk, term.job)
    context = {"program": program, "term": term, "job": told, "form": form}
    return render(request, "programs/choose_for_job.html", context)


@needs("programs.take_jobs")
@require_POST
def accept(request: MemberRequest, program_id: UUID, term_id: UUID) -> HttpResponse:
    """Say yes to what one was asked."""
    return _answer(request, program_id, term_id, actions.accept_job, _("Thank you. You said yes."))


@needs("programs.take_jobs")
@require_POST
def decline(request: MemberRequest, program_id: UUID, term_id: UUID) -> HttpResponse:
    """Say no, or take an offer back."""
    return _answer(request, program_id, term_id, actions.decline_job, _("You said no. That is all right."))


def _answer(
    request: MemberRequest, program_id: UUID, term_id: UUID, action: Callable[..., Any], told: str
) -> HttpResponse:
    program = find_program(request, program_id)
    term = _term(request, program, term_id)
    if term.membership_id != subject(request).pk:
        raise Http404
    return _done(request, term, told, action, **actor(request, SPEAK)._asdict())


@needs("programs.take_jobs")
@require_POST
def step_down(request: MemberRequest, program_id: UUID, term_id: UUID) -> HttpResponse:
    """Give a seat up; a coordinator writes it down for somebody who says so."""
    program = find_program(request, program_id)
    term = _term(request, program, term_id)
    told = _("The place is free again. Thank you for all you did.")
    if term.membership_id == subject(request).pk:
        return _done(request, term, told, actions.step_down, **actor(request, SPEAK)._asdict())
    require(request, "programs.keep_jobs")
    deed = {"by": request.user, "on_behalf_of": term.membership.person, "channel": Channel.PHONE}
    return _done(request, term, _("The place is free again."), actions.step_down, **deed)


def _done(request: MemberRequest, term: JobTerm, told: str, action: Callable[..., Any], **deed: Any) -> HttpResponse:
    try:
        action(term=term, at=now(), **deed)
    except EXPECTED as refusal:
        flash.sorry(request, said_to(request, refusal))
    else:
        flash.done(request, told, undo_url=undo_url(term, by=request.user))
    return redirect("programs:jobs", request.community.slug, term.program_id)


def _shown(request: MemberRequest, program: Program, key: str) -> JobShown:
    """A job of the design as the reader sees it, or 404."""
    every = jobs_shown(program, design_of(program), subject(request), on=today())
    found = next((each for each in every if each.key == key), None)
    if found is None:
        raise Http404
    return found


def _term(request: MemberRequest, program: Program, term_id: UUID) -> JobTerm:
    term: JobTerm = get_object_or_404(JobTerm.objects.on(program).with_people(), pk=term_id)
    term.program, term.community = program, request.community
    return term
