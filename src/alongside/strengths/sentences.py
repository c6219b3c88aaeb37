"""How an exchange is said in one line to the person who reads it."""

from django.utils.translation import gettext as _

from alongside.people.models import Person
from alongside.strengths.models import Exchange
from alongside.strengths.rules.steps import State
from alongside.ui.words import hours_text

# What somebody says was given is told as over; all else as coming, or as it was meant.
_GIVEN = (State.DONE, State.CONFIRMED)


def who_helps(exchange: Exchange, *, reader: Person) -> str:
    """Who helps or helped whom; the reader is "you" where the account is their own."""
    given = exchange.state in _GIVEN
    if exchange.receiver.person_id == reader.pk:
        sentence = _("%(giver)s helped you") if given else _("%(giver)s helps you")
    elif exchange.giver.person_id == reader.pk:
        sentence = _("You helped %(receiver)s") if given else _("You help %(receiver)s")
    else:
        sentence = _("%(giver)s helped %(receiver)s") if given else _("%(giver)s helps %(receiver)s")
    return sentence % {"giver": exchange.giver, "receiver": exchange.receiver}


def who_helps_whom(exchange: Exchange, *, reader: Person) -> str:
    """Who helps or helped whom, how long and with what."""
    return _("%(who)s, %(hours)s, %(category)s") % {
        "who": who_helps(exchange, reader=reader),
        "hours": hours_text(exchange.minutes),
        "category": exchange.category,
    }
