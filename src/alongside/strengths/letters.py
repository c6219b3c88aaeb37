"""What this room tells people, in their language: every step of an exchange, reminders, the end of a listing."""

from collections.abc import Callable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.kernel import undo
from alongside.notices import actions as notices
from alongside.notices import kinds
from alongside.people.models import Person
from alongside.strengths.models import Exchange, Listing
from alongside.strengths.models.parties import speakers_for
from alongside.strengths.rules.steps import Side, State, Step
from alongside.strengths.sentences import who_helps_whom
from alongside.timebank.models import Account
from alongside.ui.words import day_text

EXCHANGE = kinds.register("strengths.exchange", label=gettext_lazy("When something happens to an exchange of mine"))
REMINDER = kinds.register("strengths.reminder", label=gettext_lazy("When an exchange waits for my answer"))
LISTING = kinds.register("strengths.listing_ends", label=gettext_lazy("Before an offer or request of mine ends"))
THANKS = kinds.register("strengths.thanked", label=gettext_lazy("When somebody thanks me"))

_TITLES: dict[Step, Callable[[], str]] = {
    Step.AGREE: lambda: _("Your exchange is arranged"),
    Step.DECLINE: lambda: _("Your question was turned down"),
    Step.CANCEL: lambda: _("An exchange was called off"),
    Step.SAY_DONE: lambda: _("Please confirm some help"),
    Step.CONFIRM: lambda: _("Your exchange is confirmed"),
    Step.REJECT: lambda: _("Your exchange was not confirmed"),
    Step.DISPUTE: lambda: _("An exchange needs talking over"),
    Step.NAME_MEDIATOR: lambda: _("Somebody will help you settle an exchange"),
    Step.SETTLE_AS_SAID: lambda: _("Your exchange is settled"),
    Step.SETTLE_CHANGED: lambda: _("Your exchange is settled"),
    Step.WITHDRAW: lambda: _("Your exchange is settled"),
    Step.LAPSE: lambda: _("An exchange ran out"),
    Step.AUTO_CONFIRM: lambda: _("Your exchange is confirmed"),
}

_ENDINGS: dict[str, Callable[[], str]] = {
    State.PROPOSED: lambda: _("Please say yes or no."),
    State.ARRANGED: lambda: _("The hours are set aside. Afterwards, one of you says that it is done."),
    State.DONE: lambda: _("Please say whether that is right. Without an answer it counts as right after a while."),
    State.DISPUTED: lambda: _("The hours stay set aside until this is settled."),
    State.CONFIRMED: lambda: _("The hours have been credited."),
    State.REJECTED: lambda: _("No hours have moved."),
    State.CANCELLED: lambda: _("No hours have moved."),
    State.WITHDRAWN: lambda: _("No hours have moved."),
    State.EXPIRED: lambda: _("No hours have moved."),
}


def step_taken(
    exchange: Exchange, step: Step, speaker: Person | None, *, at: datetime, reason: str, undoable: bool
) -> None:
    """Tell everybody on both sides, and the mediator, of a step; whoever took it knows already."""
    people = [person for person in _everybody(exchange) if person != speaker]
    for person in people:
        _tell(exchange, person, _TITLES[step], by=speaker, at=at, reason=reason, undoable=undoable)


def asked(exchange: Exchange, speaker: Person, *, at: datetime) -> None:
    """Tell the other side that somebody would like to arrange an exchange with them."""
    for person in speakers_for(_account(exchange, exchange.waits_for)):
        _tell(exchange, person, lambda: _("Somebody asks for an exchange"), by=speaker, at=at, undoable=True)


def recorded(exchange: Exchange, keyed_by: Person, speaker: Person, *, at: datetime) -> None:
    """Tell both sides of an exchange that was written down at once; whoever said so themselves knows."""
    title = _TITLES[Step.CONFIRM if exchange.state == State.CONFIRMED else Step.SAY_DONE]
    knows = None if exchange.both_agreed else speaker
    for person in _everybody(exchange):
        if person not in {knows, keyed_by}:
            _tell(exchange, person, title, by=keyed_by, at=at, undoable=True)


def remind(exchange: Exchange, *, at: datetime) -> None:
    """Remind whoever is waited for; of an arrangement, both sides."""
    waiting = [Side(exchange.waits_for)] if exchange.waits_for else list(Side)
    for side in waiting:
        for person in speakers_for(_account(exchange, side)):
            _tell(
                exchange, person, lambda: _("An exchange waits for you"), kind=REMINDER.name, by=None, at=at,
                key=f"{key_of(exchange)}:{at:%Y-%m-%d}",
            )  # fmt: skip


def thanked(exchange: Exchange, author: Person, words: str, *, at: datetime) -> None:
    """Hand a thank-you note to the other side."""
    for person in _everybody(exchange):
        if person != author and person.pk != exchange.mediator_id:
            notices.tell(
                person=person,
                community=exchange.community,
                kind=THANKS.name,
                title=lambda: _("Somebody says thank you"),
                body=lambda: _("%(name)s writes: %(words)s") % {"name": author, "words": words},
                link=_link(exchange),
                at=at,
                by_id=author.pk,
                key=f"exchange:{exchange.pk}:thanks:{author.pk}",
            )


def listing_ends(listing: Listing, *, at: datetime) -> None:
    """Tell the owner that their offer or request is about to end, and how to keep it."""
    notices.tell(
        person=listing.person,
        community=listing.community,
        kind=LISTING.name,
        title=lambda: _("Your offer ends soon") if listing.kind == Listing.Kind.OFFER else _("Your request ends soon"),
        body=lambda: (
            _("“%(title)s” stays up until %(day)s. You can keep it for longer with one press.")
            % {"title": listing.title, "day": day_text(listing.open_until)}
        ),
        link=reverse("strengths:listing", args=[listing.community.slug, listing.pk]),
        at=at,
        key=f"listing:{listing.pk}:{listing.open_until}",
    )


def take_back(exchange: Exchange, *, step_number: int, by: Person | None, at: datetime) -> None:
    """Withdraw what was told of a step that has been undone."""
    notices.take_back(
        community=exchange.community,
        key=f"exchange:{exchange.pk}:{step_number}",
        at=at,
        by_id=by.pk if by else None,
    )


def key_of(exchange: Exchange) -> str:
    """The key under which people are told of the step an exchange has just taken."""
    return f"exchange:{exchange.pk}:{exchange.steps_taken}"


def _tell(
    exchange: Exchange,
    person: Person,
    title: Callable[[], str],
    *,
    by: Person | None,
    at: datetime,
    kind: str = EXCHANGE.name,
    key: str = "",
    reason: str = "",
    undoable: bool = False,
) -> None:
    notices.tell(
        person=person,
        community=exchange.community,
        kind=kind,
        title=title,
        body=lambda: _facts(exchange, person, reason),
        link=_link(exchange),
        at=at,
        by_id=by.pk if by else None,
        after_seconds=undo.SECONDS if undoable else 0,
        key=key or key_of(exchange),
    )


def _facts(exchange: Exchange, reader: Person, reason: str) -> str:
    what = {"exchange": who_helps_whom(exchange, reader=reader), "day": day_text(exchange.helped_on)}
    facts = _("%(exchange)s. The day: %(day)s.") % what
    told_why = _("The reason given: %(reason)s") % {"reason": reason} if reason else ""
    return "\n".join(line for line in (facts, told_why, _ending(exchange)) if line)


def _ending(exchange: Exchange) -> str:
    if exchange.state == State.DONE and exchange.answer_by is None:
        return _("Please say whether that is right. A coordinator will ask you. Silence does not count as yes.")
    return _ENDINGS[exchange.state]()


def _everybody(exchange: Exchange) -> list[Person]:
    people = [*speakers_for(exchange.giver), *speakers_for(exchange.receiver)]
    if exchange.mediator is not None:
        people.append(exchange.mediator)
    return list(dict.fromkeys(people))


def _account(exchange: Exchange, side: str) -> Account:
    account: Account = exchange.giver if side == Side.GIVER else exchange.receiver
    return account


def _link(exchange: Exchange) -> str:
    return reverse("strengths:exchange", args=[exchange.community.slug, exchange.pk])
