"""What this room says when the ledger says no: the field it belongs to, and one kind sentence."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from alongside.kernel.errors import Refusal
from alongside.timebank import actions
from alongside.ui.words import hours_text

_WORDS: dict[type[Refusal], tuple[str, Callable[[Any], str]]] = {
    actions.OverLimit: ("minutes", lambda no: over_limit_text(no)),
    actions.AccountClosed: ("payee", lambda no: _("One of the two accounts is closed. A coordinator can open it.")),
    actions.BodyClosed: ("payer", lambda no: body_closed_text()),
    actions.OwnCase: ("payee", lambda no: own_case_text(no.who)),
    actions.NotStandingIn: (
        "payee",
        lambda no: _("As a steward you grant hours to the only coordinator alone. The coordinator grants the others."),
    ),
    actions.KeyUsedDifferently: (
        "",
        lambda no: _("This form was sent before with other contents. Please look at the statement first."),
    ),
    actions.NotInThisCommunity: ("payee", lambda no: _("Choose people and kinds of help of this community.")),
    actions.NoMinutes: ("minutes", lambda no: _("Write at least a minute.")),
    actions.SameAccount: ("payee", lambda no: _("Hours cannot go from an account to itself. Choose another one.")),
    actions.HelpedInTheFuture: ("helped_on", lambda no: _("That day has not come yet.")),
    actions.OverrideNeedsCoordinator: ("override_reason", lambda no: _("Only a coordinator may pass a limit.")),
    actions.ReasonMissing: ("reason", lambda no: _("Write a reason. Both people will read it.")),
    actions.NoCategory: ("category", lambda no: _("Choose a kind of help.")),
    actions.AlreadyReversed: ("", lambda no: _("These hours were given back before. That can be done once.")),
    actions.NotReversible: ("", lambda no: _("What was given back stays so. Write the exchange down anew.")),
    actions.MoreThanThere: (
        "minutes",
        lambda no: _("Write at most %(hours)s.") % {"hours": hours_text(no.most_minutes)},
    ),
    actions.BalanceNotZero: (
        "",
        lambda no: (
            _("The balance is %(hours)s, or hours are held. An account closes at 0 with nothing held.")
            % {"hours": hours_text(no.balance_minutes)}
        ),
    ),
}

EXPECTED = tuple(_WORDS)


def over_limit_text(refusal: actions.OverLimit) -> str:
    """What stands in the way, and how much would still go through."""
    left = hours_text(refusal.left_minutes)
    if refusal.side == "payer":
        return _("That is more than is there. At most %(left)s can go now.") % {"left": left}
    return _("The account they would go to has room for %(left)s more.") % {"left": left}


def body_closed_text() -> str:
    return _("What these hours belong to is closed. Nobody pays from them any more; a coordinator can move them.")


def own_case_text(who: str) -> str:
    """Why somebody else has to do it, and who."""
    if who == "coordinator":
        return _("These hours would come to you, or to those you stand for. Another coordinator has to do this.")
    if who == "steward":
        return _("These hours would come to you, or to those you stand for. A steward has to do this.")
    return _(
        "These hours would come to you, or to those you stand for. "
        "Nobody else here may do this: name a second coordinator or a steward first."
    )


def words_for(refusal: Refusal) -> str:
    """The sentence for a refusal of EXPECTED."""
    return _WORDS[type(refusal)][1](refusal)


def explain(refusal: Refusal, form: forms.BaseForm) -> None:
    """Write the sentence for a refusal at the field it is about, or at the top of the form."""
    field, words = _WORDS[type(refusal)]
    if isinstance(refusal, actions.KeyUsedDifferently):
        field = refusal.field.removesuffix("_id")
    form.add_error(field if field in form.fields else None, words(refusal))
