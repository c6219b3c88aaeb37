"""What this room tells people about a show of hands: that it waits for a second look, and what came of it."""

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.decisions.letters.meetings import tell
from alongside.decisions.letters.votes import outcome_text
from alongside.decisions.models import HandVote
from alongside.decisions.permissions.meetings import invited_to, sides_there
from alongside.notices import kinds
from alongside.people.models import Person

HANDS = kinds.register("decisions.hands", label=gettext_lazy("When a meeting has decided something"))


def entered(hands: HandVote, *, at: datetime, by: Person) -> None:
    """Ask those who were there, of the sides that decided, whether the hands were counted so."""

    def body() -> str:
        told = _("Hands were counted on “%(title)s”. It stands once somebody of each side confirms it.") % _facts(hands)
        return f"{told}\n{_('You were there. Please look whether it was so.')}"

    people = [
        member.person
        for member, side in sides_there(hands.meeting).items()
        if side in hands.counts and member.person != by and member.left_at is None
    ]
    _tell(hands, people, lambda: _("Please confirm a count of hands"), body, "entered", at=at, by=by)


def stands(hands: HandVote, *, at: datetime, by: Person) -> None:
    """Tell everybody the meeting was for what came out."""
    decision = hands.decision
    assert decision is not None

    def body() -> str:
        told = _("“%(title)s” was decided in the meeting “%(meeting)s”.") % _facts(hands)
        return f"{told}\n{outcome_text(decision)}"

    people = [one.person for one in invited_to(hands.meeting, on=hands.community.day_of(at))]
    _tell(hands, people, lambda: _("A meeting has decided"), body, "stands", at=at, by=by)


def refused(hands: HandVote, *, at: datetime, by: Person) -> None:
    """Tell those who were there that the count does not stand, and why."""

    def body() -> str:
        told = _("The count of hands on “%(title)s” does not stand.") % _facts(hands)
        return f"{told}\n{_('The reason: %(why)s') % {'why': hands.refused_why}}"

    _tell(hands, _there(hands), lambda: _("A count of hands does not stand"), body, "refused", at=at, by=by)


def lapsed(hands: HandVote, *, at: datetime) -> None:
    """Tell those who were there that nobody confirmed it in time."""

    def body() -> str:
        told = _("The count of hands on “%(title)s” does not stand.") % _facts(hands)
        return f"{told}\n{_('It was not confirmed by both sides in time. Things stay as they are.')}"

    _tell(hands, _there(hands), lambda: _("A count of hands does not stand"), body, "lapsed", at=at, by=None)


def _there(hands: HandVote) -> list[Person]:
    return [member.person for member in sides_there(hands.meeting) if member.left_at is None]


def _facts(hands: HandVote) -> dict[str, object]:
    return {"title": hands.proposal.title, "meeting": hands.meeting.title}


def _tell(
    hands: HandVote,
    people: list[Person],
    title: Callable[[], str],
    body: Callable[[], str],
    step: str,
    *,
    at: datetime,
    by: Person | None,
) -> None:
    tell(hands.meeting, people, title, body, kind=HANDS.name, key=f"hands-{step}:{hands.pk}", at=at,
         by_id=by.pk if by else None, page="decisions:hands", about=hands)  # fmt: skip
