"""What each side brings: the say of each, time given, the budget and agreements, and the board."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.decisions.views.finding import SPEAK, allowed, may_write_for, speaker_of
from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, actor, may, needs, subject
from alongside.people.undoing import undo_url
from alongside.programs import actions
from alongside.programs.forms.bringing import BudgetLineForm, CommitmentForm, CorrectForm, InputForm
from alongside.programs.models import BudgetLine, Commitment, Input, Program
from alongside.programs.refusals import EXPECTED, words_for
from alongside.programs.rules.words import SIDES
from alongside.programs.showing_leaders import growth_of
from alongside.programs.showing_looking import (
    board_rows,
    commitments_shown,
    given_sentence,
    given_table,
    reach_of,
    said_rows,
    side_name,
    sums_by_aim,
)
from alongside.programs.showing_topics import taught_in
from alongside.programs.views.finding import find_program
from alongside.ui import flash

LATEST = 40


@needs("programs.see")
def board(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Who does how much in each stage."""
    program = find_program(request, program_id)
    stages, rows = board_rows(program)
    may_propose = allowed(request, "programs.propose") and program.ended_at is None
    context = {"program": program, "stages": stages, "rows": rows, "may_propose": may_propose}
    return render(request, "programs/board.html", context)


@needs("programs.see")
def say(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """How the deciding was shared out between the sides."""
    program = find_program(request, program_id)
    return render(request, "programs/say.html", {"program": program, "rows": said_rows(program)})


@needs("programs.see")
def inputs(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Time given: instead of professional work, beside it, or with its support."""
    program = find_program(request, program_id)
    rows, total = given_table(program)
    mine = Input.objects.on(program).standing().filter(membership=subject(request))
    context = {
        "program": program,
        "rows": rows,
        "total": total,
        "sentence": given_sentence(rows, total),
        "mine": mine.exclude(minutes=0).latest_first()[:LATEST],
        "may_record": allowed(request, "programs.look_back") and program.ended_at is None,
    }
    return render(request, "programs/inputs.html", context)


@needs("programs.look_back")
def record_input(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Write down time that was given."""
    program, people = find_program(request, program_id), may_write_for(request)
    theirs = actions.sides_in(program, subject(request), at=now())
    sides = theirs if theirs and people is None else tuple(SIDES.values())
    form = InputForm(request.POST or None, sides=sides, people=people, first={"day": today()})
    if request.method == "POST" and form.is_valid():
        told = {**form.cleaned_data}
        speaker = speaker_of(request, told)
        try:
            actions.record_input(program=program, membership=speaker.membership, at=now(), **told, **speaker.deed())
        except actions.NotYetTheDay as refusal:
            form.add_error("day", words_for(refusal))
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            flash.done(request, _("Written down. It counts in the sums; nobody's name stands there."))
            return redirect("programs:inputs", request.community.slug, program.pk)
    context = {"program": program, "form": form, "belongs": bool(theirs) or people is not None}
    return render(request, "programs/record_input.html", context)


@needs("programs.look_back")
def correct_input(request: MemberRequest, program_id: UUID, input_id: UUID) -> HttpResponse:
    """Put right an entry of one's own, by a further one."""
    program = find_program(request, program_id)
    mine = Input.objects.on(program).filter(membership=subject(request))
    entry: Input = get_object_or_404(mine, pk=input_id)
    form = CorrectForm(request.POST or None, entry=entry)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            actions.record_input(
                program=program, membership=subject(request), side=entry.side, kind=told["kind"],
                minutes=form.minutes_now, is_paid=told["is_paid"], day=entry.day, what=entry.what, corrects=entry,
                key=told["key"], at=now(), **actor(request, SPEAK)._asdict(),
            )  # fmt: skip
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            flash.done(request, _("Put right. The sums count it as it is now."))
            return redirect("programs:inputs", request.community.slug, program.pk)
    return render(request, "programs/correct_input.html", {"program": program, "entry": entry, "form": form})


@needs("programs.see_sums")
def sums(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """For those who pay and those who keep the books: stage, hours, reach and money. No name stands here."""
    program = find_program(request, program_id)
    lines = list(BudgetLine.objects.on(program).standing().in_order())
    rows, total = given_table(program)
    context = {
        "program": program,
        "lines": lines,
        "by_aim": sums_by_aim(lines),
        "reach": reach_of(program),
        "growth": growth_of(program),
        "rows": rows,
        "total": total,
        "sentence": given_sentence(rows, total),
        "commitments": commitments_shown(program, None),
        "taught": taught_in(program),
        "may_keep": may(request, "programs.keep_budget") and program.ended_at is None,
    }
    return render(request, "programs/sums.html", context)


@needs("programs.keep_budget")
def add_budget_line(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Set money or time aside."""
    program = find_program(request, program_id)
    newest = BudgetLine.objects.on(program).exclude(currency="").order_by("-at").values_list("currency", flat=True)
    first = {"aim": program.aim, "stage": program.stage, "currency": newest.first() or ""}
    form = BudgetLineForm(request.POST or None, first=first)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_budget_line(program=program, by=request.user, at=now(), **form.line())
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            flash.done(request, _("The line is in the budget."))
            return redirect("programs:sums", request.community.slug, program.pk)
    return render(request, "programs/add_budget_line.html", {"program": program, "form": form})


@needs("programs.keep_budget")
@require_POST
def take_budget_line_off(request: MemberRequest, program_id: UUID, line_id: UUID) -> HttpResponse:
    """The line does not hold any more."""
    program = find_program(request, program_id)
    line: BudgetLine = get_object_or_404(BudgetLine.objects.on(program), pk=line_id)
    line.community = request.community
    try:
        actions.take_budget_line_off(line=line, by=request.user, at=now())
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
    else:
        flash.done(request, _("The line is taken off."), undo_url=undo_url(line, by=request.user))
    return redirect("programs:sums", request.community.slug, program.pk)


@needs("programs.read_words")
def commitments(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Who brings what, and who has agreed."""
    program = find_program(request, program_id)
    theirs = actions.sides_in(program, subject(request), at=now())
    may_agree = allowed(request, "programs.look_back") and program.ended_at is None
    context = {
        "program": program,
        "rows": commitments_shown(program, subject(request).pk),
        "sides": [(side, side_name(side)) for side in theirs],
        "may_agree": may_agree and bool(theirs),
        "may_sums": may(request, "programs.see_sums"),
    }
    return render(request, "programs/commitments.html", context)


@needs("programs.look_back")
def write_commitment(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Write down who brings what."""
    program = find_program(request, program_id)
    theirs = actions.sides_in(program, subject(request), at=now())
    form = CommitmentForm(request.POST or None, sides=theirs or tuple(SIDES.values()))
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_commitment(
                program=program, membership=subject(request), at=now(), **form.cleaned_data,
                **actor(request, SPEAK)._asdict(),
            )  # fmt: skip
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            flash.done(request, _("Written down, and agreed for your side. Now the other side is asked."))
            return redirect("programs:commitments", request.community.slug, program.pk)
    return render(request, "programs/write_commitment.html", {"program": program, "form": form, "belongs": theirs})


@needs("programs.look_back")
@require_POST
def agree_to(request: MemberRequest, program_id: UUID, commitment_id: UUID) -> HttpResponse:
    """Agree for one's side."""
    program = find_program(request, program_id)
    found = _commitment(program, commitment_id)
    try:
        agreed = actions.agree_to(
            commitment=found, membership=subject(request), side=request.POST.get("side", ""), at=now(),
            **actor(request, SPEAK)._asdict(),
        )  # fmt: skip
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
    else:
        flash.done(request, _("Agreed for your side."), undo_url=undo_url(agreed, by=request.user))
    return redirect("programs:commitments", request.community.slug, program.pk)


def _commitment(program: Program, commitment_id: UUID) -> Commitment:
    found: Commitment = get_object_or_404(Commitment.objects.on(program), pk=commitment_id)
    found.program, found.community = program, program.community
    return found
