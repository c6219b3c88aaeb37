"""What this room says when a rule forbids something after a vote: the field, and one kind sentence."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.decisions import actions
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.ui.words import day_text

_WORDS: dict[type[Refusal], tuple[str | None, Callable[[Any], str]]] = {
    SomeoneElseWasFaster: (
        None,
        lambda no: _("Something has happened here since. This is how it stands now."),
    ),
    actions.NotOnTheRoll: ("owner", lambda no: _("Only somebody on a roll of this vote can do this.")),
    actions.NothingToSeeTo: (None, lambda no: _("There is nothing to see to: it was not adopted, or it is done.")),
    actions.NotTheOwner: (None, lambda no: _("Only whoever sees to it writes this.")),
    actions.WordsWait: (
        "step",
        lambda no: (
            ngettext(
                "%(count)d word of somebody has no answer yet. Answer it first.",
                "%(count)d words of people have no answer yet. Answer them first.",
                no.count,
            )
            % {"count": no.count}
        ),
    ),
    actions.NotYetTime: (
        "step",
        lambda no: (
            _("It is looked at again from %(day)s on.") % {"day": day_text(no.day)}
            if no.day
            else _("No day is named on which it is looked at again.")
        ),
    ),
    actions.DaysDoNotFit: (
        "due_on",
        lambda no: _("Choose days that are still to come. People look at it again once it is to be done."),
    ),
}

EXPECTED = tuple(_WORDS)


def words_for(refusal: Refusal) -> str:
    """The sentence for a refusal of EXPECTED."""
    return _WORDS[type(refusal)][1](refusal)


def explain(refusal: Refusal, form: forms.Form) -> None:
    """Write the sentence for a refusal at the field it is about, or at the top of the form."""
    field, words = _WORDS[type(refusal)]
    form.add_error(field if field in form.fields else None, words(refusal))
