"""Open questions: asking, writing a statement, saying what one thinks of others', and letting statements in."""

from typing import Any
from uuid import UUID

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from alongside.decisions import actions
from alongside.decisions.forms.questions import AskForm, JudgeForm, OpinionForm, StatementForm
from alongside.decisions.models import OpenQuestion, Opinion, Statement
from alongside.decisions.permissions.proposals import sides_of
from alongside.decisions.refusals.questions import EXPECTED, explain, words_for
from alongside.decisions.rules.statements import in_turn
from alongside.decisions.views.finding import may_write_for, page_of, sides_here, speaker_of
from alongside.decisions.views.opening import evening_of
from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, may, needs, subject
from alongside.people.models import Membership
from alongside.ui import flash


def find_question(request: MemberRequest, question_id: UUID) -> OpenQuestion:
    """A question of this community, or 404."""
    rows = OpenQuestion.objects.of(request.community).select_related("made_by__person")
    question: OpenQuestion = get_object_or_404(rows, pk=question_id)
    question.community = request.community
    return question


@needs("decisions.see_questions")
def questions(request: MemberRequest) -> HttpResponse:
    """Every question that was asked, the newest first."""
    rows = OpenQuestion.objects.of(request.community).newest_first()
    page, older = page_of(rows, before=request.GET.get("before", ""), by="made_at")
    context = {
        "rows": [{"question": each, "is_open": each.is_open(now())} for each in page],
        "older_url": f"?before={older}" if older else "",
        "may_ask": may(request, "decisions.ask_question"),
    }
    return render(request, "decisions/questions.html", context)


@needs("decisions.ask_question")
def ask(request: MemberRequest) -> HttpResponse:
    """Ask everybody."""
    form = AskForm(request.POST or None, today=today())
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        speaker = speaker_of(request, {})
        try:
            question = actions.ask_question(
                membership=speaker.membership,
                title=given["title"],
                words=given["words"],
                closes_at=evening_of(given["closes_on"], request.community),
                key=given["key"],
                at=now(),
                **speaker.deed(),
            )
        except EXPECTED as refusal:
            explain(refusal, form)
        else:
            flash.done(request, _("The question is asked. Everybody is told."))
            return redirect("decisions:question", request.community.slug, question.pk)
    return render(request, "decisions/ask_question.html", {"form": form})


@never_cache
@needs("decisions.see_questions")
def question(request: MemberRequest, question_id: UUID) -> HttpResponse:
    """One question: what is asked, what one can do now, and what became of one's own statements."""
    found, member = find_question(request, question_id), subject(request)
    statements = Statement.objects.of(request.community).filter(question=found)
    shown = statements.shown()
    mine = Opinion.objects.of(request.community).filter(statement__in=shown, membership=member)
    many, said = shown.count(), mine.count()
    judges = may(request, "decisions.judge_statements")
    # What somebody wrote and said is their own: whoever acts for them does not read it.
    alone = request.acting_for is None
    context = {
        "question": found,
        "is_open": found.is_open(now()),
        "may_answer": may(request, "decisions.answer_question"),
        "many": many,
        "left": many - said,
        "has_said": said > 0,
        "answered": mine.select_related("statement").order_by("-at", "-id") if alone else [],
        "mine": statements.filter(membership=member).oldest_first() if alone else [],
        "has_written": statements.filter(membership=member).exists(),
        "judges": judges,
        "waiting": statements.waiting().count() if judges else 0,
        "shows_people": may(request, "people.see_members"),
    }
    return render(request, "decisions/question.html", context)


@needs("decisions.answer_question")
def say_statement(request: MemberRequest, question_id: UUID) -> HttpResponse:
    """Write one statement. Nobody sees it before a coordinator has let it in."""
    found = find_question(request, question_id)
    form = StatementForm(request.POST or None, people=may_write_for(request))
    if request.method == "POST" and form.is_valid():
        told = {**form.cleaned_data}
        speaker = speaker_of(request, told)
        try:
            actions.write_statement(question=found, membership=speaker.membership, at=now(), **speaker.deed(), **told)
        except EXPECTED as refusal:
            explain(refusal, form)
        else:
            flash.done(request, _("Thank you. A coordinator reads it first, then others see it."))
            return redirect("decisions:opinions", request.community.slug, found.pk)
    return render(
        request,
        "decisions/say_statement.html",
        {"question": found, "form": form, "is_open": found.is_open(now())},
    )


@never_cache
@needs("decisions.answer_question")
def opinions(request: MemberRequest, question_id: UUID) -> HttpResponse:
    """One statement: agree, disagree or pass; then the next. `?statement=` brings an own answer back, to change it."""
    found, member = find_question(request, question_id), subject(request)
    here = reverse("decisions:opinions", args=[request.community.slug, found.pk])
    form = OpinionForm(request.POST or None, sides=sides_here(request), people=may_write_for(request))
    if request.method == "POST" and form.is_valid() and _said(request, found, form):
        return redirect(here)
    wanted = request.POST.get("statement") or request.GET.get("statement", "")
    statement, done, many = _next(found, member, wanted)
    context = {
        "question": found,
        "is_open": found.is_open(now()),
        "statement": statement,
        "place": len(done) + 1,
        "is_change": statement is not None and str(statement.pk) in done,
        "many": many,
        "form": form,
        "side": _usual_side(found, member),
        "words": [(word, str(Opinion.Word(word).label), icon) for word, icon in _ICONS],
        "for_others": may_write_for(request) is not None,
    }
    return render(request, "decisions/opinions.html", context)


_ICONS = (("agree", "check"), ("disagree", "x"), ("pass", "arrow-right"))


def _said(request: MemberRequest, found: OpenQuestion, form: OpinionForm) -> bool:
    """Keep a word; False, with the reason on the form, when it is refused."""
    told: dict[str, Any] = {**form.cleaned_data}
    rows = Statement.objects.of(request.community).filter(question=found)
    statement: Statement = get_object_or_404(rows, pk=told.pop("statement"))
    statement.question, statement.community = found, request.community
    speaker = speaker_of(request, told)
    sides = sides_of(speaker.membership, on=today())
    usual = _usual_side(found, speaker.membership)
    chosen = told.pop("side", "") or (usual if usual in sides else "")
    if not chosen and len(sides) > 1:
        form.add_error("side" if "side" in form.fields else None, _("Say for which side you speak."))
        return False
    side = chosen or (sides[0] if sides else "")
    try:
        actions.say_opinion(
            statement=statement, membership=speaker.membership, side=side, at=now(), **speaker.deed(), **told
        )
    except EXPECTED as refusal:
        explain(refusal, form)
        return False
    if speaker.membership.pk != subject(request).pk:
        flash.done(request, _("Written down for %(name)s.") % {"name": speaker.membership.person})
    return True


def _next(found: OpenQuestion, member: Membership, wanted: str) -> tuple[Statement | None, set[str], int]:
    """The statement whose turn it is, or the one that is wanted; which are answered, of how many."""
    shown = Statement.objects.of(found.community).filter(question=found).shown()
    counts = {str(pk): many for pk, many in shown.annotate(many=Count("opinions")).values_list("pk", "many")}
    said = Opinion.objects.of(found.community).filter(statement__in=shown, membership=member)
    done = {str(pk) for pk in said.values_list("statement_id", flat=True)}
    left = {pk: many for pk, many in counts.items() if pk not in done}
    turn = in_turn(str(member.pk), left)
    chosen = wanted if wanted in counts else (turn[0] if turn else "")
    statement = shown.filter(pk=chosen).first() if chosen else None
    return statement, done, len(counts)


def _usual_side(found: OpenQuestion, member: Membership) -> str:
    """The side somebody last spoke for on this question, "" when they have not said."""
    rows = Opinion.objects.of(found.community).filter(statement__question=found, membership=member)
    return str(rows.exclude(side="").order_by("-at", "-id").values_list("side", flat=True).first() or "")


@needs("decisions.judge_statements")
def statements(request: MemberRequest, question_id: UUID) -> HttpResponse:
    """What waits to be let in, and what was let in or refused. Names are not told: the words count."""
    found = find_question(request, question_id)
    rows = Statement.objects.of(request.community).filter(question=found).oldest_first()
    context = {
        "question": found,
        "waiting": rows.waiting(),
        "judged": rows.exclude(state=Statement.State.WAITING),
        "is_open": found.is_open(now()),
        "may_write_down": may_write_for(request) is not None,
    }
    return render(request, "decisions/statements.html", context)


@needs("decisions.judge_statements")
def judge(request: MemberRequest, statement_id: UUID) -> HttpResponse:
    """Let one statement in, or refuse it with a reason."""
    rows = Statement.objects.of(request.community).select_related("question")
    statement: Statement = get_object_or_404(rows, pk=statement_id)
    statement.community = statement.question.community = request.community
    form = JudgeForm(request.POST or None, initial={"seen": statement.state})
    back = redirect("decisions:statements", request.community.slug, statement.question_id)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        who = {"statement": statement, "membership": request.membership, "seen": given["seen"]}
        try:
            if given["verdict"] == "in":
                actions.let_in(by=request.user, at=now(), **who)
            else:
                actions.keep_out(why=given["why"], by=request.user, at=now(), **who)
        except actions.WhyNotMissing as refusal:
            explain(refusal, form)
        except EXPECTED as refusal:
            flash.sorry(request, words_for(refusal))
            return back
        else:
            flash.done(request, _("Done. Whoever wrote it is told."))
            return back
    return render(request, "decisions/judge.html", {"statement": statement, "form": form})
