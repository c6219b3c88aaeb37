"""What this room says when a rule forbids something about house rules: one kind sentence."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from alongside.decisions import actions
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster

_WORDS: dict[type[Refusal], Callable[[Any], str]] = {
    SomeoneElseWasFaster: lambda no: _("Somebody else has decided this already."),
    actions.NotInView: lambda no: _("These words are out of view already."),
    actions.SomebodyElseModerates: lambda no: _("These words are for another coordinator to look at."),
    actions.NothingToAppeal: lambda no: _("There is nothing to appeal: the words are in view again, or gone."),
    actions.AppealedAlready: lambda no: _("There was an appeal already. One is all there is."),
    actions.SomebodyElseDecides: lambda no: _("This appeal is for somebody else to decide."),
}
EXPECTED = tuple(_WORDS)


def words_for(refusal: Refusal) -> str:
    """The sentence for a refusal of EXPECTED."""
    return _WORDS[type(refusal)](refusal)


def explain(refusal: Refusal, form: forms.Form) -> None:
    """Write the sentence at the top of the form."""
    form.add_error(None, words_for(refusal))
