"""Barriers of a program: raised, looked after, answered, looked at again, closed."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.decisions.views.finding import SPEAK, allowed, may_write_for, speaker_of
from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, actor, needs, subject
from alongside.people.undoing import undo_url
from alongside.programs import actions
from alongside.programs.forms.barriers import AnswerForm, RaiseForm
from alongside.programs.models import Barrier
from alongside.programs.refusals import EXPECTED, words_for
from alongside.programs.rules.words import SIDES
from alongside.programs.views.finding import find_program
from alongside.ui import flash


def _find(request: MemberRequest, program_id: UUID, barrier_id: UUID) -> Barrier:
    program = find_program(request, program_id)
    barrier: Barrier = get_object_or_404(Barrier.objects.on(program).with_people(), pk=barrier_id)
    barrier.program, barrier.community = program, request.community
    return barrier


@needs("programs.read_words")
def barriers(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """What is in the way now, and what was."""
    program = find_program(request, program_id)
    rows = Barrier.objects.on(program).with_people().soonest_first()
    context = {
        "program": program,
        "open": rows.open(),
        "closed": rows.closed(),
        "today": today(),
        "may_raise": allowed(request, "programs.look_back") and program.ended_at is None,
    }
    return render(request, "programs/barriers.html", context)


@needs("programs.look_back")
def raise_barrier(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Say what is in the way."""
    program = find_program(request, program_id)
    people, theirs = may_write_for(request), actions.sides_in(program, subject(request), at=now())
    sides = theirs if theirs and people is None else tuple(SIDES.values())
    form = RaiseForm(request.POST or None, sides=sides, people=people)
    if request.method == "POST" and form.is_valid():
        told = {**form.cleaned_data}
        speaker = speaker_of(request, told)
        is_named = not told.pop("hides_name")
        try:
            barrier = actions.raise_barrier(
                program=program, membership=speaker.membership, is_named=is_named, at=now(), **told, **speaker.deed()
            )
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            flash.done(request, _("Written down. Both sides read it, and somebody can look after it."))
            return redirect("programs:barrier", request.community.slug, program.pk, barrier.pk)
    context = {"program": program, "form": form, "belongs": bool(theirs) or people is not None}
    return render(request, "programs/raise_barrier.html", context)


@needs("programs.read_words")
def barrier(request: MemberRequest, program_id: UUID, barrier_id: UUID) -> HttpResponse:
    """One of them, with everything that was answered."""
    found, me = _find(request, program_id, barrier_id), subject(request)
    may_act = allowed(request, "programs.look_back") and found.program.ended_at is None
    context = {
        "program": found.program,
        "barrier": found,
        "answers": found.answers.select_related("membership__person").order_by("at", "id"),
        "is_mine": found.owner_id == me.pk,
        "raised_it": found.raised_by_id == me.pk,
        "may_act": may_act and found.closed_at is None,
        "may_take_back": may_act and found.raised_by_id == me.pk,
    }
    return render(request, "programs/barrier.html", context)


@needs("programs.look_back")
def answer_barrier(request: MemberRequest, program_id: UUID, barrier_id: UUID) -> HttpResponse:
    """Answer it, and say when to look again."""
    found = _find(request, program_id, barrier_id)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_barrier(
                barrier=found, membership=subject(request), at=now(), **form.cleaned_data,
                **actor(request, SPEAK)._asdict(),
            )  # fmt: skip
        except actions.LookAgainLater as refusal:
            form.add_error("review_on", words_for(refusal))
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            flash.done(request, _("Your answer stands on its page. Whoever raised it is told."))
            return redirect("programs:barrier", request.community.slug, found.program_id, found.pk)
    return render(request, "programs/answer_barrier.html", {"program": found.program, "barrier": found, "form": form})


def _act(
    request: MemberRequest, program_id: UUID, barrier_id: UUID, action: Callable[..., Any], told: str
) -> HttpResponse:
    found = _find(request, program_id, barrier_id)
    try:
        action(barrier=found, membership=subject(request), at=now(), **actor(request, SPEAK)._asdict())
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
    else:
        flash.done(request, told, undo_url=undo_url(found, by=request.user))
    return redirect("programs:barriers", request.community.slug, found.program_id)


@needs("programs.look_back")
@require_POST
def own_barrier(request: MemberRequest, program_id: UUID, barrier_id: UUID) -> HttpResponse:
    """Look after it."""
    return _act(request, program_id, barrier_id, actions.own, _("You look after it now."))


@needs("programs.look_back")
@require_POST
def let_barrier_go(request: MemberRequest, program_id: UUID, barrier_id: UUID) -> HttpResponse:
    """Look after it no more."""
    told = _("You do not look after it any more. Somebody else can.")
    return _act(request, program_id, barrier_id, actions.let_barrier_go, told)


@needs("programs.look_back")
@require_POST
def close_barrier(request: MemberRequest, program_id: UUID, barrier_id: UUID) -> HttpResponse:
    """It is not in the way any more."""
    return _act(request, program_id, barrier_id, actions.close_barrier, _("Closed: it is not in the way any more."))


@needs("programs.look_back")
@require_POST
def take_barrier_back(request: MemberRequest, program_id: UUID, barrier_id: UUID) -> HttpResponse:
    """Delete one that one has raised."""
    get_object_or_404(Barrier.objects.of(request.community), pk=barrier_id, raised_by=subject(request))
    told = _("Deleted, with everything that was answered.")
    return _act(request, program_id, barrier_id, actions.take_barrier_back, told)
