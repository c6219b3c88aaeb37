"""The stage a program stands in: who leads, what it has made, and calling it finished."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.decisions.actions.rolls import sides_of_members
from alongside.decisions.models import Side
from alongside.decisions.views.finding import SPEAK, may_write_for, speaker_of
from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, actor, needs, subject
from alongside.programs import actions
from alongside.programs.forms.stages import LeadForm, ProduceForm
from alongside.programs.models import Program, StageLead, StageRun
from alongside.programs.models.program import design_of
from alongside.programs.refusals import EXPECTED, words_for
from alongside.programs.rules.loop import leading_sides
from alongside.programs.views.finding import find_program
from alongside.ui import flash


def _going_on(request: MemberRequest, program_id: UUID) -> tuple[Program, StageRun]:
    program = find_program(request, program_id)
    run: StageRun = get_object_or_404(StageRun.objects.on(program).open())
    run.program, run.community = program, request.community
    return program, run


@needs("programs.lead")
def lead(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Lead the stage for one's side; a coordinator writes down who does."""
    program, run = _going_on(request, program_id)
    sides = leading_sides(design_of(program), run.stage)
    theirs = sides_of_members(program, on=today(), only=subject(request)).get(subject(request), ())
    people = may_write_for(request)
    mine = tuple(side for side in sides if side in theirs)
    offered = sides if people is not None else mine
    form = LeadForm(request.POST or None, sides=offered, mine=mine, people=people)
    if request.method == "POST" and form.is_valid():
        speaker = speaker_of(request, form.cleaned_data)
        try:
            actions.lead(
                run=run, membership=speaker.membership, side=form.cleaned_data["side"], at=now(), **speaker.deed()
            )
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            flash.done(request, _("Written down: %(name)s leads.") % {"name": speaker.membership.person})
            return redirect("programs:program", request.community.slug, program.pk)
    context = {"program": program, "run": run, "form": form, "offered": [Side(side).label for side in offered]}
    return render(request, "programs/lead.html", context)


@needs("programs.lead")
@require_POST
def stop_leading(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Lead no more."""
    program, run = _going_on(request, program_id)
    mine = get_object_or_404(StageLead.objects.of(request.community), run=run, membership=subject(request))
    mine.run = run
    try:
        actions.stop_leading(lead=mine, at=now(), **actor(request, SPEAK)._asdict())
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
    else:
        flash.done(request, _("You do not lead this stage any more. Somebody else of your side can."))
    return redirect("programs:program", request.community.slug, program.pk)


@needs("programs.lead")
def produce(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Write down something that the stage has made."""
    program, run = _going_on(request, program_id)
    form = ProduceForm(request.POST or None, run=run, first=request.GET.get("what", ""), people=may_write_for(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        speaker = speaker_of(request, given)
        try:
            actions.produce(
                run=run, membership=speaker.membership, makes=form.makes, told=given["told"], key=given["key"],
                at=now(), **speaker.deed(),
            )  # fmt: skip
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            flash.done(request, _("Written down. Everybody in the program can read it."))
            return redirect("programs:program", request.community.slug, program.pk)
    return render(request, "programs/produce.html", {"program": program, "run": run, "form": form})


@needs("programs.lead")
@require_POST
def finish(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Say for one's side that the stage is finished."""
    program, run = _going_on(request, program_id)
    try:
        after = actions.call_finished(run=run, membership=subject(request), at=now(), **actor(request, SPEAK)._asdict())
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
    else:
        if after.stage != run.stage:
            flash.done(request, _("Both sides say so: the next stage begins."))
        else:
            flash.done(request, _("Written down. Once the other side says so too, the next stage begins."))
    return redirect("programs:program", request.community.slug, program.pk)
