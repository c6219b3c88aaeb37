"""Changing from one run to another, and the diploma of who has completed."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.decisions.views.finding import SPEAK, may_write_for, speaker_of
from alongside.kernel.channels import Channel
from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, actor, needs, require, subject
from alongside.people.undoing import undo_url
from alongside.programs import actions
from alongside.programs.completing import progress_in
from alongside.programs.forms.runs import ChangeRunForm
from alongside.programs.models import Cohort, CohortMove, Enrolment, Session
from alongside.programs.models.program import design_of
from alongside.programs.refusals import EXPECTED, words_for
from alongside.programs.views.finding import find_program
from alongside.ui import flash


@needs("programs.join")
def change(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Change to another run, or wait in line for it; a coordinator writes it down for somebody."""
    program, me = find_program(request, program_id), subject(request)
    mine = Enrolment.objects.on(program).here().filter(membership=me).first()
    people = may_write_for(request)
    to_come = Session.objects.on(program).to_come(now()).values("cohort")
    cohorts = Cohort.objects.on(program).filter(pk__in=to_come).order_by("number")
    if mine is not None and people is None:
        cohorts = cohorts.exclude(pk=mine.cohort_id)
    form = ChangeRunForm(request.POST or None, cohorts=cohorts, people=people)
    if request.method == "POST" and form.is_valid():
        speaker = speaker_of(request, form.cleaned_data)
        try:
            move = actions.change_run(
                program=program, membership=speaker.membership, cohort=form.cleaned_data["cohort"], at=now(),
                **speaker.deed(),
            )  # fmt: skip
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            flash.done(request, _changed(move), undo_url=undo_url(move, by=request.user))
            return redirect("programs:sessions", request.community.slug, program.pk)
    waiting = CohortMove.objects.of(request.community).waiting().filter(enrolment=mine).select_related("to_cohort")
    context = {"program": program, "form": form, "waiting": waiting.first() if mine else None, "runs": cohorts.count()}
    return render(request, "programs/change_run.html", context)


def _changed(move: CohortMove) -> str:
    if move.state == CohortMove.State.MOVED:
        return _("The run is changed. What was attended counts on.")
    return _("Every place there is taken. The place in this run is kept until there is one.")


@needs("programs.join")
@require_POST
def stay(request: MemberRequest, program_id: UUID, move_id: UUID) -> HttpResponse:
    """Stay in the run one is in, and wait no more."""
    program = find_program(request, program_id)
    rows = CohortMove.objects.of(request.community).select_related("enrolment__membership__person")
    move: CohortMove = get_object_or_404(rows, pk=move_id, enrolment__program=program)
    move.community = request.community
    deed = {"by": request.user, "on_behalf_of": move.enrolment.membership.person, "channel": Channel.PHONE}
    if move.enrolment.membership_id == subject(request).pk:
        deed = actor(request, SPEAK)._asdict()
    else:
        require(request, "programs.run")
    try:
        actions.wait_no_more(move=move, at=now(), **deed)
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
    else:
        flash.done(request, _("Nothing changes: the place in this run is kept."))
    return redirect("programs:sessions", request.community.slug, program.pk)


@needs("programs.see_people")
def diploma(request: MemberRequest, program_id: UUID, enrolment_id: UUID) -> HttpResponse:
    """A page to print for who has completed; for the person and who keeps the program going alone."""
    program = find_program(request, program_id)
    rows = Enrolment.objects.on(program).select_related("membership__person")
    enrolment: Enrolment = get_object_or_404(rows, pk=enrolment_id)
    require(request, "programs.see_diploma", enrolment)
    far = progress_in(program, design_of(program), of=[enrolment.membership])[enrolment.membership_id]
    if far.completed_at is None:
        raise Http404
    context = {
        "program": program,
        "person": enrolment.membership.person,
        "far": far,
        "run": Cohort.objects.on(program).get(pk=far.cohort),
        "today": today(),
    }
    return render(request, "programs/diploma.html", context)
