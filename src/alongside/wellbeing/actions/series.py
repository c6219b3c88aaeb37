"""Visits to a person: begun with a place at a visitor, handed over, ended."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.kernel import activity
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people.models import Membership, Person
from alongside.programs.models import Program
from alongside.programs.models.program import design_of
from alongside.wellbeing import letters
from alongside.wellbeing.actions.freeing import hide_wishes
from alongside.wellbeing.checks import asked_of_visitors, lacking, role_of
from alongside.wellbeing.models import Visit, VisitSeries
from alongside.wellbeing.planning import NAME, held, replan

FARTHEST = timedelta(days=730)
# So far from today can the first day be: visits may have begun long before anybody wrote them down here.
FIRST_DAY_WITHIN = timedelta(days=3650)


class NoVisitsInDesign(Refusal):
    """What this program has agreed says nothing about visits, or the program has ended."""


class NotInThisRole(Refusal):
    """Whoever is to visit does not hold the role that visits in this program; `role` is it."""

    def __init__(self, *, role: str) -> None:
        super().__init__(role)
        self.role = role


class NotOneself(Refusal):
    """Nobody visits themself."""


class AlreadyVisited(Refusal):
    """Visits of this program to this person are running."""


class ChecksMissing(Refusal):
    """Whoever is to visit, `who`, lacks checks on the day of the next visit: `what`, by name, and `on` which day."""

    def __init__(self, *, who: Membership, what: list[str], on: date) -> None:
        super().__init__(", ".join(what))
        self.who = who
        self.what = what
        self.on = on


class CaseloadFull(Refusal):
    """The visitor has as many people as the design lets one visitor have; `most`, and how many there `are`."""

    def __init__(self, *, most: int, are: int) -> None:
        super().__init__(f"{are} of {most}")
        self.most = most
        self.are = are


class FirstDayTooFarAway(Refusal):
    """The day of enrolment lies more than ten years from today."""


class DayTooFarAway(Refusal):
    """The day lies more than two years from enrolment."""


@transaction.atomic
def start_visits(
    *,
    program: Program,
    membership: Membership,
    visitor: Membership,
    enrolled_on: date,
    day_expected_on: date | None,
    agreed_how: str,
    by: Person,
    at: datetime,
    key: UUID,
    over_why: str = "",
) -> VisitSeries:
    """Begin visits to somebody who agreed to them, and plan them all. The same `key` again returns the first.

    `over_why`: why this visitor takes one more than the design says; kept with who said so, for both to read.
    Raises NoVisitsInDesign, NotOneself, NotInThisRole, ChecksMissing, AlreadyVisited, CaseloadFull, FirstDayTooFarAway
    or DayTooFarAway.
    """
    community = program.community
    _hold(membership, visitor)
    if made := VisitSeries.objects.of(community).filter(key=key).first():
        return made  # type: ignore[no-any-return]
    section = section_for(program)
    check_days(enrolled_on, day_expected_on)
    _check_first_day(enrolled_on, today=community.day_of(at))
    if VisitSeries.objects.of(community).running().filter(program=program, membership=membership).exists():
        raise AlreadyVisited
    first = max(enrolled_on, community.day_of(at))
    is_over = _check_visitor(program, section, membership, visitor, over_why, at, first=first)
    series = VisitSeries(
        community=community,
        program=program,
        membership=membership,
        visitor=visitor,
        enrolled_on=enrolled_on,
        day_expected_on=day_expected_on,
        agreed_how=agreed_how,
        over_why=over_why if is_over else "",
        over_by=by if is_over else None,
        made_by=by,
        made_at=at,
        key=key,
    )
    series.save(force_insert=True)
    replan(series, section)
    did = "wellbeing.visits_started_over_the_limit" if is_over else "wellbeing.visits_started"
    activity.log(did=did, about_what=series, by_id=by.pk, at=at)
    letters.visits_begin(series, by, at=at)
    return series


@transaction.atomic
def hand_over(*, series: VisitSeries, visitor: Membership, by: Person, at: datetime, over_why: str = "") -> VisitSeries:
    """Let somebody else visit from now on. Raises as `start_visits`, and SomeoneElseWasFaster once visits ended."""
    _hold(series.membership, visitor)
    stands = held(series)
    if stands.ended_at is not None:
        raise SomeoneElseWasFaster
    if stands.visitor_id == visitor.pk:
        return stands
    before = stands.visitor
    section = section_for(stands.program)
    first = _next_day(stands, at)
    is_over = _check_visitor(stands.program, section, series.membership, visitor, over_why, at, first=first)
    stands.visitor, stands.over_why, stands.over_by = visitor, over_why if is_over else "", by if is_over else None
    stands.looked_for_since = None
    stands.save(update_fields=["visitor", "looked_for_since", "over_why", "over_by"])
    hide_wishes(stands)
    did = "wellbeing.visits_handed_over_above_the_limit" if is_over else "wellbeing.visits_handed_over"
    activity.log(did=did, about_what=stands, by_id=by.pk, at=at)
    letters.visits_handed_over(stands, before, by, at=at)
    return stands


@transaction.atomic
def end_visits(
    *, series: VisitSeries, by: Person | None, at: datetime, on_behalf_of: Person | None = None, channel: str = "web"
) -> VisitSeries:
    """End them: what is still planned goes, what took place stays. Raises SomeoneElseWasFaster."""
    stands = held(series)
    if stands.ended_at is not None:
        raise SomeoneElseWasFaster
    stands.ended_at = at
    stands.save(update_fields=["ended_at"])
    Visit.objects.on(stands).planned().delete()
    activity.log(
        did="wellbeing.visits_ended", about_what=stands, by_id=by.pk if by else None, at=at, channel=channel,
        on_behalf_of_id=on_behalf_of.pk if on_behalf_of else None,
    )  # fmt: skip
    return stands


def section_for(program: Program) -> Mapping[str, Any]:
    section: Mapping[str, Any] | None = design_of(program).get(NAME)
    if not section or program.ended_at is not None:
        raise NoVisitsInDesign
    return section


def _hold(*members: Membership) -> None:
    """Whoever gives a visitor one more, or a person visits, goes one after the other; in one order, so nobody waits
    for each other."""
    rows = Membership.objects.of(members[0].community).filter(pk__in=[each.pk for each in members]).order_by("pk")
    list(rows.select_for_update(no_key=True))


def check_days(enrolled_on: date, day: date | None) -> None:
    if day is not None and abs(day - enrolled_on) > FARTHEST:
        raise DayTooFarAway


def _check_first_day(day: date, *, today: date) -> None:
    if abs(day - today) > FIRST_DAY_WITHIN:
        raise FirstDayTooFarAway


def _next_day(series: VisitSeries, at: datetime) -> date:
    """The day of the next visit from today on; today, where none is planned."""
    today = series.community.day_of(at)
    coming = Visit.objects.on(series).planned().in_order().filter(day__gte=today).first()
    return coming.on if coming else today


def _check_visitor(
    program: Program,
    section: Mapping[str, Any],
    membership: Membership,
    visitor: Membership,
    over_why: str,
    at: datetime,
    *,
    first: date,
) -> bool:
    """May this visitor take this person on? True when it is one more than the limit, and a reason is given.

    `first`: the day of the visit that is next; on it they hold what is asked of whoever visits.
    """
    if visitor.pk == membership.pk:
        raise NotOneself
    role = role_of(design_of(program), section)
    here = Membership.objects.of(program.community).current().filter(pk=visitor.pk)
    if not here.holding(role, on=program.community.day_of(at)).exists():
        raise NotInThisRole(role=role)
    if lacks := lacking(asked_of_visitors(program, section), visitor, on=first):
        raise ChecksMissing(who=visitor, what=lacks, on=first)
    are = VisitSeries.objects.of(program.community).running().filter(program=program, visitor=visitor).count()
    if are < section["most"]:
        return False
    if not over_why:
        raise CaseloadFull(most=section["most"], are=are)
    return True
