"""What this room says when a rule forbids something: the field, and one kind sentence."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from alongside.gatherings import actions
from alongside.gatherings.rules import recurrence
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.ui.words import day_text


def _rule(no: actions.RuleRefused) -> str:
    return {
        recurrence.UNREADABLE: _("This is no rule that we can read."),
        recurrence.TOO_FINE: _("A series meets once a day at most."),
        recurrence.TOO_MANY: _("These are too many at once. Choose an earlier end."),
        recurrence.NEVER_THEN: _("On this day the rule does not meet. Choose another first day."),
    }[no.why]


def _parts(no: actions.NoRoom) -> str:
    return ", ".join(no.parts)


_WORDS: dict[type[Refusal], tuple[str | None, Callable[[Any], str]]] = {
    SomeoneElseWasFaster: (None, lambda no: _("Something has happened here since. This is how it stands now.")),
    actions.GatheringIsOver: (None, lambda no: _("This gathering is over, was called off, or its list is closed.")),
    actions.ReasonMissing: ("why", lambda no: _("Write a reason. People read it.")),
    actions.RuleRefused: ("repeats", _rule),
    actions.StartsOutOfRange: ("day", lambda no: _("Choose a day within the next five years.")),
    actions.NothingIsDifferent: (None, lambda no: _("It is like that already.")),
    actions.PastStays: (None, lambda no: _("What has begun stays as it was. Begin with one that is still to come.")),
    actions.NotForThem: (None, lambda no: _("This gathering is for other people.")),
    actions.NoSignUp: (None, lambda no: _("People just come to this one. There is no need to sign up.")),
    actions.AskACoordinator: (None, lambda no: _("A coordinator signs people up for this one. Please ask one.")),
    actions.NoRoom: (
        None,
        lambda no: _("There is no room left for: %(parts)s. What you have stays yours.") % {"parts": _parts(no)},
    ),
    actions.NeverFits: (
        None,
        lambda no: _("There are not that many at all: %(parts)s. Ask for fewer.") % {"parts": _parts(no)},
    ),
    actions.MayNotTake: (None, lambda no: no.words),
    actions.NothingWanted: (None, lambda no: _("Choose at least one thing, and at most 20 of each.")),
    actions.HasAPlace: (None, lambda no: _("You have a place, or wait for one. You need not stand by as well.")),
    actions.NotBooked: (None, lambda no: _("There is no place to confirm any more.")),
    actions.NotYetBegun: (
        None,
        lambda no: _("It starts on %(day)s. People are ticked from three hours before.") % {
            "day": day_text(no.starts_at)
        },
    ),
    actions.TimeDoesNotFit: (None, lambda no: _("This time cannot be right. Look at the hours again.")),
    actions.OwnCase: (None, lambda no: _("This is about you. Another coordinator settles it.")),
    actions.NothingToSettle: (None, lambda no: _("Nothing is contradicted here any more.")),
    actions.NotOnTheSheet: (
        "signed",
        lambda no: (
            _("These numbers are not on the sheet: %(numbers)s.") % {"numbers": ", ".join(map(str, no.numbers[:5]))}
        ),
    ),
    actions.PartIsTaken: (None, lambda no: _("Somebody has taken this already. It stays.")),
    actions.EnoughFeeds: (None, lambda no: _("You have ten addresses. End one of them first.")),
}  # fmt: skip

EXPECTED = tuple(_WORDS)


def words_for(refusal: Refusal) -> str:
    """The sentence for a refusal of EXPECTED."""
    return _WORDS[type(refusal)][1](refusal)


def explain(refusal: Refusal, form: forms.Form) -> None:
    """Write the sentence for a refusal at the field it is about, or at the top of the form."""
    field, words = _WORDS[type(refusal)]
    form.add_error(field if field in form.fields else None, words(refusal))
