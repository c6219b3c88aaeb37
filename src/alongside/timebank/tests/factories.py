"""Small scenes: a community with a time bank, and neighbors with accounts."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from alongside.people.models import Community, Membership, Person, Role, RoleHeld
from alongside.timebank import actions as timebank
from alongside.timebank.models import Account, Category, Transfer

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
DAY = date(2026, 3, 3)

_numbers = count(1)


def make_community(**settings: Any) -> Community:
    """A community whose time bank is open."""
    n = next(_numbers)
    community = Community.objects.create(name=f"Town {n}", slug=f"town-{n}-{uuid4().hex[:6]}", made_at=NOON)
    timebank.open_time_bank(community=community, by=None, at=NOON, **settings)
    return community


def make_member(community: Community, name: str, *roles: str) -> Person:
    person = Person.objects.create_person(name=name)
    membership = Membership.objects.create(community=community, person=person, number=next(_numbers), joined_on=DAY)
    for role in roles:
        RoleHeld.objects.create(community=community, membership=membership, role=role, starts_on=DAY)
    return person


def make_coordinator(community: Community, name: str = "Cora") -> Person:
    return make_member(community, name, Role.COORDINATOR)


def make_account(community: Community, name: str, **limits: Any) -> Account:
    account = timebank.open_account(community=community, holder=make_member(community, name), by=None, at=NOON)
    return timebank.set_limits(account=account, by=None, at=NOON, **limits) if limits else account


def neighbors(*names: str, **settings: Any) -> list[Account]:
    """An account for each name, all in one new community."""
    town = make_community(**settings)
    return [make_account(town, name) for name in names]


def pot_of(community: Community) -> Account:
    pot: Account = Account.objects.of(community).get(kind=Account.Kind.COMMUNITY_POT)
    return pot


def any_category(community: Community) -> Category:
    category: Category = Category.objects.of(community).in_order().earliest("position")
    return category


def other_category(community: Community) -> Category:
    category: Category = Category.objects.of(community).in_order().latest("position")
    return category


def pay(payer: Account, payee: Account, minutes: int, **options: Any) -> Transfer:
    """Pay with everything that does not matter to the test filled in."""
    after = options.pop("after_minutes", 0)
    options.setdefault("category", any_category(payer.community))
    options.setdefault("helped_on", DAY)
    options.setdefault("at", NOON + timedelta(minutes=after))
    options.setdefault("key", uuid4())
    options.setdefault("by", payer.person)
    return timebank.pay(payer=payer, payee=payee, minutes=minutes, **options)


def balance(account: Account) -> int:
    """The exact balance at this moment, as stored."""
    now = Account.objects.filter(pk=account.pk).with_balance().get()
    return int(now.exact_minutes)


def balances(*accounts: Account) -> dict[str, int]:
    return {str(account): balance(account) for account in accounts}
