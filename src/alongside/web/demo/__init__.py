"""The demo community: Millbrook, made up from end to end and labelled so on every page.

The same people and the same history on every machine, told up to the day it is loaded.
"""

import random
from datetime import datetime, timedelta

from django.db import transaction

from alongside.charter import actions as charter
from alongside.kernel.db import take_stock
from alongside.kernel.errors import Refusal
from alongside.people import actions as people
from alongside.people.models import Community
from alongside.timebank import actions as timebank
from alongside.timebank.ledger import selfcheck
from alongside.timebank.ledger.fold import fold
from alongside.web.demo import (
    advice,
    agreed,
    ballots,
    cast,
    casting,
    college,
    gatherings,
    history,
    looking_back,
    matters,
    meetings,
    nursery,
    programs,
    questions,
    rewards,
    rounds,
    safety,
    sessions,
    talk,
    votes,
    wellbeing,
)
from alongside.web.demo.history import Town

SLUG = "millbrook"
MONTHS = 18
SEED = "Millbrook on the Ash"


class DemoIsHere(Refusal):
    """The demo community was loaded before."""


@transaction.atomic
def load(*, at: datetime) -> Community:
    """Load the demo community, all or nothing, with `MONTHS` months of history that end at `at`.

    Raises DemoIsHere when it is there already.
    """
    if Community.objects.filter(slug=SLUG).exists():
        raise DemoIsHere
    chance = random.Random(SEED)
    began = at - timedelta(days=MONTHS * 30)
    community = people.create_community(
        name="Millbrook Time Bank",
        slug=SLUG,
        by=None,
        at=began,
        place=cast.PLACE,
        about="Neighbors helping neighbors along the river. Everybody's hour counts the same.",
        contact_phone="01632 960999",
        contact_email="hello@example.org",
        is_demo=True,
    )
    timebank.open_time_bank(community=community, by=None, at=began, floor_minutes=-600)
    charter.begin(community=community, by=None, at=began)
    everyone = casting.characters(chance)
    by_name = casting.bring_in(community, everyone, began=began, chance=chance)
    accounts = casting.form_bodies(community, by_name, at=began + timedelta(days=1))
    take_stock()
    town = Town(community, everyone, by_name, accounts, chance)
    _fill(town, began=began, at=at)
    return community


def _fill(town: Town, *, began: datetime, at: datetime) -> None:
    casting.describe(town.characters, town.by_name, at=began + timedelta(days=30), chance=town.chance)
    casting.name_helpers(town.community, town.by_name, at=at - timedelta(days=40))
    history.open_accounts(town, at=began)
    posted = history.live(town, began=began, until=at - timedelta(days=10))
    history.fill_pots(town, began=began, until=at - timedelta(days=10))
    take_stock()
    matters.let_letters_rest(town.community)
    matters.put_up_listings(town, at=at)
    matters.set_right(town, posted, at=at)
    matters.begin_exchanges(town, at=at)
    matters.recognise_work(town, at=at)
    matters.wait_at_the_door(town, at=at)
    agreed.agree(town, at=at)
    votes.hold(town, at=at)
    ballots.hold(town, at=at)
    take_stock()
    rounds.hold(town, at=at)
    advice.hold(town, at=at)
    talk.go_on(town, at=at)
    questions.ask(town, at=at)
    meetings.hold(town, at=at)
    programs.run(town, began=began, at=at)
    college.run(town, began=began, at=at)
    gatherings.come_together(town, at=at)
    safety.look_after(town, at=at)
    nursery.run(town, began=began, at=at)
    sessions.hold(town, at=at)
    wellbeing.keep(town, at=at)
    rewards.thank(town, at=at)
    looking_back.run(town, at=at)
    fold(at)
    selfcheck.keep(selfcheck.check(town.community, at=at))
