"""One visit: that it took place or not, and how much of it was about what the person wanted."""

from datetime import date, datetime

from django.db import transaction

from alongside.kernel import activity
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people.models import Person
from alongside.wellbeing import letters
from alongside.wellbeing.models import Visit
from alongside.wellbeing.planning import held


class InTheFuture(Refusal):
    """What has not been yet cannot have taken place."""


class NotTheirsToTell(Refusal):
    """How much of a visit was about what somebody wanted is not for the visitor to say."""


@transaction.atomic
def settle_visit(
    *,
    visit: Visit,
    state: str,
    by: Person,
    at: datetime,
    held_on: date | None = None,
    minutes: int | None = None,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Visit:
    """Say that a visit took place, was missed or was called off; it may be put right until the person has told.

    Raises InTheFuture, and SomeoneElseWasFaster once visits have ended before it, or the person has told.
    """
    stands = _held(visit)
    took_place = state == Visit.State.TOOK_PLACE
    if stands.about_mine:
        raise SomeoneElseWasFaster
    if took_place and (held_on is None or held_on > stands.community.day_of(at)):
        raise InTheFuture
    stands.state, stands.settled_at, stands.settled_by = state, at, by
    stands.held_on, stands.minutes = (held_on, minutes) if took_place else (None, None)
    stands.save(update_fields=["state", "settled_at", "settled_by", "held_on", "minutes"])
    activity.log(
        did=f"wellbeing.visit_{state}", about_what=stands, by_id=by.pk, at=at, channel=channel,
        on_behalf_of_id=on_behalf_of.pk if on_behalf_of else None,
    )  # fmt: skip
    if took_place:
        letters.tell_how_it_was(stands, by, at=at)
    return stands


@transaction.atomic
def tell_share(
    *,
    visit: Visit,
    about_mine: str,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Visit:
    """Say how much of a visit was about what the person wanted; another word replaces the first.

    Raises NotTheirsToTell for whoever visits, and SomeoneElseWasFaster where it did not take place.
    """
    stands = _held(visit)
    visitor = stands.series.visitor
    if visitor is not None and visitor.person_id == by.pk:
        raise NotTheirsToTell
    if stands.state != Visit.State.TOOK_PLACE:
        raise SomeoneElseWasFaster
    stands.about_mine, stands.told_at = about_mine, at
    stands.save(update_fields=["about_mine", "told_at"])
    activity.log(
        did="wellbeing.share_told", about_what=stands, by_id=by.pk, at=at, channel=channel,
        on_behalf_of_id=on_behalf_of.pk if on_behalf_of else None,
    )  # fmt: skip
    return stands


def _held(visit: Visit) -> Visit:
    """The visit as it stands, behind the lock of its series. Raises SomeoneElseWasFaster when it was planned away."""
    series = held(visit.series)
    found: Visit | None = Visit.objects.on(series).filter(pk=visit.pk).first()
    if found is None:
        raise SomeoneElseWasFaster
    found.series, found.community = series, visit.community
    return found
