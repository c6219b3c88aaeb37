"""Eighteen months of help between the people of Millbrook, posted in order."""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from uuid import UUID, uuid5

from alongside.kernel.channels import Channel
from alongside.kernel.db import take_stock
from alongside.people.models import Community, Membership, Person
from alongside.strengths.models import Exchange, ExchangeWords
from alongside.strengths.rules.steps import State
from alongside.timebank import actions as timebank
from alongside.timebank.models import Account, Category, Transfer
from alongside.web.demo import cast
from alongside.web.demo.cast import Character

EXCHANGES = 2540
NAMESPACE = UUID("6d1b0c4e-0f5b-5a5e-9b53-9d3c2f4a7b11")
SHARE_WITH_THANKS = 0.25
GIFTS = 80
# The longest help is four hours, and the floor lies at minus ten: five hours stay for what the scenes of today need,
# whatever the dice made of the hour of loading.
NEAR_THE_FLOOR = -60
# At which exchange the database is told that its books are empty no longer.
LOOK_AT = 100


@dataclass
class Town:
    """Everything the history draws from."""

    community: Community
    characters: list[Character]
    by_name: dict[str, Membership]
    bodies: dict[str, Account]
    chance: random.Random
    accounts: dict[str, Account] = field(default_factory=dict)
    categories: list[Category] = field(default_factory=list)
    # Each balance as the history goes, so that nobody is asked to go past a limit.
    minutes: Counter[str] = field(default_factory=Counter)

    def key(self, *words: object) -> UUID:
        """The same key for the same words, so that loading twice would post nothing twice."""
        return uuid5(NAMESPACE, f"{self.community.pk}:{words}")


def open_accounts(town: Town, *, at: datetime) -> None:
    """An account for everybody but the child, whose hours its household keeps, and the commissioner."""
    for character in town.characters:
        if character.age >= 18 and "participant" in character.roles:
            person = town.by_name[character.name].person
            town.accounts[character.name] = timebank.account_of(community=town.community, person=person, by=None, at=at)
    town.categories = list(Category.objects.of(town.community).in_order())


def live(town: Town, *, began: datetime, until: datetime) -> list[Transfer]:
    """Post about `EXCHANGES` exchanges between `began` and `until`, busier as the months go by."""
    posted: list[Transfer] = []
    exchanges: list[Exchange] = []
    words: list[ExchangeWords] = []
    for count, moment in enumerate(_moments(town.chance, began, until)):
        pair = _pair(town, moment)
        if pair is None:
            continue
        giver, receiver = pair
        if count == LOOK_AT:
            take_stock()
        transfer = _post(town, giver, receiver, moment, count)
        posted.append(transfer)
        exchange = _exchange(town, transfer, _keyed_by(town, receiver), count)
        exchanges.append(exchange)
        if town.chance.random() < SHARE_WITH_THANKS:
            words.append(_thanks(town, exchange, receiver))
    Exchange.objects.bulk_create(exchanges, batch_size=500)
    ExchangeWords.objects.bulk_create(words, batch_size=500)
    return posted


def _moments(chance: random.Random, began: datetime, until: datetime) -> list[datetime]:
    days = (until - began).days
    moments = []
    for _ in range(EXCHANGES):
        # The square root makes later days likelier: the time bank grows.
        day = began + timedelta(days=int(days * chance.random() ** 0.7))
        at = datetime.combine(day.date(), time(chance.randint(8, 19), chance.choice([0, 10, 25, 40])), day.tzinfo)
        moments.append(min(at, until - timedelta(minutes=5)))
    return sorted(moments)


def _pair(town: Town, moment: datetime) -> tuple[str, str] | None:
    """Who helps whom: people who have joined by then, and who can still receive a few hours."""
    here = [c for c in town.characters if c.name in town.accounts and town.by_name[c.name].joined_on <= moment.date()]
    helped = [c for c in here if town.minutes[c.name] > NEAR_THE_FLOOR]
    giver = town.chance.choices(here, [c.gives + 0.001 for c in here])[0]
    receiver = town.chance.choices(helped, [c.receives + 0.001 for c in helped])[0]
    return None if giver is receiver else (giver.name, receiver.name)


def _post(town: Town, giver: str, receiver: str, moment: datetime, count: int) -> Transfer:
    chance = town.chance
    _title, note, category, _weight = chance.choices(cast.DEEDS, [deed[3] for deed in cast.DEEDS])[0]
    payer, payee = town.accounts[receiver], town.accounts[giver]
    if chance.random() < 0.06:
        payer = town.bodies[chance.choice([name for name, _ in cast.ORGANISATIONS])]
    offline = not _character(town, receiver).goes_online
    transfer = timebank.pay(
        payer=payer,
        payee=payee,
        minutes=chance.choice(cast.MINUTES),
        category=town.categories[category - 1],
        helped_on=(moment - timedelta(days=chance.choice([0, 0, 0, 1, 2, 5]))).date(),
        by=_keyed_by(town, receiver),
        at=moment,
        key=town.key("exchange", count),
        on_behalf_of=town.by_name[receiver].person if offline else None,
        channel=chance.choice([Channel.PHONE, Channel.PAPER, Channel.IN_PERSON]) if offline else Channel.WEB,
        note=note if chance.random() < 0.5 else "",
    )
    town.minutes[giver] += transfer.minutes
    if payer == town.accounts[receiver]:
        town.minutes[receiver] -= transfer.minutes
    return transfer


def _keyed_by(town: Town, receiver: str) -> Person:
    """People who go online key in their own help; Cora does it for the others."""
    person: Person = town.by_name[receiver if _character(town, receiver).goes_online else "Cora Lindqvist"].person
    return person


def _character(town: Town, name: str) -> Character:
    return next(each for each in town.characters if each.name == name)


def _exchange(town: Town, transfer: Transfer, keyed_by: Person, count: int) -> Exchange:
    return Exchange(
        community=town.community,
        giver=transfer.payee,
        receiver=transfer.payer,
        minutes=transfer.minutes,
        category=transfer.category,
        helped_on=transfer.helped_on,
        state=State.CONFIRMED,
        steps_taken=2,
        transfer=transfer,
        made_at=transfer.posted_at,
        changed_at=transfer.posted_at,
        keyed_by=keyed_by,
        channel=transfer.channel,
        both_agreed=transfer.channel != Channel.WEB,
        key=town.key("record", count),
    )


def _thanks(town: Town, exchange: Exchange, receiver: str) -> ExchangeWords:
    return ExchangeWords(
        community=town.community,
        exchange=exchange,
        kind=ExchangeWords.Kind.THANKS,
        author=town.by_name[receiver].person,
        words=town.chance.choice(cast.THANKS),
        at=exchange.made_at + timedelta(hours=3),
    )


def fill_pots(town: Town, *, began: datetime, until: datetime) -> None:
    """Gifts to the community pot and the groups' pots, and what was granted from them."""
    pot = Account.objects.of(town.community).get(kind=Account.Kind.COMMUNITY_POT)
    pots = [pot, pot, *(town.bodies[name] for name, _leader in cast.GROUPS)]
    rich = [name for name in town.accounts if _character(town, name).gives >= 1.5]
    for count in range(GIFTS):
        moment = began + (until - began) * ((count + 1) / (GIFTS + 2))
        giver = town.chance.choice([name for name in rich if town.minutes[name] >= 0])
        given = _gift(town, town.accounts[giver], town.chance.choice(pots), moment, count)
        town.minutes[giver] -= given
    for count, name in enumerate(("Olive Trent", "Margaret Hollis", "Lucía Romero", "Olive Trent")):
        moment = until - timedelta(days=90 - 20 * count)
        timebank.pay(
            payer=pot,
            payee=town.accounts[name],
            minutes=120,
            category=None,
            helped_on=moment.date(),
            by=town.by_name["Cora Lindqvist"].person,
            at=moment,
            key=town.key("grant", count),
            kind=Transfer.Kind.GRANT,
            note="For the months after the hospital",
        )


def _gift(town: Town, giver: Account, pot: Account, moment: datetime, count: int) -> int:
    """The minutes given; 0 where it would have gone past a limit on that day."""
    minutes = town.chance.choice([30, 60, 60, 120])
    try:
        timebank.pay(
            payer=giver,
            payee=pot,
            minutes=minutes,
            category=None,
            helped_on=moment.date(),
            by=giver.person,
            at=moment,
            key=town.key("gift", count),
            kind=Transfer.Kind.GIFT,
        )
    except timebank.OverLimit:
        return 0
    return minutes
