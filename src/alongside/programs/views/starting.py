"""Starting a program: from a blueprint, from another program or from nothing; one question a screen."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, needs, subject
from alongside.programs import actions
from alongside.programs.actions.beginning import TITLE, Source
from alongside.programs.forms.asking import AskForm, StartForm, TitleForm
from alongside.programs.models import Beginning, BlueprintFile, Program
from alongside.programs.refusals import EXPECTED, words_for
from alongside.programs.rules.faults import DoesNotFit
from alongside.programs.shipped import BLANK_ID, shipped, shipped_called
from alongside.programs.views.finding import find_beginning
from alongside.programs.words import fault_words, said
from alongside.ui import flash


@needs("programs.start")
def choose(request: MemberRequest) -> HttpResponse:
    """From what to start."""
    context = {
        "shipped": shipped(),
        "files": BlueprintFile.objects.of(request.community).newest_first(),
        "programs": Program.objects.of(request.community).by_title(),
    }
    return render(request, "programs/choose.html", context)


@needs("programs.start")
@require_POST
def begin(request: MemberRequest, kind: str, name: str) -> HttpResponse:
    """Begin to answer: from nothing, a blueprint, a blueprint that was brought along, or another program."""
    told = _from_what(request, kind, name)
    made = actions.begin(membership=subject(request), by=request.user, at=now(), **told)
    return redirect(_next_page(made))


def _from_what(request: MemberRequest, kind: str, name: str) -> dict[str, Any]:
    if kind == "blueprint" and (name == BLANK_ID or shipped_called(name)):
        return {"shipped": name}
    rows = {"file": BlueprintFile.objects, "program": Program.objects}.get(kind)
    if rows is None:
        raise Http404
    try:
        row = UUID(name)
    except ValueError:
        raise Http404 from None
    return {kind: get_object_or_404(rows.of(request.community), pk=row)}


def _next_page(beginning: Beginning, source: Source | None = None) -> str:
    """The first question without an answer, or the check of all of them."""
    place = [beginning.community.slug, beginning.pk]
    for key in (source or actions.source_of(beginning)).questions:
        if key not in beginning.answers and not (key == TITLE and beginning.title):
            return reverse("programs:ask", args=[*place, key])
    return reverse("programs:check", args=place)


def _source(beginning: Beginning) -> Source:
    try:
        return actions.source_of(beginning)
    except actions.NothingToStartFrom:
        raise Http404 from None


@needs("programs.start")
def ask(request: MemberRequest, beginning_id: UUID, key: str) -> HttpResponse:
    """One question."""
    beginning = find_beginning(request, beginning_id)
    source = _source(beginning)
    if key not in source.questions:
        raise Http404
    form = _form(request, beginning, source, key)
    if request.method == "POST" and form.is_valid():
        try:
            told = actions.answer(beginning=beginning, key=key, value=form.told(), by=request.user, at=now())
        except EXPECTED as refusal:
            form.add_error("answer", words_for(refusal))
        else:
            told.community = request.community
            return redirect(_next_page(told, source))
    number = source.questions.index(key) + 1
    before = source.questions[number - 2] if number > 1 else ""
    place = [request.community.slug, beginning.pk]
    context = {
        "beginning": beginning,
        "source": source,
        "form": form,
        "number": number,
        "count": len(source.questions),
        "back": reverse("programs:ask", args=[*place, before])
        if before
        else reverse("programs:choose", args=place[:1]),
    }
    return render(request, "programs/ask.html", context)


def _form(request: MemberRequest, beginning: Beginning, source: Source, key: str) -> Any:
    if key == TITLE:
        return TitleForm(request.POST or None, initial={"answer": beginning.title or source.title})
    asked = next(each for each in source.asks if each.key == key)
    return AskForm(request.POST or None, ask=asked, answer=beginning.answers.get(key))


@needs("programs.start")
def check(request: MemberRequest, beginning_id: UUID) -> HttpResponse:
    """All answers at a glance, each to be changed; then it starts."""
    beginning = find_beginning(request, beginning_id)
    source = _source(beginning)
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (made := _started(request, beginning, form)):
        flash.done(request, _("The program has started. Its people plan together now."))
        return redirect("programs:program", request.community.slug, made.pk)
    context = {"beginning": beginning, "source": source, "form": form, "answers": _answers(beginning, source)}
    return render(request, "programs/check.html", context)


def _started(request: MemberRequest, beginning: Beginning, form: forms.Form) -> Program | None:
    try:
        return actions.start(beginning=beginning, by=request.user, at=now(), key=form.cleaned_data["key"])
    except DoesNotFit as refusal:
        form.add_error(None, fault_words(refusal.faults))
    except EXPECTED as refusal:
        form.add_error(None, words_for(refusal))
    return None


def _answers(beginning: Beginning, source: Source) -> list[dict[str, str]]:
    place = [beginning.community.slug, beginning.pk]
    asked = {ask.key: ask for ask in source.asks}
    told = []
    for key in source.questions:
        url = reverse("programs:ask", args=[*place, key])
        if key == TITLE:
            told.append({"label": _("What it is called"), "value": beginning.title, "url": url})
        else:
            value = said(asked[key].answer, beginning.answers.get(key))
            told.append({"label": asked[key].question, "value": value, "url": url})
    return told


@needs("programs.start")
@require_POST
def let_go(request: MemberRequest, beginning_id: UUID) -> HttpResponse:
    """Start nothing after all."""
    actions.let_go(beginning=find_beginning(request, beginning_id), by=request.user, at=now())
    flash.done(request, _("The answers are gone. Nothing has started."))
    return redirect("programs:home", request.community.slug)
