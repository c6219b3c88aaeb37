"""A community with many neighbors, to pay back and forth in."""

import gc
import random
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection

from alongside.kernel.db import is_postgresql
from alongside.kernel.ids import new_id
from alongside.people.models import Community, Person
from alongside.timebank import actions as timebank
from alongside.timebank.models import Account, Category
from bench.raw import NOON, TODAY, TownIds

OPENED = datetime(2024, 1, 1, 9, tzinfo=UTC)
BATCH = 1000
# Nobody comes near it in a run, yet it is looked at in every payment.
FLOOR_MINUTES = -1_000_000_000


@dataclass
class Town:
    community: Community
    accounts: list[Account]
    pot: Account
    category: Category
    payer_person: Person
    chance: random.Random

    def __post_init__(self) -> None:
        # No server holds a whole town in memory; looking through it for garbage would count as paying.
        gc.collect()
        gc.freeze()

    def pair(self) -> tuple[Account, Account]:
        """Two different neighbors."""
        payer, payee = self.chance.sample(range(len(self.accounts)), 2)
        return self.accounts[payer], self.accounts[payee]

    @property
    def ids(self) -> TownIds:
        return TownIds(
            self.community.id,
            [account.id for account in self.accounts],
            self.pot.id,
            self.category.id,
            self.payer_person.id,
        )


def settle_in(accounts: int) -> Town:
    """A town of so many neighbors, each with an account that may go far below 0."""
    community = Community.objects.create(name="Bench", slug="bench", made_at=OPENED)
    timebank.open_time_bank(community=community, by=None, at=OPENED)
    people = Person.objects.bulk_create(
        (Person(name=f"Neighbor {n}", password="!") for n in range(accounts)), batch_size=2000
    )
    opened = Account.objects.bulk_create(
        (
            Account(
                community=community,
                kind=Account.Kind.PERSON,
                person=person,
                floor_minutes=FLOOR_MINUTES,
                opened_at=OPENED,
            )
            for person in people
        ),
        batch_size=2000,
    )
    return Town(
        community=community,
        accounts=opened,
        pot=Account.objects.of(community).get(kind=Account.Kind.COMMUNITY_POT),
        category=Category.objects.of(community).in_order()[0],
        payer_person=people[0],
        chance=random.Random(1),
    )


def pay(town: Town) -> int:
    """One payment as the house makes it."""
    payer, payee = town.pair()
    timebank.pay(
        payer=payer,
        payee=payee,
        minutes=30,
        category=town.category,
        helped_on=TODAY,
        by=town.payer_person,
        at=NOON,
        key=new_key(),
    )
    return 1


def new_key() -> str:
    """A key as a client makes it."""
    return str(new_id())


def live_a_while(town: Town, transfers: int) -> None:
    """Give the town a history, and the database its statistics: an empty ledger is planned for wrongly."""
    for start in range(0, transfers, BATCH):
        pay_many(town, min(BATCH, transfers - start))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if is_postgresql() else "ANALYZE")


def pay_many(town: Town, count: int = BATCH) -> int:
    """So many payments at once, all or nothing."""
    pairs = [town.pair() for _ in range(count)]
    lines = [
        timebank.Line(payer=payer, payee=payee, minutes=30, category=town.category, helped_on=TODAY)
        for payer, payee in pairs
    ]
    timebank.pay_together(lines=lines, by=town.payer_person, at=NOON, key=new_key())
    return count
