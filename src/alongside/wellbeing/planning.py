"""The visits of a series as the rules would have them, and bringing the planned ones to that."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.programs.models import Program
from alongside.programs.models.program import design_of
from alongside.wellbeing.models import Visit, VisitSeries
from alongside.wellbeing.rules.phases import Expected, Moves, expected_visits, moves, phases_of

NAME = "visits"
AGREED = ("agreed_on", "agreed_time", "agreed_at", "reminded_at")


def section_of(series: VisitSeries) -> Mapping[str, Any]:
    """What the design of the program says about visits; {} where it says nothing."""
    section: Mapping[str, Any] = design_of(series.program).get(NAME, {})
    return section


def lengths_of(programs: Iterable[Program]) -> dict[UUID, str]:
    """How long a visit is by the design of each of these programs; one question."""
    found = Program.objects.filter(pk__in=[program.pk for program in programs]).with_design()
    return {program.pk: program.design.get(NAME, {}).get("length", "") for program in found}


def expected_of(series: VisitSeries, section: Mapping[str, Any]) -> list[Expected]:
    """Every visit that the rules ask for in this series."""
    return expected_visits(phases_of(section), enrolled_on=series.enrolled_on, the_day=series.the_day)


def moves_of(series: VisitSeries, section: Mapping[str, Any]) -> Moves:
    """What would have to be done to the planned visits of a series."""
    return _moves(series, list(Visit.objects.on(series)), section)


def _moves(series: VisitSeries, rows: list[Visit], section: Mapping[str, Any]) -> Moves:
    planned = {row.slot: row.due_on for row in rows if row.state == Visit.State.PLANNED}
    settled = [row.slot for row in rows if row.state != Visit.State.PLANNED]
    return moves(expected_of(series, section), planned=planned, settled=settled)


def replan(series: VisitSeries, section: Mapping[str, Any]) -> Moves:
    """Bring the planned visits to what the rules say. A part of other actions, which hold the series."""
    rows = list(Visit.objects.on(series))
    told = _moves(series, rows, section)
    by_slot = {row.slot: row for row in rows}
    for slot, day in told.moved.items():
        by_slot[slot].due_on = day
        forget_time(by_slot[slot])
    Visit.objects.bulk_update([by_slot[slot] for slot in told.moved], ["due_on", *AGREED])
    Visit.objects.bulk_create(_visit(series, each) for each in told.added)
    Visit.objects.on(series).filter(pk__in=[by_slot[slot].pk for slot in told.dropped]).delete()
    return told


def forget_time(visit: Visit) -> None:
    """What the two had agreed on holds no more: the day by the rules counts again. Not saved."""
    visit.agreed_on = visit.agreed_time = visit.agreed_at = visit.reminded_at = None


def _visit(series: VisitSeries, each: Expected) -> Visit:
    return Visit(community=series.community, series=series, phase=each.phase, number=each.number, due_on=each.due_on)


def held(series: VisitSeries) -> VisitSeries:
    """The series as it stands, held until the end of the transaction: who changes its visits goes one by one."""
    found: VisitSeries = VisitSeries.objects.of(series.community).select_for_update(no_key=True).get(pk=series.pk)
    found.community, found.program = series.community, series.program
    return found


def held_visit(visit: Visit) -> Visit:
    """The visit as it stands, behind the lock of its series. Raises SomeoneElseWasFaster when it was planned away."""
    series = held(visit.series)
    found: Visit | None = Visit.objects.on(series).filter(pk=visit.pk).first()
    if found is None:
        raise SomeoneElseWasFaster
    found.series, found.community = series, visit.community
    return found


def last_day_of(series: VisitSeries, today: date) -> date:
    """Until when visits count: today, or the day on which they ended."""
    return min(today, series.community.day_of(series.ended_at)) if series.ended_at else today


def visits_until(series: VisitSeries, on: date) -> list[Visit]:
    """The planned visits that were due until a day."""
    rows = list(Visit.objects.on(series).planned().in_order().filter(day__lte=on))
    for row in rows:
        row.series, row.community = series, series.community
    return rows
