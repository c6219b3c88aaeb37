"""One's own way through a program: the steps, what is offered, and what one says of one's own life."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.decisions.views.finding import SPEAK, allowed
from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, actor, may, needs, note_refusal, subject
from alongside.people.undoing import undo_url
from alongside.programs import actions
from alongside.programs.forms.pathway import AnswerForm, LivedForm
from alongside.programs.models import LivedExperience, PathStep, Program
from alongside.programs.models.program import design_of
from alongside.programs.refusals import EXPECTED, words_for
from alongside.programs.showing_pathway import offerable, ways_of
from alongside.programs.views.finding import find_program
from alongside.ui import flash


def _mine(request: MemberRequest) -> Any:
    """Whose way it is: one's own, or of whom one speaks for. Raises PermissionDenied without their leave."""
    acting = request.acting_for
    if acting is not None and SPEAK not in acting.abilities:
        note_refusal(request, SPEAK)
        raise PermissionDenied
    me = subject(request)
    me.community = request.community
    return me


@needs("programs.see_people")
def pathway(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Where one stands, what is next, and what is still missing."""
    program, me = find_program(request, program_id), _mine(request)
    design = design_of(program)
    ways = ways_of(program, design, me, on=today())
    # What somebody says of their own life is read and said by nobody for them.
    speaks_alone = request.acting_for is None
    context = {
        "program": program,
        "offers": [each for way in ways for each in way.steps if each.state == "offered"],
        "ways": ways,
        "lived": LivedExperience.objects.on(program).filter(membership=me).first() if speaks_alone else None,
        "form": LivedForm(),
        "asks_lived": speaks_alone and any(role.get("lived_experience") for role in design.get("roles", {}).values()),
        "may_act": allowed(request, "programs.join") and program.ended_at is None,
        "may_guide": bool(offerable(design)) and may(request, "programs.guide", program),
        "may_run": may(request, "programs.run"),
    }
    return render(request, "programs/pathway.html", context)


def find_step(request: MemberRequest, program: Program, step_id: UUID, **told: Any) -> PathStep:
    """Somebody's place on a step of this program, or 404."""
    rows = PathStep.objects.on(program).with_people().filter(**told)
    found: PathStep = get_object_or_404(rows, pk=step_id)
    found.program, found.community = program, request.community
    return found


def _act(
    request: MemberRequest, program_id: UUID, step_id: UUID, action: Callable[..., PathStep], said: str, **told: Any
) -> HttpResponse:
    """Do something with one's own step; somebody else's is not found."""
    program, me = find_program(request, program_id), _mine(request)
    step = find_step(request, program, step_id, membership=me)
    try:
        action(step=step, membership=me, at=now(), **told, **actor(request, SPEAK)._asdict())
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
    else:
        flash.done(request, said, undo_url=undo_url(step, by=request.user))
    return redirect("programs:pathway", request.community.slug, program.pk)


@needs("programs.join")
@require_POST
def answer_step(request: MemberRequest, program_id: UUID, step_id: UUID) -> HttpResponse:
    """Say yes or no to what was offered."""
    find_step(request, find_program(request, program_id), step_id, membership=_mine(request))
    form = AnswerForm(request.POST)
    if not form.is_valid():
        flash.sorry(request, _("Choose yes or no."))
        return redirect("programs:pathway", request.community.slug, program_id)
    accepts = form.cleaned_data["accepts"] == "yes"
    said = _("You are on this step now.") if accepts else _("Written down. It can be offered again later.")
    return _act(request, program_id, step_id, actions.answer_step, said, accepts=accepts)


@needs("programs.join")
@require_POST
def give_up_step(request: MemberRequest, program_id: UUID, step_id: UUID) -> HttpResponse:
    """Be on it no more."""
    said = _("You are on this step no more. What you did counts, and you are welcome back.")
    return _act(request, program_id, step_id, actions.give_up_step, said)


@needs("programs.join")
@require_POST
def say_lived_experience(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Say that one has lived with it, by one's own choice: nobody says it for another."""
    if request.acting_for is not None:
        note_refusal(request, "programs.join")
        raise PermissionDenied
    program, form = find_program(request, program_id), LivedForm(request.POST)
    if form.is_valid():
        try:
            actions.say_lived_experience(
                program=program, membership=_mine(request), at=now(), **form.cleaned_data,
                **actor(request, SPEAK)._asdict(),
            )  # fmt: skip
        except EXPECTED as refusal:
            flash.sorry(request, words_for(refusal))
        else:
            flash.done(request, _("Written down. You can take it back at any time."))
    return redirect("programs:pathway", request.community.slug, program.pk)


@needs("programs.join")
@require_POST
def take_lived_experience_back(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """It is said no more."""
    program = find_program(request, program_id)
    actions.take_lived_experience_back(
        program=program, membership=_mine(request), at=now(), **actor(request, SPEAK)._asdict()
    )
    flash.done(request, _("Taken back. It stands nowhere any more."))
    return redirect("programs:pathway", request.community.slug, program.pk)
