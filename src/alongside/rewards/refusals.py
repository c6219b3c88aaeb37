"""What this room says when a rule forbids something: one kind sentence."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.rewards import actions
from alongside.rewards.models import Entitlement
from alongside.rewards.rules.section import HOUSEHOLD, NOBODY
from alongside.timebank import actions as timebank
from alongside.ui.words import day_text, hours_text

_STATES: dict[str, Callable[[Any], str]] = {
    Entitlement.State.REDEEMED: lambda no: (
        _("This was handed over already, on %(day)s. It counts once.") % {"day": day_text(no.settled_at)}
    ),
    Entitlement.State.TRANSFERRED: lambda no: _("This was handed on to somebody else. Their code is a new one."),
    Entitlement.State.EXPIRED: lambda no: _("This has run out."),
    Entitlement.State.VOID: lambda no: _("This was withdrawn."),
    Entitlement.State.WAITING: lambda no: _("This is not ready yet: it waits in line."),
}
_WORDS: dict[type[Refusal], Callable[[Any], str]] = {
    SomeoneElseWasFaster: lambda no: _("Something has happened here since. This is how it stands now."),
    actions.NotInHand: lambda no: _STATES[no.state](no),
    actions.HasRunOut: lambda no: _("This has run out. Its last day was %(day)s.") % {"day": day_text(no.expires_on)},
    actions.OwnReward: lambda no: _("This one is yours. Somebody else at the desk hands it over to you."),
    actions.NotThatWay: lambda no: (
        _("By the program's rule it is yours alone. You can give it back.")
        if no.rule == NOBODY
        else _("By the program's rule it goes to somebody of your household.")
        if no.rule == HOUSEHOLD
        else _("By the program's rule it goes to somebody else of this program.")
    ),
    actions.HandedOnBefore: lambda no: _("What came from somebody else goes no further. You can give it back."),
    actions.NotOffered: lambda no: _("The program does not offer this any more."),
    actions.NoneLeft: lambda no: _("There are not enough of them left. A larger stock is for both sides to decide."),
    actions.EnoughForOne: lambda no: _("By the program's rule one person has at most %(most)s.") % {"most": no.at_most},
    actions.NoPot: lambda no: _("The pot to which the hours would go is not open."),
    actions.DaysDoNotFit: lambda no: _(
        "These days are not in order. The last day to come in lies ahead, within a year."
    ),
    actions.DrawIsClosed: lambda no: _("The entries are closed. Nobody comes in or goes out any more."),
    actions.NotYetTime: lambda no: (
        _("The number that decides is not made before %(day)s.") % {"day": day_text(no.number_at)}
    ),
    actions.NotThatNumber: lambda no: (
        _("This is not round %(round)s as it is published, or a letter is missing. Copy all of it.")
        % {"round": no.round}
    ),
    timebank.OverLimit: lambda no: (
        _("That is more than there is. At most %(left)s can go now.") % {"left": hours_text(no.left_minutes)}
        if no.side == "payer"
        else _("The pot is full. Ask a coordinator.")
    ),
    timebank.AccountClosed: lambda no: _("One of the two accounts is closed. A coordinator can open it."),
}
EXPECTED: tuple[type[Refusal], ...] = tuple(_WORDS)


def words_for(refusal: Refusal) -> str:
    """The sentence for a refusal of EXPECTED."""
    return _WORDS[type(refusal)](refusal)
