"""Places, gatherings and series are made; a series is filled with gatherings for some months ahead."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.gatherings.actions.deeds import Deed, RuleRefused, StartsOutOfRange, held_series
from alongside.gatherings.models import Gathering, Part, PartKind, Place, Series, SeriesPart, SignUp, Visibility
from alongside.gatherings.models.happening import State
from alongside.gatherings.rules import recurrence
from alongside.kernel.text import folded
from alongside.people.models import Community, Group, Person

# What was forgotten is written down later; what lies further ahead nobody plans.
LONGEST_AGO, FURTHEST_AHEAD = timedelta(days=366), timedelta(days=5 * 366)


@dataclass(frozen=True)
class Told:
    """What a gathering is, for whom, and how people take part."""

    title: str
    minutes: int
    about: str = ""
    place: Place | None = None
    online: str = ""
    phone: str = ""
    group: Group | None = None
    visibility: str = Visibility.MEMBERS
    sign_up: str = SignUp.OPEN

    def facts(self) -> dict[str, Any]:
        """What a row is told, and how it is found again."""
        told = {one.name: getattr(self, one.name) for one in fields(self)}
        return {**told, "search_title": folded(self.title)[:360]}


# What a gathering copies from its series.
COPIED = (*(one.name for one in fields(Told)), "search_title")


@dataclass(frozen=True)
class PartTold:
    """Something people can take: how many of it there are, None without end."""

    name: str
    size: int | None = None
    kind: str = PartKind.COME


@dataclass(frozen=True)
class Repeats:
    """When a series takes place: a rule of RFC 5545, its first day, and the time on the clock there."""

    rrule: str
    first_day: date
    start: time


@transaction.atomic
def make_place(
    *,
    community: Community,
    name: str,
    by: Person | None,
    at: datetime,
    address: str = "",
    access_notes: str = "",
    is_step_free: bool = False,
    has_hearing_loop: bool = False,
    has_quiet_room: bool = False,
) -> Place:
    """Write down a place; an open one of the same name is returned as it is."""
    told = {
        "address": address, "access_notes": access_notes, "is_step_free": is_step_free,
        "has_hearing_loop": has_hearing_loop, "has_quiet_room": has_quiet_room, "made_at": at,
    }  # fmt: skip
    place: Place
    place, is_new = Place.objects.get_or_create(community=community, name=name, closed_at=None, defaults=told)
    if is_new:
        Deed(by, at).log("gatherings.place_made", place)
    return place


@transaction.atomic
def make_gathering(
    *,
    community: Community,
    told: Told,
    starts_at: datetime,
    by: Person | None,
    at: datetime,
    key: UUID,
    parts: Sequence[PartTold] = (),
    for_room: str = "",
    for_id: str = "",
) -> Gathering:
    """Make one gathering; the same `key` again returns the first. Without `parts` people just come, without limit.

    Raises StartsOutOfRange.
    """
    check_range(starts_at, at)
    made: Gathering
    made, is_new = Gathering.objects.get_or_create(
        community=community,
        key=key,
        defaults={
            **told.facts(), "starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=told.minutes),
            "for_room": for_room, "for_id": str(for_id), "made_by": by, "made_at": at, "changed_at": at,
        },
    )  # fmt: skip
    if is_new:
        Part.objects.bulk_create(new_parts([made], usual(parts)))
        Deed(by, at).log("gatherings.gathering_made", made)
    return made


@transaction.atomic
def make_series(
    *,
    community: Community,
    told: Told,
    repeats: Repeats,
    by: Person | None,
    at: datetime,
    key: UUID,
    parts: Sequence[PartTold] = (),
    for_room: str = "",
    for_id: str = "",
) -> Series:
    """Make a series and its gatherings of the next months; the same `key` again returns the first.

    Raises RuleRefused, StartsOutOfRange.
    """
    if made := Series.objects.of(community).filter(key=key).first():
        return made  # type: ignore[no-any-return]
    zone = community.time_zone
    rule = read_rule(repeats.rrule, zone)
    check_range(recurrence.moment(datetime.combine(repeats.first_day, repeats.start), zone), at)
    refuse_start(rule, datetime.combine(repeats.first_day, repeats.start))
    series: Series
    series, is_new = Series.objects.get_or_create(
        community=community,
        key=key,
        defaults={
            **told.facts(), "rrule": rule.text(), "first_day": repeats.first_day, "start": repeats.start,
            "time_zone": zone, "for_room": for_room, "for_id": str(for_id), "made_by": by, "made_at": at,
            "changed_at": at,
        },
    )  # fmt: skip
    if is_new:
        make_series_parts(series, usual(parts))
        fill(series, at=at)
        Deed(by, at).log("gatherings.series_made", series)
    return series


@transaction.atomic
def extend_series(*, series: Series, by: Person | None, at: datetime) -> int:
    """Make the gatherings that have come within reach since; return how many."""
    stands = held_series(series)
    if stands.is_complete or stands.state != State.PLANNED:
        return 0
    made = fill(stands, at=at)
    if made:
        Deed(by, at).log("gatherings.series_extended", stands)
    return made


def read_rule(text: str, zone: str) -> recurrence.Rule:
    try:
        return recurrence.parsed(text, zone=zone)
    except recurrence.RuleDoesNotFit as fault:
        raise RuleRefused(fault.why) from fault


def refuse_start(rule: recurrence.Rule, start: datetime) -> None:
    try:
        recurrence.check_start(rule, start)
    except recurrence.RuleDoesNotFit as fault:
        raise RuleRefused(fault.why) from fault


def check_range(starts_at: datetime, at: datetime) -> None:
    if not at - LONGEST_AGO <= starts_at <= at + FURTHEST_AHEAD:
        raise StartsOutOfRange


def usual(parts: Sequence[PartTold]) -> Sequence[PartTold]:
    """Where nobody says what there is to take, there is room for all."""
    return parts or (PartTold("", None, PartKind.COME),)


def make_series_parts(series: Series, parts: Sequence[PartTold]) -> None:
    SeriesPart.objects.bulk_create(
        SeriesPart(community=series.community, series=series, position=position, **facts_of(part))
        for position, part in enumerate(parts)
    )


# What the one part is called where nobody named any: the key of a translated word (`words.part_name`).
A_PLACE = "place"


def facts_of(part: PartTold) -> dict[str, Any]:
    return {"name": part.name.strip() or A_PLACE, "size": part.size, "kind": part.kind}


def new_parts(gatherings: Iterable[Gathering], parts: Sequence[PartTold]) -> list[Part]:
    return [
        Part(community=one.community, gathering=one, position=position, **facts_of(part))
        for one in gatherings
        for position, part in enumerate(parts)
    ]


def fill(series: Series, *, at: datetime) -> int:
    """Make the gatherings of a series from where it is made until the horizon; return how many are new."""
    zone = series.time_zone
    rule = recurrence.parsed(series.rrule, zone=zone)
    until = recurrence.wall_time(at + recurrence.HORIZON, zone)
    since = recurrence.wall_time(series.made_until, zone) if series.made_until else series.starts_local
    # The last one made is the first that is found again: whoever moves the clock back loses none.
    found = recurrence.starts(rule, series.starts_local, since=since, until=until)
    rows = Gathering.objects.of(series.community).filter(series=series)
    there = set(rows.values_list("original_start", flat=True))
    moments = [one for wall in found if (one := recurrence.moment(wall, zone)) not in there]
    made = [turn(series, starts_at, at=at) for starts_at in moments]
    Gathering.objects.bulk_create(made)
    fill_parts(series, made)
    is_cut = len(found) == recurrence.MOST_INSTANCES
    series.made_until = recurrence.moment(found[-1] if is_cut else until, zone)
    series.is_complete = not is_cut and is_over(rule, series.starts_local, until)
    series.save(update_fields=["made_until", "is_complete"])
    return len(made)


def is_over(rule: recurrence.Rule, start: datetime, until: datetime) -> bool:
    """True when the rule has no more turns after `until`."""
    if rule.until is not None:
        return rule.until <= until
    counted = rule.get("COUNT")
    return bool(counted) and len(recurrence.starts(rule, start, since=start, until=until)) >= int(counted)


def turn(series: Series, starts_at: datetime, *, at: datetime) -> Gathering:
    """A gathering of a series as the series has it, not yet saved."""
    copied = {name: getattr(series, name) for name in COPIED}
    return Gathering(
        community=series.community, series=series, starts_at=starts_at, original_start=starts_at,
        ends_at=starts_at + timedelta(minutes=series.minutes), for_room=series.for_room, for_id=series.for_id,
        made_by=series.made_by, made_at=at, changed_at=at, **copied,
    )  # fmt: skip


def fill_parts(series: Series, gatherings: Iterable[Gathering]) -> None:
    """Give new gatherings what the series has to take."""
    kinds = list(SeriesPart.objects.of(series.community).filter(series=series))
    Part.objects.bulk_create(
        Part(
            community=series.community, gathering=one, name=kind.name, kind=kind.kind, size=kind.size,
            position=kind.position,
        )
        for one in gatherings
        for kind in kinds
    )  # fmt: skip
