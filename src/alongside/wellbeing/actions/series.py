"""Visits to a person: begun with a place at a visitor, planned anew when the day moves, handed over, ended."""

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
from alongside.wellbeing.models import Visit, VisitSeries
from alongside.wellbeing.planning import NAME, held, replan

FARTHEST = timedelta(days=730)


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


class CaseloadFull(Refusal):
    """The visitor has as many people as the design lets one visitor have; `most`, and how many there `are`."""

    def __init__(self, *, most: int, are: int) -> None:
        super().__init__(f"{are} of {most}")
        self.most = most
        self.are = are


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
    Raises NoVisitsInDesign, NotOneself, NotInThisRole, AlreadyVisited, CaseloadFull or DayTooFarAway.
    """
    community = program.community
    _hold(membership, visitor)
    if made := VisitSeries.objects.of(community).filter(key=key).first():
        return made  # type: ignore[no-any-return]
    section = _section(program)
    _check_days(enrolled_on, day_expected_on)
    if VisitSeries.objects.of(community).running().filter(program=program, membership=membership).exists():
        raise AlreadyVisited
    is_over = _check_visitor(program, section, membership, visitor, over_why, at)
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
def set_the_day(
    *,
    series: VisitSeries,
    day: date,
    is_sure: bool,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = "web",
) -> int:
    """Say when the day is expected, or when it was; planned visits follow, those that took place stay.

    Returns how many visits it touched. Raises DayTooFarAway, and SomeoneElseWasFaster once visits have ended.
    """
    stands = held(series)
    if stands.ended_at is not None:
        raise SomeoneElseWasFaster
    _check_days(stands.enrolled_on, day)
    if is_sure:
        stands.day_on = day
    else:
        stands.day_expected_on, stands.day_on = day, None
    stands.save(update_fields=["day_on", "day_expected_on"])
    told = replan(stands, _section(stands.program))
    activity.log(
        did="wellbeing.day_set", about_what=stands, by_id=by.pk, at=at, channel=channel,
        on_behalf_of_id=on_behalf_of.pk if on_behalf_of else None,
    )  # fmt: skip
    letters.visits_moved(stands, by, at=at)
    return told.count


@transaction.atomic
def hand_over(*, series: VisitSeries, visitor: Membership, by: Person, at: datetime, over_why: str = "") -> VisitSeries:
    """Let somebody else visit from now on. Raises as `start_visits`, and SomeoneElseWasFaster once visits ended."""
    _hold(series.membership, visitor)
    stands = held(series)
    if stands.ended_at is not None:
        raise SomeoneElseWasFaster
    if stands.visitor_id == visitor.pk:
        return stands
    is_over = _check_visitor(stands.program, _section(stands.program), series.membership, visitor, over_why, at)
    stands.visitor, stands.over_why, stands.over_by = visitor, over_why if is_over else "", by if is_over else None
    stands.save(update_fields=["visitor", "over_why", "over_by"])
    did = "wellbeing.visits_handed_over_above_the_limit" if is_over else "wellbeing.visits_handed_over"
    activity.log(did=did, about_what=stands, by_id=by.pk, at=at)
    letters.visits_begin(stands, by, at=at)
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


def _section(program: Program) -> Mapping[str, Any]:
    section: Mapping[str, Any] | None = design_of(program).get(NAME)
    if not section or program.ended_at is not None:
        raise NoVisitsInDesign
    return section


def _hold(*members: Membership) -> None:
    """Whoever gives a visitor one more, or a person visits, goes one after the other; in one order, so nobody waits
    for each other."""
    rows = Membership.objects.of(members[0].community).filter(pk__in=[each.pk for each in members]).order_by("pk")
    list(rows.select_for_update(no_key=True))


def _check_days(enrolled_on: date, day: date | None) -> None:
    if day is not None and abs(day - enrolled_on) > FARTHEST:
        raise DayTooFarAway


def _check_visitor(
    program: Program,
    section: Mapping[str, Any],
    membership: Membership,
    visitor: Membership,
    over_why: str,
    at: datetime,
) -> bool:
    """May this visitor take this person on? True when it is one more than the limit, and a reason is given."""
    if visitor.pk == membership.pk:
        raise NotOneself
    role = design_of(program)["roles"][section["who"]]["who"].replace(" ", "_")
    here = Membership.objects.of(program.community).current().filter(pk=visitor.pk)
    if not here.holding(role, on=program.community.day_of(at)).exists():
        raise NotInThisRole(role=role)
    are = VisitSeries.objects.of(program.community).running().filter(program=program, visitor=visitor).count()
    if are < section["most"]:
        return False
    if not over_why:
        raise CaseloadFull(most=section["most"], are=are)
    return True
