"""One visit: that it took place or not, and how much of it was about what the person wanted."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.kernel import activity, undo
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people import undoing
from alongside.people.models import Person
from alongside.wellbeing import letters
from alongside.wellbeing.models import AgendaItem, Visit
from alongside.wellbeing.planning import held_visit, replan, section_of


class InTheFuture(Refusal):
    """What has not been yet cannot have taken place."""


class BeforeTheFirst(Refusal):
    """Nobody was visited before visits began."""


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

    Raises InTheFuture, BeforeTheFirst, and SomeoneElseWasFaster once visits have ended before it, or the person told.
    """
    stands = held_visit(visit)
    took_place = state == Visit.State.TOOK_PLACE
    before = _settled(stands)
    if stands.about_mine:
        raise SomeoneElseWasFaster
    if took_place and (held_on is None or held_on > stands.community.day_of(at)):
        raise InTheFuture
    if took_place and held_on is not None and held_on < stands.series.enrolled_on:
        raise BeforeTheFirst
    stands.state, stands.settled_at, stands.settled_by = state, at, by
    stands.held_on, stands.minutes = (held_on, minutes) if took_place else (None, None)
    stands.save(update_fields=["state", "settled_at", "settled_by", "held_on", "minutes"])
    activity.log(
        did=f"wellbeing.visit_{state}", about_what=stands, by_id=by.pk, at=at, channel=channel,
        on_behalf_of_id=on_behalf_of.pk if on_behalf_of else None,
    )  # fmt: skip
    if took_place:
        letters.tell_how_it_was(stands, by, at=at)
    undoing.offer("wellbeing.settle_visit", stands, by=by, at=at, before=before)
    return stands


@undo.inverse("wellbeing.settle_visit")
@transaction.atomic
def take_back_settling(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """What stood there before stands there again. Raises SomeoneElseWasFaster once visits ended, or the person told."""
    row = Visit.objects.filter(pk=args["row"]).select_related("series__program", "community").first()
    if row is None:
        raise SomeoneElseWasFaster
    row.series.community = row.series.program.community = row.community
    stands = held_visit(row)
    before = args["before"]
    if stands.about_mine or stands.settled_at != undoing.moment_of(args) or stands.series.ended_at is not None:
        raise SomeoneElseWasFaster
    if AgendaItem.objects.on(stands.series).filter(visit=stands).exists():
        raise SomeoneElseWasFaster
    stands.state, stands.minutes, stands.settled_by_id = before["state"], before["minutes"], before["settled_by"]
    stands.held_on = date.fromisoformat(before["held_on"]) if before["held_on"] else None
    stands.settled_at = datetime.fromisoformat(before["settled_at"]) if before["settled_at"] else None
    stands.save(update_fields=["state", "settled_at", "settled_by", "held_on", "minutes"])
    if stands.state == Visit.State.PLANNED:
        replan(stands.series, section_of(stands.series))
    letters.take_back_question(stands, by_id=by, at=at)
    undoing.log("wellbeing.settling_taken_back", stands, by=by, at=at)


def _settled(visit: Visit) -> dict[str, Any]:
    """What stood there, without a word of anybody."""
    return {
        "state": visit.state,
        "minutes": visit.minutes,
        "held_on": visit.held_on.isoformat() if visit.held_on else None,
        "settled_at": visit.settled_at.isoformat() if visit.settled_at else None,
        "settled_by": str(visit.settled_by_id) if visit.settled_by_id else None,
    }


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
    stands = held_visit(visit)
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
