"""When somebody cannot come, and what they would rather not do. Nobody says why."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal
from alongside.people.models import Membership, Person
from alongside.programs.models import Program
from alongside.programs.models.program import design_of
from alongside.rota.actions.holding import log
from alongside.rota.models import Away, Wish
from alongside.rota.models.families import LONGEST_AWAY
from alongside.rota.rules.section import NAME


class DaysUpsideDown(Refusal):
    """The last day lies before the first, or more than a year after it."""


class NoSuchDuty(Refusal):
    """The program has no duty of this name."""


@transaction.atomic
def add_away(
    *,
    membership: Membership,
    first_day: date,
    last_day: date,
    by: Person,
    at: datetime,
    key: UUID,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Away:
    """Say on which days somebody cannot come. The same `key` returns the first. Raises DaysUpsideDown."""
    if not timedelta() <= last_day - first_day <= timedelta(days=LONGEST_AWAY):
        raise DaysUpsideDown
    away, is_new = Away.objects.get_or_create(
        community=membership.community,
        key=key,
        defaults={
            "membership": membership, "first_day": first_day, "last_day": last_day, "keyed_by": by, "made_at": at,
            "channel": channel,
        },
    )  # fmt: skip
    away.community = membership.community
    if is_new:
        log("away_said", away, by=by, at=at, on_behalf_of=on_behalf_of, channel=channel)
    return away


@transaction.atomic
def remove_away(
    *, away: Away, by: Person, at: datetime, on_behalf_of: Person | None = None, channel: str = Channel.WEB
) -> None:
    """They can come after all."""
    if Away.objects.of(away.community).filter(pk=away.pk).exists():
        log("away_taken_back", away, by=by, at=at, on_behalf_of=on_behalf_of, channel=channel)
        away.delete()


@transaction.atomic
def say_wish(
    *,
    membership: Membership,
    program: Program,
    weekday: int,
    duty: str,
    how: str,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Wish:
    """Say what somebody cannot do or would rather not; another word about the same replaces it. Raises NoSuchDuty."""
    if duty and duty not in {each["name"] for each in design_of(program).get(NAME, {}).get("duties", [])}:
        raise NoSuchDuty
    wish, _new = Wish.objects.update_or_create(
        community=membership.community, membership=membership, program=program, weekday=weekday, duty=duty,
        defaults={"how": how, "keyed_by": by, "channel": channel, "made_at": at},
    )  # fmt: skip
    wish.community = membership.community
    log("wish_said", wish, by=by, at=at, on_behalf_of=on_behalf_of, channel=channel)
    return wish


@transaction.atomic
def take_wish_back(
    *, wish: Wish, by: Person, at: datetime, on_behalf_of: Person | None = None, channel: str = Channel.WEB
) -> None:
    """They do not mind any more."""
    if Wish.objects.of(wish.community).filter(pk=wish.pk).exists():
        log("wish_taken_back", wish, by=by, at=at, on_behalf_of=on_behalf_of, channel=channel)
        wish.delete()
