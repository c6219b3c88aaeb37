"""How a rota looks on pages: days with their duties, who is on them, and what is missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from alongside.gatherings import calendar
from alongside.people.models import Membership
from alongside.rota.both_ways import may_exchange
from alongside.rota.eligible import AlreadyOnIt, BreaksRules, MustNotBe, NotOfThisPool, check_may_take
from alongside.rota.lacking import without_training
from alongside.rota.models import Assignment, ClosedDay, Duty, Rota, Swap
from alongside.rota.planning import Plan
from alongside.rota.rules import opening
from alongside.rota.rules.checking import violations
from alongside.rota.rules.program import Kind


@dataclass(frozen=True)
class DutyShown:
    """A duty with whoever is on it. `open`: places nobody has; `swap`: somebody is looked for to take a place."""

    duty: Duty
    there: list[Assignment]
    open: int
    is_mine: bool
    swaps: list[Swap]


@dataclass(frozen=True)
class DayShown:
    """A day with its duties. `lacks_adults`: there are too few checked adults for the children.

    `lacks`: what nobody on a duty has, of what one of them must have.
    """

    day: date
    duties: list[DutyShown] = field(default_factory=list)
    lacks_adults: bool = False
    lacks: list[str] = field(default_factory=list)


def days_of(plan: Plan, me: Membership | None = None, swaps: Iterable[Swap] = ()) -> list[DayShown]:
    """Every day with duties, in order."""
    short = short_days(plan) if plan.held else set()
    lacking = without_training(plan)
    asked: dict[object, list[Swap]] = {}
    for swap in swaps:
        asked.setdefault(swap.assignment.duty_id, []).append(swap)
    by_day: dict[date, list[DutyShown]] = {}
    for duty in plan.duties.values():
        there = plan.on_duty[duty.pk]
        is_mine = me is not None and any(one.membership_id == me.pk for one in there)
        shown = DutyShown(duty, there, max(0, duty.people - len(there)), is_mine, asked.get(duty.pk, []))
        by_day.setdefault(duty.day, []).append(shown)
    return [DayShown(day, duties, day in short, lacking.get(day, [])) for day, duties in by_day.items()]


def short_days(plan: Plan) -> set[date]:
    """Days on which there would be too few checked adults."""
    if plan.problem is None:
        return set()
    found = violations(plan.problem, plan.assignments)
    return {date.fromisoformat(one.where[0].partition("#")[0]) for one in found if one.kind is Kind.CHECKED}


def offers_to(plan: Plan, me: Membership, swaps: Sequence[Swap], *, at: datetime) -> list[DutyShown]:
    """Duties ahead that this person may take, or is asked to: a place is open, or somebody is looked for.

    Who is asked by name sees it whether or not they may, so that they can say no.
    """
    asked: dict[object, list[Swap]] = {}
    for swap in swaps:
        if (
            swap.state == Swap.State.ASKED
            and swap.asked_of_id in (None, me.pk)
            and swap.assignment.membership_id != me.pk
        ):
            asked.setdefault(swap.assignment.duty_id, []).append(swap)
    found = []
    for duty in plan.duties.values():
        there = plan.on_duty[duty.pk]
        open_places = max(0, duty.people - len(there))
        if duty.starts_at <= at or not (open_places or duty.pk in asked):
            continue
        fitting = [swap for swap in asked.get(duty.pk, []) if _may_answer(plan, swap, me, at=at)]
        if fitting or (open_places and may_take(plan, duty, me)):
            found.append(DutyShown(duty, there, open_places, False, fitting))
    return found


def _may_answer(plan: Plan, swap: Swap, me: Membership, *, at: datetime) -> bool:
    if swap.asked_of_id == me.pk:
        return True
    gone = next((one for one in plan.on_duty[swap.assignment.duty_id] if one.pk == swap.assignment_id), None)
    return may_take(plan, swap.assignment.duty, me, gone=gone) or may_exchange(plan, swap, me, at=at)


def may_take(plan: Plan, duty: Duty, me: Membership, *, gone: Assignment | None = None) -> bool:
    """Could this person take the duty?"""
    try:
        check_may_take(plan, duty, me, gone=gone)
    except (NotOfThisPool, AlreadyOnIt, MustNotBe, BreaksRules):
        return False
    return True


def open_swaps(rota: Rota, at: datetime) -> list[Swap]:
    """Duties of a rota ahead for which somebody is looked for, or an exchange is offered."""
    rows = Swap.objects.of(rota.community).unsettled().coming(at).filter(assignment__duty__rota=rota)
    # Sorted here: of two hundred columns, Django compares each with the order.
    return sorted(rows.with_duty(), key=lambda swap: (swap.assignment.duty.starts_at, swap.pk))


@dataclass(frozen=True)
class Gaps:
    """What stands in the way before a search: who lacks what. `adults`: how many there must be at a time."""

    families: int
    people: int
    checked: int
    places: int
    adults: int


def gaps_of(plan: Plan) -> Gaps:
    people = list(plan.problem.people) if plan.problem else []
    return Gaps(
        families=len(plan.pool.homes),
        people=len(plan.pool.members),
        checked=sum(one.checked for one in people),
        places=sum(duty.people for duty in plan.duties.values()),
        adults=opening.checked_needed(plan.rota.section),
    )


def closed_in(rota: Rota) -> list[ClosedDay]:
    rows = ClosedDay.objects.of(rota.community).filter(program=rota.program)
    return list(rows.filter(day__range=(rota.first_day, rota.last_day)).order_by("day"))


@dataclass(frozen=True)
class Month:
    """One month of a rota on paper: weeks of days, each with what is on."""

    first: date
    weeks: list[list[calendar.Day]]


def months_of(plan: Plan) -> list[Month]:
    """The months of a rota, one sheet each."""
    zone = plan.rota.community.time_zone
    found, month = [], plan.rota.first_day.replace(day=1)
    entries = [_entry(plan, duty) for duty in plan.duties.values()]
    while month <= plan.rota.last_day:
        found.append(Month(month, calendar.weeks(month, entries, zone, most=20)))
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return found


def _entry(plan: Plan, duty: Duty) -> calendar.Entry:
    names = ", ".join(one.membership.person.name for one in plan.on_duty[duty.pk])
    return calendar.Entry(duty.starts_at, duty.ends_at, duty.name, "", where=names)
