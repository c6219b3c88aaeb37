"""What conciliation says when a rule forbids something: one kind sentence."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from alongside.decisions import actions
from alongside.decisions.saying import name_of
from alongside.decisions.subjects import ChangeDoesNotFit
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster

_WORDS: dict[type[Refusal], Callable[[Any], str]] = {
    SomeoneElseWasFaster: lambda no: _("Something has happened here since. This is how it stands now."),
    actions.NotOnTheRoll: lambda no: _("You are on no roll of this vote. The rolls were fixed when it opened."),
    actions.CallIsOver: lambda no: _("Nobody volunteers any more: the seats are drawn, or it is over."),
    actions.OneSideMissing: lambda no: (
        _("Nobody has volunteered yet for this side: %(side)s.") % {"side": name_of(no.side)}
    ),
    actions.NotSeated: lambda no: _("Only those who have a seat do this, and only until it ends."),
    actions.NothingProposed: lambda no: _("Say what you propose first. The rest can wait."),
    actions.NothingChanged: lambda no: _("Nothing is different from the version that was voted on."),
    ChangeDoesNotFit: lambda no: str(no.words),
}
EXPECTED = tuple(_WORDS)


def words_for(refusal: Refusal) -> str:
    """The sentence for a refusal of EXPECTED."""
    return _WORDS[type(refusal)](refusal)
