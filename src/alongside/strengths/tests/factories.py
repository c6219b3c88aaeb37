"""Scenes of giving and receiving: neighbors with accounts, a broker, an offer, an exchange."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from alongside.kernel import undo
from alongside.people.models import Community, Membership, Person, Role
from alongside.people.tests.factories import NOON, TODAY, community, person_in
from alongside.strengths import actions
from alongside.strengths.actions import Taken
from alongside.strengths.models import Exchange, Listing
from alongside.strengths.rules.steps import Step
from alongside.timebank import actions as timebank
from alongside.timebank.models import Account, Category

__all__ = ["NOON", "TODAY"]


@dataclass(frozen=True)
class Neighbor:
    """A member with an account."""

    membership: Membership
    account: Account

    @property
    def person(self) -> Person:
        person: Person = self.membership.person
        return person


def town(**bank: Any) -> Community:
    """A community with an open time bank; `bank`: its limits and habits."""
    place = community()
    timebank.open_time_bank(community=place, by=None, at=NOON, **bank)
    return place


def neighbor(place: Community, name: str, *, broker: bool = False, **details: Any) -> Neighbor:
    roles = [Role.PARTICIPANT, Role.COORDINATOR] if broker else [Role.PARTICIPANT]
    membership = person_in(place, name, roles=roles, **details)
    account = timebank.open_account(community=place, holder=membership.person, by=None, at=NOON)
    return Neighbor(membership, account)


def neighbors(*names: str, **bank: Any) -> list[Neighbor]:
    """A neighbor for each name, all in one new community."""
    place = town(**bank)
    return [neighbor(place, name) for name in names]


def with_screens(*people: Neighbor) -> list[Neighbor]:
    """These neighbors have signed in before."""
    for one in people:
        one.person.last_login = NOON
        one.person.save(update_fields=["last_login"])
    return list(people)


def some_category(place: Community) -> Category:
    category: Category | None = Category.objects.of(place).in_order().first()
    assert category is not None
    return category


def offer_of(owner: Neighbor, title: str = "Reading aloud", **details: Any) -> Listing:
    return listing_of(owner, Listing.Kind.OFFER, title, **details)


def request_of(owner: Neighbor, title: str = "A lift to the clinic", **details: Any) -> Listing:
    return listing_of(owner, Listing.Kind.REQUEST, title, **details)


def listing_of(owner: Neighbor, kind: str, title: str, **details: Any) -> Listing:
    given = {
        "membership": owner.membership,
        "by": owner.person,
        "at": NOON,
        "key": uuid4(),
        "category": some_category(owner.membership.community),
        "open_until": TODAY + timedelta(days=90),
        **details,
    }
    return actions.put_up(kind=kind, title=title, **given)


def asked(giver: Neighbor, receiver: Neighbor, *, by: Neighbor | None = None, **details: Any) -> Exchange:
    """An exchange that `by` (the receiver, unless told) asks the other side for."""
    given = {
        "minutes": 60,
        "category": some_category(giver.account.community),
        "helped_on": TODAY,
        "at": NOON,
        "key": uuid4(),
        **details,
    }
    taken = actions.propose(giver=giver.account, receiver=receiver.account, by=(by or receiver).person, **given)
    return taken.exchange


def recorded(giver: Neighbor, receiver: Neighbor, *, by: Neighbor | None = None, **details: Any) -> Taken:
    """Help written down by `by` (the giver, unless told)."""
    given = {
        "minutes": 60,
        "category": some_category(giver.account.community),
        "helped_on": TODAY,
        "at": NOON,
        "key": uuid4(),
        **details,
    }
    return actions.record_exchange(giver=giver.account, receiver=receiver.account, by=(by or giver).person, **given)


def step(exchange: Exchange, which: Step, by: Neighbor | None, *, at: datetime = NOON, **details: Any) -> Taken:
    """Take a step as somebody who has just seen the exchange."""
    given = {"reason": "Because", "seen": exchange.steps_taken, **details}
    return actions.take_step(exchange=exchange, step=which, by=by.person if by else None, at=at, **given)


def undone(taken: Taken, by: Neighbor, *, at: datetime = NOON) -> None:
    """Press Undo."""
    assert taken.undo is not None
    undo.perform(id=taken.undo.pk, by=by.person.pk, at=at)


def balances(*people: Neighbor) -> dict[str, tuple[int, int]]:
    """For each name: (balance, set aside), in minutes."""
    found = {}
    for one in people:
        account = Account.objects.get(pk=one.account.pk)
        found[one.person.name] = (account.balance_minutes, account.held_minutes)
    return found
