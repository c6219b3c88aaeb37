"""Tags for exchanges in repeated rows."""

from django import template
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from alongside.people.models import Person
from alongside.strengths import sentences
from alongside.strengths.models import Exchange
from alongside.strengths.rules.steps import Step
from alongside.strengths.views.showing import BUTTONS, tone_of
from alongside.ui.templatetags.ui import status

register = template.Library()

QUESTIONS: dict[Step, str | Promise] = {
    Step.AGREE: _("Do you agree?"),
    Step.DECLINE: _("Why does it not suit you?"),
    Step.CANCEL: _("Call it off?"),
    Step.SAY_DONE: _("How did it go?"),
    Step.CONFIRM: _("Is that right?"),
    Step.REJECT: _("It did not happen?"),
    Step.DISPUTE: _("What is not right?"),
    Step.NAME_MEDIATOR: _("Who will help them settle it?"),
    Step.SETTLE_AS_SAID: _("Settle it as it was said"),
    Step.SETTLE_CHANGED: _("Settle it with other hours"),
    Step.WITHDRAW: _("Settle it without hours"),
}


# What comes of a step that people may shrink from.
MEANINGS: dict[Step, str | Promise] = {
    Step.REJECT: _("No hours move, and the exchange is over."),
    Step.DISPUTE: _("The hours wait. Somebody helps you both to settle it."),
}


@register.simple_tag
def exchange_status(exchange: Exchange) -> SafeString:
    """A small label that tells where the exchange stands."""
    shown: SafeString = status(tone_of(exchange), exchange.get_state_display())
    return shown


@register.simple_tag
def who_helps(exchange: Exchange, reader: Person) -> str:
    """Who helps or helped whom, said to the person who reads it."""
    return sentences.who_helps(exchange, reader=reader)


@register.simple_tag
def step_means(step: str) -> str:
    """What comes of a step, where its page says so; "" for all others."""
    return str(MEANINGS.get(Step(step), ""))


@register.simple_tag
def step_question(step: str) -> str:
    """The question a step's page asks."""
    return str(QUESTIONS.get(Step(step), ""))


@register.simple_tag
def step_button(step: str) -> str:
    """The word on the button that takes the step."""
    return str(BUTTONS[Step(step)][0]) if Step(step) in BUTTONS else ""
