"""Whoever visits holds the role and the checks that are asked of them; where one ended, somebody else is looked for.

Nobody is told why.
"""

from datetime import datetime

from django.db import transaction

from alongside.kernel import activity
from alongside.people.models import Membership, Person
from alongside.wellbeing import letters
from alongside.wellbeing.checks import unfit_people
from alongside.wellbeing.models import AgendaItem, VisitSeries
from alongside.wellbeing.planning import held, section_of


@transaction.atomic
def free_unchecked(*, series: VisitSeries, by: Person | None, at: datetime) -> bool:
    """Let nobody visit from now on, where whoever does lacks a check or the role today; True where it was so."""
    stands = held(series)
    section = section_of(stands)
    if stands.ended_at is not None or stands.visitor is None or not section:
        return False
    visitor = stands.visitor
    if not unfit_people(stands.program, section, [visitor.person_id], on=stands.community.day_of(at)):
        return False
    look_for_somebody(stands, visitor, by=by, at=at)
    return True


def look_for_somebody(series: VisitSeries, before: Membership | None, *, by: Person | None, at: datetime) -> None:
    """Nobody visits from now on, and the person hears the same whatever the reason. A part of other actions.

    `before`: who visited, if they are still here to be told.
    """
    VisitSeries.objects.of(series.community).filter(pk=series.pk).lose_visitor(at=at)
    hide_wishes(series)
    activity.log(did="wellbeing.visitor_looked_for", about_what=series, by_id=by.pk if by else None, at=at)
    letters.visitor_looked_for(series, before, at=at)


def free_all_unchecked(*, at: datetime, by: Person | None = None) -> int:
    """Look at everybody who visits, in every program; how many visits wait for somebody else now."""
    rows = VisitSeries.objects.running().exclude(visitor=None).select_related("community", "program", "program__group")
    programs: dict[object, list[VisitSeries]] = {}
    for series in rows.select_related("visitor", "membership").order_by("program", "pk"):
        programs.setdefault(series.program_id, []).append(series)
    return sum(_free_in_program(found, by=by, at=at) for found in programs.values())


def _free_in_program(found: list[VisitSeries], *, by: Person | None, at: datetime) -> int:
    """Those of one program; five questions more, however many people are visited."""
    program = found[0].program
    program.community = found[0].community
    if not (section := section_of(found[0])):
        return 0
    people = {series.visitor.person_id for series in found if series.visitor is not None}
    short = unfit_people(program, section, people, on=program.community.day_of(at))
    theirs = [series for series in found if series.visitor is not None and series.visitor.person_id in short]
    for series in theirs:
        series.program = program
    return sum(free_unchecked(series=series, by=by, at=at) for series in theirs)


def hide_wishes(series: VisitSeries) -> None:
    """What was shown to one visitor was not shown to the next: the person shows it anew. A part of other actions."""
    AgendaItem.objects.on(series).open().update(is_shown=False)
