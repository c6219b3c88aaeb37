"""Visits on other days: the day that everything turns on moves them all; the two agree on a day and a time for one."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.kernel import activity, undo
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people import undoing
from alongside.people.models import Person
from alongside.wellbeing import letters
from alongside.wellbeing.actions.series import check_days, section_for
from alongside.wellbeing.models import Visit, VisitSeries
from alongside.wellbeing.planning import AGREED, forget_time, held, held_visit, replan

# How far from the day by the rules the two may agree on another.
MOST_APART = timedelta(days=90)
# Whoever agrees so shortly before it needs no reminder.
REMINDED_BEFORE = timedelta(hours=24)


class DayIsOver(Refusal):
    """What is agreed on lies in the past."""


class TooFarFromRules(Refusal):
    """The day lies farther from the one by the rules than two people can agree on; `due_on` is that one."""

    def __init__(self, *, due_on: date) -> None:
        super().__init__(due_on.isoformat())
        self.due_on = due_on


@transaction.atomic
def set_the_day(
    *,
    series: VisitSeries,
    day: date,
    is_sure: bool,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> int:
    """Say when the day is expected, or when it was; planned visits follow, those that took place stay.

    Returns how many visits it touched. Raises DayTooFarAway, and SomeoneElseWasFaster once visits have ended.
    """
    stands = held(series)
    if stands.ended_at is not None:
        raise SomeoneElseWasFaster
    check_days(stands.enrolled_on, day)
    before = {"days": _days(stands), "agreed": _agreed(stands)}
    if is_sure:
        stands.day_on = day
    else:
        stands.day_expected_on, stands.day_on = day, None
    stands.save(update_fields=["day_on", "day_expected_on"])
    told = replan(stands, section_for(stands.program))
    _log("wellbeing.day_set", stands, by, at, on_behalf_of, channel)
    letters.visits_moved(stands, by, at=at)
    after = [_days(stands), _agreed(stands)]
    undoing.offer("wellbeing.set_the_day", stands, by=by, at=at, after=after, **before)
    return told.count


@undo.inverse("wellbeing.set_the_day")
@transaction.atomic
def take_back_day(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """Plan again as before, with the times that people had agreed on.

    Raises SomeoneElseWasFaster, also where the two have agreed on a time since: it would be lost.
    """
    series = _series_of(args)
    if series.ended_at is not None or [_days(series), _agreed(series)] != args["after"]:
        raise SomeoneElseWasFaster
    expected, sure = args["days"]
    series.day_expected_on, series.day_on = _day(expected), _day(sure)
    series.save(update_fields=["day_on", "day_expected_on"])
    replan(series, section_for(series.program))
    rows = {row.slot: row for row in Visit.objects.on(series).planned()}
    for phase, number, *agreed in args["agreed"]:
        if row := rows.get((phase, number)):
            _set_agreed(row, agreed)
            row.save(update_fields=list(AGREED))
    letters.take_back_moved(series, by_id=by, moved_at=undoing.moment_of(args), at=at)
    undoing.log("wellbeing.day_taken_back", series, by=by, at=at)


@transaction.atomic
def agree_time(
    *,
    visit: Visit,
    day: date,
    time_of_day: time | None,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Visit:
    """Write down on which day, and perhaps at what time, the two agreed; the day by the rules alone takes it back.

    Raises DayIsOver, TooFarFromRules, and SomeoneElseWasFaster for a visit that is not planned any more.
    """
    stands = held_visit(visit)
    if stands.state != Visit.State.PLANNED:
        raise SomeoneElseWasFaster
    if abs(day - stands.due_on) > MOST_APART:
        raise TooFarFromRules(due_on=stands.due_on)
    before = _written(stands)
    if day == stands.due_on and time_of_day is None:
        forget_time(stands)
    else:
        zone = stands.community.time_zone
        stands.agreed_on, stands.agreed_time, stands.agreed_at, stands.reminded_at = day, time_of_day, at, None
        if stands.begins_at(zone, without=time.max) < at:
            raise DayIsOver
        if stands.begins_at(zone) - at <= REMINDED_BEFORE:
            stands.reminded_at = at
    stands.save(update_fields=list(AGREED))
    _log("wellbeing.time_agreed", stands, by, at, on_behalf_of, channel)
    letters.time_agreed(stands, by, at=at)
    undoing.offer("wellbeing.agree_time", stands, by=by, at=at, before=before, after=_written(stands))
    return stands


@undo.inverse("wellbeing.agree_time")
@transaction.atomic
def take_back_time(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """What was agreed on before holds again. Raises SomeoneElseWasFaster."""
    row = Visit.objects.filter(pk=args["row"]).select_related("series__program", "community").first()
    if row is None:
        raise SomeoneElseWasFaster
    row.series.community = row.series.program.community = row.community
    stands = held_visit(row)
    if stands.state != Visit.State.PLANNED or _written(stands) != args["after"]:
        raise SomeoneElseWasFaster
    _set_agreed(stands, args["before"])
    stands.save(update_fields=list(AGREED))
    letters.take_back_time(stands, by_id=by, agreed_at=undoing.moment_of(args), at=at)
    undoing.log("wellbeing.time_taken_back", stands, by=by, at=at)


def _series_of(args: dict[str, Any]) -> VisitSeries:
    row = VisitSeries.objects.filter(pk=args["row"]).select_related("program", "community").first()
    if row is None:
        raise SomeoneElseWasFaster
    row.program.community = row.community
    return held(row)


def _days(series: VisitSeries) -> list[str | None]:
    return [day.isoformat() if day else None for day in (series.day_expected_on, series.day_on)]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _agreed(series: VisitSeries) -> list[list[Any]]:
    """For each visit on which people had agreed: its slot, and what they agreed on."""
    rows = Visit.objects.on(series).planned().exclude(agreed_on=None).order_by("phase", "number")
    return [[row.phase, row.number, *_written(row)] for row in rows]


def _written(visit: Visit) -> list[str | None]:
    found = (visit.agreed_on, visit.agreed_time, visit.agreed_at, visit.reminded_at)
    return [each.isoformat() if each else None for each in found]


def _set_agreed(visit: Visit, written: list[str | None]) -> None:
    on, clock, at, reminded = written
    visit.agreed_on, visit.agreed_time = _day(on), time.fromisoformat(clock) if clock else None
    visit.agreed_at, visit.reminded_at = _moment(at), _moment(reminded)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _log(
    did: str, what: Visit | VisitSeries, by: Person, at: datetime, on_behalf_of: Person | None, channel: str
) -> None:
    activity.log(
        did=did, about_what=what, by_id=by.pk, at=at, channel=channel,
        on_behalf_of_id=on_behalf_of.pk if on_behalf_of else None,
    )  # fmt: skip
