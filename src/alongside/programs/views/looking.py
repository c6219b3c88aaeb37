"""Looking back on a round: the self-check, what came of it, and how it went in words."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from alongside.decisions.models import Proposal
from alongside.decisions.views.finding import SPEAK, allowed, may_write_for, speaker_of
from alongside.kernel.clock import now
from alongside.kernel.ids import new_id
from alongside.people.access import MemberRequest, actor, may, needs, subject
from alongside.people.listing import seen_members
from alongside.programs import actions
from alongside.programs.forms.looking import LookBackForm, PaperCheckForm, SelfCheckForm
from alongside.programs.models import LookBack, Program, SelfCheck
from alongside.programs.refusals import EXPECTED, words_for
from alongside.programs.rules import self_check as rules
from alongside.programs.rules.words import SIDES
from alongside.programs.showing_looking import check_seen, words_by_side
from alongside.programs.views.finding import find_program
from alongside.ui import flash


def _mine(request: MemberRequest, program: Program) -> SelfCheck | None:
    found: SelfCheck | None = SelfCheck.objects.on(program, program.round).filter(membership=subject(request)).first()
    return found


@needs("programs.see")
def looking_back(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Where a round is looked back on: one's own answers, what people said, and what may come of it."""
    program = find_program(request, program_id)
    reads = may(request, "programs.read_words")
    uses, provides, others = words_by_side(program, program.round) if reads else (None, None, [])
    proposals = Proposal.objects.of(request.community).open().filter(group=program.group_id, subject="")
    mine, goes_on = _mine(request, program), program.ended_at is None
    context = {
        "program": program,
        "mine": mine,
        "answered": len(mine.answers) if mine else 0,
        "of": len(rules.KEYS),
        "reads_words": reads,
        "uses": uses,
        "provides": provides,
        "others": others,
        "proposals": proposals.latest_first() if reads else [],
        "may_look_back": allowed(request, "programs.look_back") and goes_on,
        "may_propose": reads and goes_on and bool(actions.sides_in(program, subject(request), at=now())),
        "may_enter": may_write_for(request) is not None and goes_on,
        "shows_sums": may(request, "programs.see_sums"),
    }
    return render(request, "programs/looking_back.html", context)


@needs("programs.look_back")
def self_check(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """One's own answers; what is answered so far is kept."""
    program, me = find_program(request, program_id), subject(request)
    mine, sides = _mine(request, program), actions.sides_in(program, subject(request), at=now())
    first = {"round": program.round, **({"side": mine.side, **mine.answers} if mine else {})}
    form = SelfCheckForm(request.POST or None, sides=sides or tuple(SIDES.values()), first=first)
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.answer_self_check(
                program=program, round=form.cleaned_data["round"], membership=me, side=form.cleaned_data["side"],
                answers=form.answers, at=now(), **actor(request, SPEAK)._asdict(),
            )  # fmt: skip
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            flash.done(request, _kept_words(kept))
            name = "self_check_results" if kept.total else "looking_back"
            return redirect(f"programs:{name}", request.community.slug, program.pk)
    context = {"program": program, "form": form, "mine": mine, "belongs": bool(sides)}
    return render(request, "programs/self_check.html", context)


def _kept_words(kept: SelfCheck) -> str:
    missing = len(rules.KEYS) - len(kept.answers)
    if not missing:
        return _("Thank you. All your answers are kept. You can change them until the round is over.")
    text = ngettext(
        "Kept. %(number)s statement is still open: come back when you like.",
        "Kept. %(number)s statements are still open: come back when you like.",
        missing,
    )
    return text % {"number": missing}


@needs("programs.look_back")
@require_POST
def take_back_self_check(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Delete one's own answers of this round."""
    program = find_program(request, program_id)
    try:
        actions.take_back_self_check(
            program=program, membership=subject(request), at=now(), **actor(request, SPEAK)._asdict()
        )
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
    else:
        flash.done(request, _("Your answers of this round are deleted."))
    return redirect("programs:looking_back", request.community.slug, program.pk)


@needs("programs.enter_for_others")
def enter_self_check(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Key in the answers on one sheet, and then the next."""
    program = find_program(request, program_id)
    people = seen_members(request.standing)
    form = PaperCheckForm(request.POST or None, people=people, first={"round": program.round, "channel": "paper"})
    if request.method == "POST" and form.is_valid() and _entered(request, program, form):
        return redirect("programs:enter_self_check", request.community.slug, program.pk)
    return render(request, "programs/enter_self_check.html", {"program": program, "form": form})


def _entered(request: MemberRequest, program: Program, form: PaperCheckForm) -> bool:
    told = {**form.cleaned_data}
    speaker = speaker_of(request, told)
    theirs = actions.sides_in(program, speaker.membership, at=now())
    side = told["side"] or (theirs[0] if len(theirs) == 1 else "")
    if theirs and not side:
        form.add_error("side", _("They may speak for several sides. Say for which one."))
        return False
    try:
        kept = actions.answer_self_check(
            program=program, round=told["round"], membership=speaker.membership, side=side, answers=form.answers,
            at=now(), **speaker.deed(),
        )  # fmt: skip
    except EXPECTED as refusal:
        form.add_error(None, words_for(refusal))
        return False
    facts = {"name": speaker.membership.person, "answered": len(kept.answers), "of": len(rules.KEYS)}
    flash.done(request, _("Kept for %(name)s: %(answered)s of %(of)s answers.") % facts)
    return True


@needs("programs.see")
def self_check_on_paper(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """The twenty statements as a sheet."""
    program = find_program(request, program_id)
    form = SelfCheckForm(sides=list(SIDES.values()), first={})
    context = {"program": program, "form": form, "answers": rules.ANSWERS.items(), "at": now()}
    return render(request, "programs/self_check_on_paper.html", context)


@needs("programs.see")
def self_check_results(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Both sides, and how far they are apart."""
    program = find_program(request, program_id)
    asked = request.GET.get("round", "")
    number = int(asked) if asked.isdecimal() and asked.isascii() and len(asked) < 6 else program.round
    number = min(max(number, 1), program.round)
    context = {
        "program": program,
        "round": number,
        "rounds": range(1, program.round + 1) if program.round > 1 else [],
        "seen": check_seen(program, number),
        "bands": rules.BANDS,
    }
    return render(request, "programs/self_check_results.html", context)


@needs("programs.look_back")
def say_how_it_went(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """What went well, what did not, what next."""
    program, me = find_program(request, program_id), subject(request)
    sides = actions.sides_in(program, me, at=now())
    said = LookBack.objects.on(program, program.round).filter(membership=me).first()
    first = {"round": program.round, "side": said.side if said else ""}
    first |= {name: getattr(said, name) for name in ("went_well", "went_badly", "next")} if said else {}
    people = may_write_for(request)
    offered = SIDES.values() if people is not None or not sides else sides
    form = LookBackForm(request.POST or None, sides=list(offered), people=people, initial=first)
    if request.method == "POST" and form.is_valid():
        told = {**form.cleaned_data}
        speaker = speaker_of(request, told)
        try:
            actions.look_back(program=program, membership=speaker.membership, at=now(), **told, **speaker.deed())
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            flash.done(request, _("Thank you. It stands among what your side said, without your name."))
            return redirect("programs:looking_back", request.community.slug, program.pk)
    context = {"program": program, "form": form, "belongs": bool(sides) or people is not None}
    return render(request, "programs/say_how_it_went.html", context)


@needs("programs.look_back")
@require_POST
def propose_from(request: MemberRequest, program_id: UUID, said_id: UUID) -> HttpResponse:
    """Make a proposal of what somebody would do next."""
    program = find_program(request, program_id)
    said: LookBack = get_object_or_404(LookBack.objects.on(program, program.round), pk=said_id)
    said.program = program
    key = new_id()
    try:
        proposal = actions.propose_from(
            said=said, membership=subject(request), at=now(), key=key, **actor(request, SPEAK)._asdict()
        )
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
        return redirect("programs:looking_back", request.community.slug, program.pk)
    flash.done(request, _("A draft is begun from these words. Change whatever you like."))
    return redirect("decisions:write", request.community.slug, proposal.pk)
