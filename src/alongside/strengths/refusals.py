"""What this room says when a rule forbids something: the field it belongs to, and one kind sentence."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.strengths import actions
from alongside.timebank import actions as timebank
from alongside.timebank.refusals import body_closed_text
from alongside.ui.words import day_text, hours_text

# The fields of the forms in this room; a sentence about one that a form lacks goes to its top.
_ABOUT_TIME, _ABOUT_DAY, _ABOUT_WHO = "minutes", "helped_on", "receiver"

_WORDS: dict[type[Refusal], tuple[str | None, Callable[[Any], str]]] = {
    SomeoneElseWasFaster: (None, lambda no: _("Something has happened here since. This is how it stands now.")),
    actions.StepNotAllowed: (None, lambda no: _("That cannot be done any more. This is how it stands now.")),
    actions.ReasonMissing: ("reason", lambda no: _("Write a reason. The other person will read it.")),
    actions.NotForBothSides: (
        None,
        lambda no: _("You are part of this exchange yourself. Another coordinator can answer for the other side."),
    ),
    actions.MediatorTakesPart: (
        "mediator",
        lambda no: _("Choose a member who is not part of this exchange."),
    ),
    actions.OnlyBrokersVouch: (
        "both_agree",
        lambda no: _("You are part of this exchange yourself, so the other person needs to confirm it."),
    ),
    actions.SpeaksForNeither: (
        "told_by",
        lambda no: _("Say which of the two told you."),
    ),
    actions.WithThemselves: (_ABOUT_WHO, lambda no: _("Choose two different people.")),
    actions.ListingNotOpen: (None, lambda no: _("This is not open any more. Nobody can be asked through it.")),
    actions.InTheFuture: (_ABOUT_DAY, lambda no: _("That day has not come yet.")),
    actions.TooLongAgo: (
        _ABOUT_DAY,
        lambda no: _("Choose %(day)s or a later day.") % {"day": day_text(no.earliest)},
    ),
    actions.TooFarAhead: (
        _ABOUT_DAY,
        lambda no: _("Choose %(day)s or an earlier day.") % {"day": day_text(no.latest)},
    ),
    actions.NotAWholeDay: (_ABOUT_TIME, lambda no: _("Write at least a minute and at most 24 hours.")),
    actions.MoreThanADay: (
        _ABOUT_TIME,
        lambda no: (
            _("That day already holds %(hours)s of help. A day has no more than 24 hours.")
            % {"hours": hours_text(no.already)}
        ),
    ),
    timebank.OverLimit: (_ABOUT_TIME, lambda no: over_limit_text(no)),
    timebank.AccountClosed: (_ABOUT_WHO, lambda no: _("One of the two accounts is closed. A coordinator can open it.")),
    timebank.BodyClosed: (_ABOUT_WHO, lambda no: body_closed_text()),
    timebank.KeyUsedDifferently: (
        None,
        lambda no: _("This form was sent before with other contents. Please look at your exchanges first."),
    ),
    timebank.NotInThisCommunity: (_ABOUT_WHO, lambda no: _("Choose two people of this community.")),
    timebank.OverrideNeedsCoordinator: (
        "override_reason",
        lambda no: _("Only a coordinator may pass a limit."),
    ),
}

EXPECTED = tuple(_WORDS)


def over_limit_text(refusal: timebank.OverLimit) -> str:
    """What stands in the way, and how much would still go through."""
    left = hours_text(refusal.left_minutes)
    if refusal.side == "payer":
        return _("The hours of the person who was helped reach for %(left)s more.") % {"left": left}
    return _("The account of the person who helped has room for %(left)s more.") % {"left": left}


def words_for(refusal: Refusal) -> str:
    """The sentence for a refusal of EXPECTED."""
    return _WORDS[type(refusal)][1](refusal)


def explain(refusal: Refusal, form: forms.Form) -> None:
    """Write the sentence for a refusal at the field it is about, or at the top of the form."""
    field, words = _WORDS[type(refusal)]
    if isinstance(refusal, timebank.KeyUsedDifferently):
        field = refusal.field
    form.add_error(field if field in form.fields else None, words(refusal))
