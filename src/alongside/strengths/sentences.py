"""How an exchange is said in one line to the person who reads it."""

from django.utils.translation import gettext as _

from alongside.people.models import Person
from alongside.strengths.models import Exchange
from alongside.ui.words import hours_text


def who_helps_whom(exchange: Exchange, *, reader: Person) -> str:
    """Who helps whom, how long and with what; the reader is "you" where the account is their own."""
    if exchange.receiver.person_id == reader.pk:
        sentence = _("%(giver)s helps you, %(hours)s, %(category)s")
    elif exchange.giver.person_id == reader.pk:
        sentence = _("You help %(receiver)s, %(hours)s, %(category)s")
    else:
        sentence = _("%(giver)s helps %(receiver)s, %(hours)s, %(category)s")
    return sentence % {
        "giver": exchange.giver,
        "receiver": exchange.receiver,
        "hours": hours_text(exchange.minutes),
        "category": exchange.category,
    }
