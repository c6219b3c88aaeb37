"""Helping people along a pathway: whom one could ask, offers, trainings, mentors, and who can lead."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, may, needs, require
from alongside.people.listing import seen_members
from alongside.people.undoing import undo_url
from alongside.programs import actions
from alongside.programs.forms.pathway import BesideForm, HeardForm, OfferForm, TrainingForm
from alongside.programs.models import Program, Session
from alongside.programs.models.program import design_of
from alongside.programs.refusals import EXPECTED, words_for
from alongside.programs.showing_leaders import pool_of
from alongside.programs.showing_pathway import desk_of, offerable
from alongside.programs.views.finding import find_program
from alongside.programs.views.pathway import find_step
from alongside.ui import flash

LATEST = 60


def _guided(request: MemberRequest, program_id: UUID) -> Program:
    """A program whose people one may offer steps to: a coordinator, a steward, or who leads its stage (else 403)."""
    program = find_program(request, program_id)
    require(request, "programs.guide", program)
    return program


@needs("programs.guide")
def guide(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Whom one could ask, who is near, what waits for an answer."""
    program, sees_all = _guided(request, program_id), may(request, "programs.run")
    design = design_of(program)
    context = {
        "program": program,
        "desk": desk_of(program, design, on=today(), sees_all=sees_all),
        "has_steps": bool(offerable(design)),
        "has_trainings": bool(actions.trainings_of(program)),
        "sees_all": sees_all,
        "may_hear": may(request, "programs.enter_for_others"),
    }
    return render(request, "programs/guide.html", context)


def _done(request: MemberRequest, program: Program, said: str, row: Any = None) -> HttpResponse:
    flash.done(request, said, undo_url=undo_url(row, by=request.user) if row is not None else "")
    return redirect("programs:guide", request.community.slug, program.pk)


@needs("programs.guide")
def offer_step(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Offer a step to somebody."""
    program = _guided(request, program_id)
    form = OfferForm(
        request.POST or None, people=seen_members(request.standing), steps=offerable(design_of(program)),
        may_bring=may(request, "programs.run"), first=request.GET.get("member", ""),
        first_step=request.GET.get("step", ""),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.offer_step(
                program=program, membership=given["member"], step=given["step"],
                is_brought=given.get("is_brought", False), offered_by=request.membership, by=request.user, at=now(),
            )  # fmt: skip
        except EXPECTED as refusal:
            form.add_error(None, _refused(request, refusal))
        else:
            return _done(request, program, _("Offered. %(name)s is told, and says yes or no.") % _name(made))
    return render(request, "programs/offer_step.html", {"program": program, "form": form})


def _name(row: Any) -> dict[str, Any]:
    return {"name": row.membership.person}


def _refused(request: MemberRequest, refusal: Any) -> str:
    """What people lack is told to who may read about their checks, and to nobody else."""
    if isinstance(refusal, actions.NotYetThere) and not may(request, "programs.run"):
        return _("Something that this step asks is not there yet. A coordinator can tell what.")
    return words_for(refusal)


def _with_step(
    request: MemberRequest, program_id: UUID, step_id: UUID, action: Callable[..., Any], said: str, **told: Any
) -> HttpResponse:
    program = _guided(request, program_id)
    step = find_step(request, program, step_id)
    try:
        action(step=step, by=request.user, at=now(), **told)
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
        return redirect("programs:guide", request.community.slug, program.pk)
    return _done(request, program, said % _name(step))


@needs("programs.guide")
@require_POST
def withdraw_step(request: MemberRequest, program_id: UUID, step_id: UUID) -> HttpResponse:
    """Take an offer back."""
    return _with_step(request, program_id, step_id, actions.withdraw_step, _("The offer to %(name)s is taken back."))


@needs("programs.run")
@require_POST
def welcome_back(request: MemberRequest, program_id: UUID, step_id: UUID) -> HttpResponse:
    """Somebody's step is current again."""
    said = _("The step of %(name)s is current again, and they are told.")
    return _with_step(request, program_id, step_id, actions.welcome_back, said, welcomed_by=request.membership)


@needs("programs.enter_for_others")
def hear_answer(request: MemberRequest, program_id: UUID, step_id: UUID) -> HttpResponse:
    """Write down what somebody said to an offer by phone or in person."""
    program = find_program(request, program_id)
    step = find_step(request, program, step_id)
    step.membership.community = request.community
    form = HeardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.answer_step(
                step=step, membership=step.membership, accepts=given["accepts"] == "yes", by=request.user, at=now(),
                on_behalf_of=step.membership.person, channel=given["channel"],
            )  # fmt: skip
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            return _done(request, program, _("Written down what %(name)s said.") % _name(step), step)
    steps = design_of(program).get("pathway", {})
    name = steps.get(step.step, {}).get("name", step.step)
    return render(request, "programs/hear_answer.html", {"program": program, "form": form, "step": step, "name": name})


@needs("programs.guide")
def note_training(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Note that somebody did a training."""
    program = _guided(request, program_id)
    form = TrainingForm(
        request.POST or None, people=seen_members(request.standing), trainings=actions.trainings_of(program),
        today=today(), first=request.GET.get("member", ""),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.note_training(
                program=program, membership=given["member"], what=given["what"], done_on=given["done_on"],
                noted_by=request.membership, by=request.user, at=now(),
            )  # fmt: skip
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            return _done(request, program, _("Noted. %(name)s finds it on their page.") % _name(made), made)
    return render(request, "programs/note_training.html", {"program": program, "form": form})


@needs("programs.guide")
def note_beside(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Note that somebody was at a session beside a mentor."""
    program = _guided(request, program_id)
    held = Session.objects.on(program).held().select_related("gathering", "cohort")
    sessions = list(held.order_by("-gathering__starts_at")[:LATEST])
    for one in sessions:
        one.community, one.cohort.program = request.community, program
    form = BesideForm(
        request.POST or None, people=seen_members(request.standing), sessions=sessions,
        first=request.GET.get("member", ""),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.note_beside_mentor(
                session=form.chosen(), membership=given["member"], mentor=given["mentor"],
                noted_by=request.membership, by=request.user, at=now(),
            )  # fmt: skip
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            return _done(request, program, _("Noted. %(name)s finds it on their page.") % _name(made), made)
    return render(request, "programs/note_beside.html", {"program": program, "form": form, "has_sessions": sessions})


@needs("programs.run")
def leaders(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Who can lead sessions, who rests, and who could lead together."""
    program = find_program(request, program_id)
    found = pool_of(program, design_of(program), on=today())
    return render(request, "programs/leaders.html", {"program": program, "pool": found})
