"""Setting up a community: the questions in their order, and the answers kept between pages.

Answers live in the session as they were typed, so that nothing is lost on the way back and forth.
They are written by POST alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.ui.words import hours_text
from alongside.web.forms import founding as questions

SESSION_KEY = "founding"

Answers = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Question:
    """One page of the way: its place in the address, what it asks, and why we want to know."""

    name: str
    step: str | Promise
    title: str | Promise
    why: str | Promise
    form: type[forms.Form]


QUESTIONS: tuple[Question, ...] = (
    Question(
        "name",
        _("Name"),
        _("What is your community called?"),
        _("People see it at the top of every page and on printed cards."),
        questions.NameForm,
    ),
    Question(
        "about",
        _("Purpose"),
        _("What is it for?"),
        _("A time bank, a walking group, a clinic’s program: say it in your own words."),
        questions.AboutForm,
    ),
    Question(
        "place",
        _("Place"),
        _("Where are you?"),
        _("People want to know whether you are near. Times are shown as they are there."),
        questions.PlaceForm,
    ),
    Question(
        "language",
        _("Language"),
        _("Which language do most of you speak?"),
        _("Everybody can read these pages in their own language later."),
        questions.LanguageForm,
    ),
    Question(
        "joining",
        _("Joining"),
        _("How do people join?"),
        _("You can change this on any day."),
        questions.JoiningForm,
    ),
    Question(
        "contact",
        _("Contact"),
        _("How can people reach you?"),
        _("A friendly voice helps more people in than any form."),
        questions.ContactForm,
    ),
    Question(
        "hours",
        _("Hours"),
        _("How many hours may people receive first?"),
        _("Somebody has to receive before anybody can give. So everybody may start below zero. This is not a debt."),
        questions.FloatForm,
    ),
)
BY_NAME: Mapping[str, Question] = {question.name: question for question in QUESTIONS}


def answers_of(request: HttpRequest) -> Answers:
    """What has been answered so far, by question, as typed."""
    kept: Answers = request.session.get(SESSION_KEY, {})
    return kept


def keep(request: HttpRequest, question: Question, form: forms.Form) -> None:
    """Remember one page's answers. For POST requests only: this writes the session."""
    typed = {name: str(form.data.get(name, "")) for name in form.fields}
    request.session[SESSION_KEY] = {**answers_of(request), question.name: typed}


def forget(request: HttpRequest) -> None:
    request.session.pop(SESSION_KEY, None)


def form_for(question: Question, answers: Answers, *, start: dict[str, Any]) -> forms.Form:
    """The question's form showing the kept answers, or `start` where none were given yet."""
    return question.form(initial={**start, **answers.get(question.name, {})})


def first_unanswered(answers: Answers) -> Question | None:
    """The first question whose kept answers are missing or no longer valid."""
    return next((q for q in QUESTIONS if q.name not in answers or not q.form(answers[q.name]).is_valid()), None)


def cleaned(answers: Answers) -> dict[str, Any]:
    """All answers as clean values, in one dictionary. Call it when nothing is unanswered."""
    values: dict[str, Any] = {}
    for question in QUESTIONS:
        form = question.form(answers[question.name])
        form.is_valid()
        values |= form.cleaned_data
    return values


def next_after(question: Question) -> Question | None:
    """The question that follows, None after the last."""
    place = QUESTIONS.index(question) + 1
    return QUESTIONS[place] if place < len(QUESTIONS) else None


def before(question: Question) -> Question | None:
    """The question asked before, None at the first."""
    place = QUESTIONS.index(question)
    return QUESTIONS[place - 1] if place else None


def spoken(answers: Answers) -> list[dict[str, str]]:
    """Every answer as label, words and the address where it can be changed, for the overview."""
    rows = []
    for question in QUESTIONS:
        form = question.form(answers[question.name])
        form.is_valid()
        change = reverse("web:founding_question", args=[question.name]) + "?check"
        rows += [
            {"label": str(field.label), "value": _in_words(field, form.cleaned_data[field.name]), "url": change}
            for field in form
        ]
    return rows


def _in_words(field: forms.BoundField, value: Any) -> str:
    if value in (None, ""):
        return gettext("left empty")
    if isinstance(field.field, forms.ChoiceField):
        return str(dict(field.field.choices)[value])  # type: ignore[arg-type]
    return hours_text(value) if isinstance(value, int) else str(value)
