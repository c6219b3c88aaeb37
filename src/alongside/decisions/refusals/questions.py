"""What this room says when a rule forbids something about open questions: the field, and one kind sentence."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from alongside.decisions import actions
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster

_WORDS: dict[type[Refusal], tuple[str | None, Callable[[Any], str]]] = {
    SomeoneElseWasFaster: (
        None,
        lambda no: _("Something has happened here since. This is how it stands now."),
    ),
    actions.QuestionIsOver: (None, lambda no: _("This question is closed. Nobody can answer it any more.")),
    actions.NoLinks: ("text", lambda no: _("Write it without a web or email address. Words alone are shown here.")),
    actions.TooManyStatements: (
        None,
        lambda no: _("You have written many statements here. Leave room for others now."),
    ),
    actions.NotTheirOwn: (None, lambda no: _("You wrote this yourself. Somebody else looks at it.")),
    actions.NotLetIn: (None, lambda no: _("This statement is not shown any more. Here is the next one.")),
    actions.WhyNotMissing: (
        "why",
        lambda no: _("Write why. Whoever wrote it will read this."),
    ),
    actions.NotTheirSide: ("side", lambda no: _("Choose a side to which this person belongs.")),
    actions.ClosesTooSoon: ("closes_on", lambda no: _("Choose a later day for the end.")),
}
EXPECTED = tuple(_WORDS)


def words_for(refusal: Refusal) -> str:
    """The sentence for a refusal of EXPECTED."""
    return _WORDS[type(refusal)][1](refusal)


def explain(refusal: Refusal, form: forms.Form) -> None:
    """Write the sentence for a refusal at the field it is about, or at the top of the form."""
    field, words = _WORDS[type(refusal)]
    form.add_error(field if field in form.fields else None, words(refusal))
