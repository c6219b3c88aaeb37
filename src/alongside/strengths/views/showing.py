"""How an exchange is shown: its picture, the steps open to the reader, and how to reach the others."""

from dataclasses import dataclass
from typing import Any

import rules
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.people.access import MemberRequest
from alongside.people.models import Membership, Person
from alongside.people.permissions import Standing
from alongside.strengths.actions import Taken
from alongside.strengths.models import Exchange
from alongside.strengths.models.parties import speakers_for
from alongside.strengths.permissions import open_steps
from alongside.strengths.rules.steps import Side, State, Step
from alongside.ui import flash

# The word on the button, its icon, and its class.
BUTTONS: dict[Step, tuple[str | Promise, str, str]] = {
    Step.AGREE: (gettext_lazy("Yes, let us do it"), "check", ""),
    Step.SAY_DONE: (gettext_lazy("It is done"), "check", ""),
    Step.CONFIRM: (gettext_lazy("Yes, that is right"), "check", ""),
    Step.SETTLE_AS_SAID: (gettext_lazy("Settle it as it was said"), "check", ""),
    Step.SETTLE_CHANGED: (gettext_lazy("Settle it with other hours"), "clock", "secondary"),
    Step.WITHDRAW: (gettext_lazy("Settle it without hours"), "x", "secondary"),
    Step.NAME_MEDIATOR: (gettext_lazy("Name somebody to settle it"), "user-check", "secondary"),
    Step.DECLINE: (gettext_lazy("No, thank you"), "x", "secondary"),
    Step.DISPUTE: (gettext_lazy("Something is not right"), "scale", "secondary"),
    Step.REJECT: (gettext_lazy("No, it did not happen"), "x", "quiet"),
    Step.CANCEL: (gettext_lazy("Call it off"), "x", "quiet"),
}

TONES = {
    State.CONFIRMED: "good",
    State.PROPOSED: "waiting",
    State.DONE: "waiting",
    State.ARRANGED: "waiting",
    State.DISPUTED: "careful",
}

_TAKEN: dict[Step | State, str | Promise] = {
    State.ARRANGED: gettext_lazy("Arranged. The hours are set aside."),
    State.DONE: gettext_lazy("Thank you. The other person is asked to confirm it."),
    State.CONFIRMED: gettext_lazy("Confirmed. The hours are credited."),
    State.REJECTED: gettext_lazy("Written down. No hours have moved."),
    State.CANCELLED: gettext_lazy("Called off. No hours have moved."),
    State.DISPUTED: gettext_lazy("Written down. The hours stay set aside until it is settled."),
    State.WITHDRAWN: gettext_lazy("Settled. No hours have moved."),
}


@dataclass(frozen=True)
class Button:
    label: str | Promise
    icon: str
    style: str
    url: str
    # True: pressing it is the whole answer. False: it leads to a page that asks for more.
    at_once: bool


def tone_of(exchange: Exchange) -> str:
    """The tone of the small label that tells the state."""
    return TONES.get(State(exchange.state), "quiet")


def buttons_for(standing: Standing, exchange: Exchange) -> list[Button]:
    """What this person may do now, the likeliest first."""
    wanted = open_steps(standing, exchange)
    return [
        Button(
            *BUTTONS[step],
            url=reverse("strengths:step", args=[standing.community.slug, exchange.pk, step.value]),
            at_once=step in {Step.AGREE, Step.CONFIRM, Step.CANCEL} and not wanted[step],
        )
        for step in BUTTONS
        if step in wanted
    ]


def picture_of(exchange: Exchange) -> dict[str, Any]:
    """Both sides as equal halves: what each says of the exchange."""
    agreed = exchange.state in {State.CONFIRMED, State.ARRANGED}
    objects = exchange.state in {State.REJECTED, State.WITHDRAWN}
    silent = "asked" if exchange.state in {State.PROPOSED, State.DONE} else "open"
    states = {}
    for side in Side:
        spoken = bool(exchange.waits_for) and side != exchange.waits_for
        states[side.value] = "agreed" if agreed or spoken else "objects" if objects else silent
    return {**states, "tone": tone_of(exchange)}


def contact_of_others(standing: Standing, exchange: Exchange) -> list[Membership]:
    """People of the other side whose contact the reader may see: both have agreed, or they chose to show it.

    Only an arranged exchange says that both agreed; "done" may be one side's word alone.
    """
    members = Membership.objects.of(standing.community).current().select_related("person")
    people: list[Person] = [*speakers_for(exchange.giver), *speakers_for(exchange.receiver)]
    others = [one for one in members.filter(person__in=people) if one.person != standing.person]
    if standing.person in people and exchange.state == State.ARRANGED:
        return others
    return [one for one in others if rules.has_perm("people.see_contact", standing, one)]


def tell_taken(request: MemberRequest, taken: Taken, text: str = "") -> None:
    """Say on the next page what came of a step, with Undo where there is one."""
    told = text or str(_TAKEN.get(State(taken.exchange.state), _("Written down.")))
    undo_url = reverse("web:undo", args=[taken.undo.pk]) if taken.undo else ""
    flash.done(request, told, undo_url=undo_url)
