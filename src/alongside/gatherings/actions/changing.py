"""A gathering is moved, changed or called off; a series is called off from one of its gatherings on."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from alongside.gatherings import letters
from alongside.gatherings.actions.booking import move_up
from alongside.gatherings.actions.deeds import Deed, GatheringIsOver, ReasonMissing, held, held_series
from alongside.gatherings.actions.making import A_PLACE, COPIED, PartTold, Told, check_range
from alongside.gatherings.models import Booking, Gathering, Part, Series
from alongside.gatherings.models.happening import State
from alongside.gatherings.rules import recurrence
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people.models import Person


class NothingIsDifferent(Refusal):
    """It is like that already."""


@transaction.atomic
def move_gathering(
    *,
    gathering: Gathering,
    starts_at: datetime,
    why: str,
    seen: datetime,
    by: Person | None,
    at: datetime,
    minutes: int | None = None,
) -> Gathering:
    """Put it at another time, for a reason; who has a place is told and asked again. In a series it alone moves.

    `seen`: its `changed_at` on the page. Raises GatheringIsOver, SomeoneElseWasFaster, ReasonMissing,
    StartsOutOfRange, NothingIsDifferent.
    """
    stands = _to_change(gathering, why, seen, at)
    check_range(starts_at, at)
    length = minutes or stands.minutes
    if (starts_at, length) == (stands.starts_at, stands.minutes):
        raise NothingIsDifferent
    before = stands.starts_at
    stands.starts_at, stands.minutes = starts_at, length
    stands.has_own_words = stands.series_id is not None
    keep_change(stands, at, "starts_at", "minutes", "has_own_words")
    if before != starts_at:
        ask_again([stands.pk], stands, at)
    Deed(by, at).log("gatherings.gathering_moved", stands)
    letters.changed(stands, why=why.strip(), before=before, at=at, by=by)
    return stands


@transaction.atomic
def change_gathering(
    *,
    gathering: Gathering,
    told: Told,
    why: str,
    seen: datetime,
    by: Person | None,
    at: datetime,
    parts: Sequence[PartTold] | None = None,
    starts_at: datetime | None = None,
) -> Gathering:
    """Change its words, place, parts or time, for a reason. In a series it alone changes. No part gets smaller than is
    taken; at another time people are asked again.

    Raises GatheringIsOver, SomeoneElseWasFaster, ReasonMissing, StartsOutOfRange.
    """
    stands = _to_change(gathering, why, seen, at)
    before = stands.starts_at
    for name, value in {**told.facts(), "starts_at": starts_at or before}.items():
        setattr(stands, name, value)
    check_range(stands.starts_at, at)
    stands.has_own_words = stands.series_id is not None
    keep_change(stands, at, *COPIED, "starts_at", "has_own_words")
    deed = Deed(by, at)
    if stands.starts_at != before:
        ask_again([stands.pk], stands, at)
    if parts is not None:
        set_parts([stands], parts)
        move_up(stands, deed)
    deed.log("gatherings.gathering_changed", stands)
    letters.changed(stands, why=why.strip(), before=before, at=at, by=by)
    return stands


def _to_change(gathering: Gathering, why: str, seen: datetime, at: datetime) -> Gathering:
    if not why.strip():
        raise ReasonMissing
    stands = held(gathering)
    if stands.is_called_off or stands.closed_at is not None or stands.ends_at <= at:
        raise GatheringIsOver
    if stands.changed_at != seen:
        raise SomeoneElseWasFaster
    return stands


def keep_change(gathering: Gathering, at: datetime, *names: str) -> None:
    """Save a change that calendars must hear of."""
    gathering.ends_at = gathering.starts_at + timedelta(minutes=gathering.minutes)
    gathering.changed_at, gathering.sequence = at, gathering.sequence + 1
    gathering.save(update_fields=[*names, "ends_at", "changed_at", "sequence"])


def ask_again(gathering_ids: Sequence[UUID], series_or_one: Gathering | Series, at: datetime) -> None:
    """Whoever has a place is to say whether the new time suits, and is reminded of that one."""
    rows = Booking.objects.of(series_or_one.community).filter(gathering__in=gathering_ids)
    rows.booked().update(asked_at=at, confirmed_at=None)
    rows.update(reminded_at=None)


def set_parts(gatherings: Sequence[Gathering], parts: Sequence[PartTold]) -> None:
    """Bring what can be taken to what is told, by name. What somebody has taken or asked for stays.

    The number of statements does not grow with the number of gatherings.
    """
    if not gatherings:
        return
    rows = Part.objects.of(gatherings[0].community).filter(gathering__in=[one.pk for one in gatherings])
    here: dict[tuple[UUID, str], Part] = {(part.gathering_id, part.name): part for part in rows}
    fresh = []
    for one in gatherings:
        for position, told in enumerate(parts):
            name = told.name.strip() or A_PLACE
            part = here.pop((one.pk, name), None)
            if part is None:
                part = Part(community=one.community, gathering=one, name=name)
            fresh.append(part)
            part.kind, part.position = told.kind, position
            part.size = None if told.size is None else max(told.size, part.taken)
    known = {part.pk for part in rows}
    Part.objects.bulk_update([part for part in fresh if part.pk in known], ["kind", "position", "size"])
    Part.objects.bulk_create([part for part in fresh if part.pk not in known])
    rows.filter(pk__in=[part.pk for part in here.values()], seats=None).delete()


@transaction.atomic
def call_off(
    *, gathering: Gathering, why: str, by: Person | None, at: datetime, and_after: bool = False
) -> list[Gathering]:
    """It does not take place; with `and_after` neither do all after it in its series. People are told why, once each.

    Returns what was called off. Raises ReasonMissing, GatheringIsOver.
    """
    if not why.strip():
        raise ReasonMissing
    if and_after and gathering.series is not None:
        off = _end_series(held_series(gathering.series), gathering)
    else:
        off = [held(gathering)]
    off = [one for one in off if not one.is_called_off and one.closed_at is None and one.ends_at > at]
    if not off:
        raise GatheringIsOver
    for one in off:
        one.state, one.called_off_why = State.CALLED_OFF, why.strip()
        one.changed_at, one.sequence = at, one.sequence + 1
    Gathering.objects.bulk_update(off, ["state", "called_off_why", "changed_at", "sequence"])
    Deed(by, at).log("gatherings.called_off", off[0])
    letters.called_off(off, why=why.strip(), at=at, by=by)
    return off


def _end_series(series: Series, since: Gathering) -> list[Gathering]:
    """No more gatherings are made; the rule ends with the last one there is, so that calendars end with it too."""
    rows = Gathering.objects.of(series.community).filter(series=series).select_related("community", "group", "place")
    turns = list(rows.select_for_update(no_key=True, of=("self",)).order_by("original_start"))
    rule = recurrence.parsed(series.rrule, zone=series.time_zone)
    last = recurrence.wall_time(turns[-1].original_start or since.starts_at, series.time_zone)
    Series.objects.filter(pk=series.pk).update(
        rrule=rule.ending(last + timedelta(hours=2)).text(), is_complete=True, sequence=F("sequence") + 1
    )
    from_here = since.original_start or since.starts_at
    return [one for one in turns if one.original_start is not None and one.original_start >= from_here]
