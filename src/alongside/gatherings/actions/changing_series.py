"""A series changes from one of its gatherings on: what was stays, and nobody loses a place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from alongside.gatherings import hooks, letters
from alongside.gatherings.actions.booking import move_up
from alongside.gatherings.actions.changing import ask_again, set_parts
from alongside.gatherings.actions.deeds import Deed, GatheringIsOver, ReasonMissing, RuleRefused, held_series
from alongside.gatherings.actions.making import (
    COPIED,
    PartTold,
    Repeats,
    Told,
    fill,
    make_series_parts,
    read_rule,
    usual,
)
from alongside.gatherings.models import Attendance, Booking, Gathering, Mark, Series, SeriesPart, Sheet
from alongside.gatherings.models.happening import State
from alongside.gatherings.rules import recurrence
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people.models import Membership, Person


class PastStays(Refusal):
    """A series changes from a gathering that is still to come."""


@dataclass(frozen=True)
class _Change:
    """The series as it will be, and the gatherings it takes over, in order."""

    old: Series
    new: Series
    turns: list[Gathering]
    deed: Deed
    why: str


@transaction.atomic
def change_series(
    *,
    series: Series,
    since: Gathering,
    told: Told,
    repeats: Repeats,
    why: str,
    seen: datetime,
    by: Person | None,
    at: datetime,
    parts: Sequence[PartTold] | None = None,
) -> Series:
    """Change everything from one gathering on; returns the series in force: a new one, unless all is still to come.

    `repeats.first_day` is looked at as the first day on which the new rule may meet. Gatherings keep their bookings:
    each takes the turn of the new rule that is nearest in order. One without a turn goes, or is called off where
    somebody counts on it. Gatherings that were moved, changed or called off by themselves stay so.
    Raises ReasonMissing, SomeoneElseWasFaster, GatheringIsOver, PastStays, RuleRefused.
    """
    if not why.strip():
        raise ReasonMissing
    stands = held_series(series)
    if stands.state != State.PLANNED:
        raise GatheringIsOver
    if stands.changed_at != seen:
        raise SomeoneElseWasFaster
    if since.series_id != stands.pk or since.original_start is None or since.original_start <= at:
        raise PastStays
    turns = _turns(stands)
    kept = [one for one in turns if one.original_start and one.original_start < since.original_start]
    rule, start = _new_rule(stands, repeats, many_before=len(kept))
    new = _series_in_force(stands, since, rule, start, told=told, at=at, by=by, has_past=bool(kept))
    change = _Change(stands, new, turns[len(kept) :], Deed(by, at), why.strip())
    _set_series_parts(change, parts)
    taken_over = _take_over(change)
    if parts is not None:
        set_parts(taken_over, parts)
        waited_for = set(Booking.objects.of(new.community).in_line().values_list("gathering", flat=True))
        for one in taken_over:
            if one.pk in waited_for:
                move_up(one, change.deed)
    change.deed.log("gatherings.series_changed", new)
    return new


def _turns(series: Series) -> list[Gathering]:
    rows = Gathering.objects.of(series.community).filter(series=series).select_related("community", "group", "place")
    return list(rows.select_for_update(no_key=True, of=("self",)).order_by("original_start"))


def _new_rule(series: Series, repeats: Repeats, *, many_before: int) -> tuple[recurrence.Rule, datetime]:
    """The rule and its first start in wall time; of a counted rule that stays the same only the rest is left."""
    rule = read_rule(repeats.rrule, series.time_zone)
    counted = rule.get("COUNT")
    if counted and rule.text() == series.rrule:
        rest = str(max(int(counted) - many_before, 1))
        rule = recurrence.Rule(tuple((name, rest if name == "COUNT" else value) for name, value in rule.parts))
    start = datetime.combine(repeats.first_day, repeats.start)
    first = recurrence.starts(rule, start, since=start, until=start + timedelta(days=366 * 4))[:1]
    if not first:
        raise RuleRefused(recurrence.NEVER_THEN)
    return rule, first[0]


def _series_in_force(
    old: Series, since: Gathering, rule: recurrence.Rule, start: datetime, *, told: Told, at: datetime,
    by: Person | None, has_past: bool,
) -> Series:  # fmt: skip
    """The old row where all of it is still to come; else a new one, and the old one ends before `since`."""
    facts = {
        **told.facts(), "rrule": rule.text(), "first_day": start.date(), "start": start.time(), "made_until": None,
        "is_complete": False, "changed_at": at,
    }  # fmt: skip
    if not has_past:
        for name, value in facts.items():
            setattr(old, name, value)
        old.sequence += 1
        old.save()
        return old
    assert since.original_start is not None
    last = recurrence.wall_time(since.original_start, old.time_zone) - timedelta(seconds=1)
    Series.objects.filter(pk=old.pk).update(
        rrule=recurrence.parsed(old.rrule, zone=old.time_zone).ending(last).text(),
        is_complete=True, changed_at=at, sequence=F("sequence") + 1,
    )  # fmt: skip
    made: Series = Series.objects.create(
        community=old.community, time_zone=old.time_zone, for_room=old.for_room, for_id=old.for_id, follows=old,
        made_by=by, made_at=at, **facts,
    )  # fmt: skip
    return made


def _take_over(change: _Change) -> list[Gathering]:
    """Give each gathering its turn by the new rule, and return them; make those that are new, let go of the others."""
    zone, deed = change.new.time_zone, change.deed
    rule = recurrence.parsed(change.new.rrule, zone=zone)
    until = recurrence.wall_time(deed.at + recurrence.HORIZON, zone)
    found = recurrence.starts(rule, change.new.starts_local, since=change.new.starts_local, until=until)
    before = [recurrence.wall_time(one.original_start, zone).date() for one in change.turns if one.original_start]
    pairs = recurrence.paired(before, [one.date() for one in found])
    moments = {i: recurrence.moment(found[j], zone) for i, j in pairs.items()}
    _let_go(change, [one for i, one in enumerate(change.turns) if i not in moments])
    taken_over = {change.turns[i]: moment for i, moment in moments.items()}
    _tell(change, _renew(change, taken_over))
    fill(change.new, at=deed.at)
    return [one for one in taken_over if not one.is_called_off]


def _let_go(change: _Change, without: Sequence[Gathering]) -> None:
    """What nobody has ever signed up for goes; anything else stands alone from now on, called off."""
    rows = Gathering.objects.of(change.new.community).filter(pk__in=[one.pk for one in without])
    named = {
        pk
        for model in (Booking, Mark, Attendance, Sheet)
        for pk in model.objects.of(change.new.community).filter(gathering__in=rows).values_list("gathering", flat=True)
    }
    rows.exclude(pk__in=named).delete()
    off = [one for one in without if one.pk in named]
    told = [one for one in off if not one.is_called_off]
    for one in off:
        one.series, one.original_start = None, None
        one.state, one.called_off_why = State.CALLED_OFF, one.called_off_why or change.why
        one.changed_at, one.sequence = change.deed.at, one.sequence + 1
    names = ["series", "original_start", "state", "called_off_why", "changed_at", "sequence"]
    Gathering.objects.bulk_update(off, names)
    if told:
        letters.called_off(told, why=change.why, at=change.deed.at, by=change.deed.by)


def _renew(change: _Change, moments: dict[Gathering, datetime]) -> list[Gathering]:
    """Write the new turns and words; returns those that are at another time than before."""
    rows = Gathering.objects.of(change.new.community).filter(pk__in=[one.pk for one in moments])
    # Out of each other's way first: two may swap their turns.
    rows.update(original_start=F("original_start") + timedelta(days=36525))
    moved = []
    for one, moment in moments.items():
        stays, before = one.was_moved or one.has_own_words or one.is_called_off, one.starts_at
        one.series, one.original_start = change.new, moment
        if not one.has_own_words:
            for name in COPIED:
                setattr(one, name, getattr(change.new, name))
        if not stays:
            one.starts_at = moment
        one.ends_at = one.starts_at + timedelta(minutes=one.minutes)
        one.changed_at, one.sequence = change.deed.at, one.sequence + 1
        moved += [one] if one.starts_at != before else []
    names = ["series", "original_start", "starts_at", "ends_at", "changed_at", "sequence", *COPIED]
    Gathering.objects.bulk_update(moments, names)
    ask_again([one.pk for one in moved], change.new, change.deed.at)
    return moved


def _tell(change: _Change, moved: Sequence[Gathering]) -> None:
    """Whoever counts on a gathering that is at another time hears of all of theirs in one letter."""
    rows = Booking.objects.of(change.new.community).filter(gathering__in=moved, state__in=Booking.LIVE)
    here = {one.pk: one for one in moved}
    theirs: dict[Membership, list[Gathering]] = {}
    for one in rows.with_people().order_by("gathering__starts_at", "id"):
        theirs.setdefault(one.membership, []).append(here[one.gathering_id])
    for gathering in moved:
        for member in hooks.expected(gathering):
            theirs.setdefault(member, []).append(gathering)
    letters.times_changed(theirs, why=change.why, at=change.deed.at, by=change.deed.by)


def _set_series_parts(change: _Change, parts: Sequence[PartTold] | None) -> None:
    """What each new gathering is made with; untold, it stays as it was."""
    old = SeriesPart.objects.of(change.old.community).filter(series=change.old)
    told = [PartTold(one.name, one.size, one.kind) for one in old] if parts is None else usual(parts)
    if change.new.pk == change.old.pk:
        old.delete()
    make_series_parts(change.new, told)
