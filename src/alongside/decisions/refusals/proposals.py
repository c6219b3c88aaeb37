"""What this room says when a rule forbids something about proposals: the field, and one kind sentence."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from alongside.decisions import actions
from alongside.decisions.subjects import ChangeDoesNotFit
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster

_WORDS: dict[type[Refusal], tuple[str | None, Callable[[Any], str]]] = {
    SomeoneElseWasFaster: (
        None,
        lambda no: _("Somebody else has written here since. Copy your words, and open the page again."),
    ),
    actions.NotTalkedOver: (
        None,
        lambda no: _("This is not being talked over now. Its words stay as they are."),
    ),
    actions.NothingProposed: ("text", lambda no: _("Say what you propose first. The rest can wait.")),
    actions.NothingChanged: (None, lambda no: _("Nothing is different from the version everybody reads now.")),
    actions.LastAuthor: (
        None,
        lambda no: _("Nobody else stands for this proposal. Name another author first, or take it back."),
    ),
    actions.NotOpenForTalk: (None, lambda no: _("This proposal is not talked over any more.")),
    actions.NoSuchParagraph: (
        None,
        lambda no: _("There is no such paragraph. Choose one on the proposal's page."),
    ),
    actions.NoReplyHere: (None, lambda no: _("Nobody can reply to this any more. Speak about the proposal instead.")),
    actions.TextHasChanged: (
        None,
        lambda no: _("The words have changed since. Look at the change again, beside the present words."),
    ),
    actions.DraftWaits: (
        None,
        lambda no: _("The next version is being written. Put it forward first, or throw the draft away."),
    ),
    ChangeDoesNotFit: (None, lambda no: str(no.words)),
    actions.NotThisFile: (
        "file",
        lambda no: (
            _("Only a PDF, a picture (PNG, JPEG) or plain text can stand there.")
            if no.why == "kind"
            else _("This file is empty, or larger than 5 MB.")
        ),
    ),
    actions.EnoughSources: (None, lambda no: _("Twenty sources stand there already. Take one off first.")),
    actions.NotTheirSide: ("side", lambda no: _("Choose a side to which this person belongs.")),
}

EXPECTED = tuple(_WORDS)


def words_for(refusal: Refusal) -> str:
    """The sentence for a refusal of EXPECTED."""
    return _WORDS[type(refusal)][1](refusal)


def explain(refusal: Refusal, form: forms.Form) -> None:
    """Write the sentence for a refusal at the field it is about, or at the top of the form."""
    field, words = _WORDS[type(refusal)]
    form.add_error(field if field in form.fields else None, words(refusal))
