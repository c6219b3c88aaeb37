"""From the catalogue: hours go to a pot and one is taken from the stock, both or neither."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from alongside.kernel import activity
from alongside.kernel.channels import Channel
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.people.models import Membership, Person
from alongside.programs.rules.times import minutes_of
from alongside.rewards import letters
from alongside.rewards.actions.issuing import State, Why, fresh_code, held, last_day
from alongside.rewards.models import Entitlement, Reward
from alongside.rewards.refusing import EnoughForOne, NoneLeft, NoPot, NotOffered
from alongside.rewards.rules.earning import EVER, MONTH, YEAR
from alongside.timebank import actions as timebank
from alongside.timebank.models import Account, Transfer

COMMUNITY_POT, PROGRAM_POT = "community pot", "program pot"


@transaction.atomic
def buy(
    *,
    reward: Reward,
    membership: Membership,
    by: Person,
    at: datetime,
    key: UUID,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Entitlement:
    """Take one for the hours it asks. The same `key` again takes no second one.

    Raises NotOffered, NoneLeft, EnoughForOne, NoPot, and what `timebank.pay` raises; then nothing was paid.
    """
    stands = held(reward)
    if made := Entitlement.objects.of(stands.community).filter(key=key).first():
        if (made.reward_id, made.membership_id) != (stands.pk, membership.pk):
            raise SomeoneElseWasFaster
        return made  # type: ignore[no-any-return]
    if stands.way != Reward.Way.BOUGHT or not stands.is_agreed or stands.program.ended_at is not None:
        raise NotOffered
    if stands.is_gone:
        raise NoneLeft
    _check_enough(stands, membership, at)
    transfer = timebank.pay(
        payer=timebank.account_of(community=stands.community, person=membership.person, by=by, at=at),
        payee=pot_of(stands, by=by, at=at), minutes=minutes_of(stands.term("price")), category=None,
        helped_on=stands.community.day_of(at), by=by, at=at, key=f"reward:{key}", kind=Transfer.Kind.GIFT,
        on_behalf_of=on_behalf_of, channel=channel, note=stands.name,
    )  # fmt: skip
    row: Entitlement = Entitlement.objects.create(
        community=stands.community, reward=stands, membership=membership, origin=Entitlement.Origin.BOUGHT,
        transfer=transfer, state=State.ISSUED, code=fresh_code(stands.community_id), earned_at=at, issued_at=at,
        expires_on=last_day(stands, at), channel=channel, key=key,
    )  # fmt: skip
    activity.log(
        did="rewards.bought", about_what=row, by_id=by.pk, at=at, channel=channel,
        on_behalf_of_id=on_behalf_of.pk if on_behalf_of else None,
    )  # fmt: skip
    letters.about(row, at=at)
    return row


def pot_of(reward: Reward, *, by: Person | None, at: datetime) -> Account:
    """Where the hours go. Raises NoPot."""
    if reward.term("paid_to", COMMUNITY_POT) == PROGRAM_POT:
        reward.program.group.community = reward.community
        return timebank.open_account(community=reward.community, holder=reward.program.group, by=by, at=at)
    pots = Account.objects.of(reward.community).filter(kind=Account.Kind.COMMUNITY_POT, closed_at=None)
    pot: Account | None = pots.first()
    if pot is None:
        raise NoPot
    pot.community = reward.community
    return pot


def _check_enough(reward: Reward, membership: Membership, at: datetime) -> None:
    at_most: int | None = reward.term("at_most")
    if at_most is None:
        return
    day, per = reward.community.day_of(at), reward.term("per", EVER)
    rows = Entitlement.objects.on(reward).filter(membership=membership, origin=Entitlement.Origin.BOUGHT)
    taken = rows.exclude(Q(state=State.VOID, why=Why.GIVEN_BACK)).values_list("issued_at", flat=True)
    days = [reward.community.day_of(moment) for moment in taken]
    if per in (YEAR, MONTH):
        days = [each for each in days if each.year == day.year and (per == YEAR or each.month == day.month)]
    if len(days) >= at_most:
        raise EnoughForOne(at_most=at_most)
