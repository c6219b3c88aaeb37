"""Rotas are made for a period, with the duties that the design asks for; closed days and patterns change them."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.kernel.errors import Refusal
from alongside.people import undoing
from alongside.people.models import Person
from alongside.programs.models import Program
from alongside.programs.models.program import design_of
from alongside.rota import letters
from alongside.rota.actions.holding import RotaIsPublished, changed, held, held_program, log
from alongside.rota.actions.unasking import withdraw_swaps
from alongside.rota.eligible import NotOfThisPool
from alongside.rota.models import Assignment, ClosedDay, Duty, Family, Rota
from alongside.rota.planning import asked_of, duty_of
from alongside.rota.pool import pool_of
from alongside.rota.rules.section import NAME

LONGEST_DAYS, FARTHEST = 190, timedelta(days=730)


class NoRotaInDesign(Refusal):
    """What this program has agreed says nothing about rotas, or the program has ended."""


class PeriodDoesNotFit(Refusal):
    """The last day lies before the first, or the period is longer than `most` days."""

    def __init__(self, *, most: int) -> None:
        super().__init__(f"at most {most} days")
        self.most = most


class PeriodTooFarAway(Refusal):
    """These days lie more than two years from today."""


class PeriodIsTaken(Refusal):
    """Another rota of the program has some of these days: `first` to `last`."""

    def __init__(self, *, first: date, last: date) -> None:
        super().__init__(f"{first} to {last}")
        self.first = first
        self.last = last


class DayIsOver(Refusal):
    """What was on a day that is over stays as it was."""


class NothingToDo(Refusal):
    """The design asks for no duty in this period."""


class NoSuchPattern(Refusal):
    """The design knows no such way of taking part."""


@transaction.atomic
def make_rota(*, program: Program, first_day: date, last_day: date, by: Person, at: datetime, key: UUID) -> Rota:
    """Begin a rota: a draft with every duty of the period, and nobody on them. The same `key` returns the first.

    Raises NoRotaInDesign, PeriodTooFarAway, PeriodDoesNotFit, PeriodIsTaken or NothingToDo.
    """
    stands = held_program(program)
    rows = Rota.objects.on(stands)
    if made := rows.filter(key=key).first():
        return made  # type: ignore[no-any-return]
    section = design_of(stands).get(NAME)
    if not section or stands.ended_at is not None:
        raise NoRotaInDesign
    today = stands.community.day_of(at)
    if max(abs(first_day - today), abs(last_day - today)) > FARTHEST:
        raise PeriodTooFarAway
    if not timedelta() <= last_day - first_day < timedelta(days=LONGEST_DAYS):
        raise PeriodDoesNotFit(most=LONGEST_DAYS)
    if other := rows.touching(first_day, last_day).first():
        raise PeriodIsTaken(first=other.first_day, last=other.last_day)
    rota = Rota(
        community=stands.community, program=stands, first_day=first_day, last_day=last_day, section=section,
        made_by=by, made_at=at, key=key,
    )  # fmt: skip
    asked = asked_of(stands, section, first_day, last_day)
    if not asked:
        raise NothingToDo
    rota.save(force_insert=True)
    Duty.objects.bulk_create(duty_of(rota, one) for one in asked)
    log("made", rota, by=by, at=at)
    return rota


@transaction.atomic
def drop_rota(*, rota: Rota, by: Person, at: datetime) -> None:
    """Throw a draft away. Raises RotaIsPublished, SomeoneElseWasFaster."""
    stands = held(rota)
    if not stands.is_draft:
        raise RotaIsPublished
    log("dropped", stands, by=by, at=at)
    stands.delete()


@transaction.atomic
def close_day(*, program: Program, day: date, why: str, by: Person, at: datetime) -> ClosedDay:
    """Nothing is on that day: its duties go from drafts and are called off in a rota that is published.

    What has begun stays as it is. `by` may take it back for ten seconds. Raises DayIsOver.
    """
    stands = held_program(program)
    if day < stands.community.day_of(at):
        raise DayIsOver
    made, is_new = ClosedDay.objects.get_or_create(
        community=stands.community, program=stands, day=day, defaults={"why": why, "made_by": by, "made_at": at}
    )
    made.community = stands.community
    if is_new:
        rotas, drafts, swaps = _around(stands, day), [], []
        for rota in rotas:
            if rota.is_draft:
                drafts += _drop_duties(rota, day)
            else:
                swaps += _call_off(rota, day, at=at)
            changed(rota)
        told = {"revisions": _revisions(rotas), "drafts": drafts, "swaps": swaps}
        undoing.offer("rota.close_day", made, by=by, at=at, **told)
        log("day_closed", made, by=by, at=at)
    return made


@transaction.atomic
def open_day(*, closed: ClosedDay, by: Person, at: datetime) -> None:
    """The day is on again, with the duties that the rota asks for; nobody is on them yet.

    `by` may take it back for ten seconds.
    """
    program = held_program(closed.program)
    stands: ClosedDay | None = ClosedDay.objects.of(program.community).filter(pk=closed.pk).first()
    if stands is None:
        return
    stands.community = program.community
    pk = stands.pk
    stands.delete()
    stands.pk = pk
    rotas, new = _around(program, closed.day), []
    for rota in rotas:
        there = set(Duty.objects.on(rota).values_list("pk", flat=True))
        follow_section(rota)
        new += [str(pk) for pk in Duty.objects.on(rota).exclude(pk__in=there).values_list("pk", flat=True)]
        changed(rota)
    told: dict[str, Any] = {
        "program": str(program.pk), "day": stands.day.isoformat(), "why": stands.why, "new": new,
        "made_by": str(stands.made_by_id), "made_at": stands.made_at.isoformat(), "revisions": _revisions(rotas),
    }  # fmt: skip
    undoing.offer("rota.open_day", stands, by=by, at=at, **told)
    log("day_opened", program, by=by, at=at)


def _revisions(rotas: Iterable[Rota]) -> dict[str, int]:
    return {str(rota.pk): rota.revision for rota in rotas}


def _around(program: Program, day: date) -> list[Rota]:
    rotas = list(Rota.objects.on(program).touching(day, day).order_by("pk"))
    for rota in rotas:
        rota.community, rota.program = program.community, program
    return [held(rota) for rota in rotas]


def _drop_duties(rota: Rota, day: date) -> list[dict[str, Any]]:
    """The duties of a day go from a draft; returns who was on them, for an undo."""
    duties = Duty.objects.on(rota).standing().filter(day=day)
    there = [
        {
            "rota": str(rota.pk), "name": one.duty.name, "starts_at": one.duty.starts_at.isoformat(),
            "family": str(one.family_id), "membership": str(one.membership_id), "place": one.place,
            "is_fixed": one.is_fixed, "made_at": one.made_at.isoformat(),
        }
        for one in Assignment.objects.on(rota).standing().filter(duty__in=duties).select_related("duty")
    ]  # fmt: skip
    duties.delete()
    return there


def _call_off(rota: Rota, day: date, *, at: datetime) -> list[dict[str, Any]]:
    """What is ahead on a day of a published rota does not take place; returns the swaps that ended, for an undo."""
    duties = Duty.objects.on(rota).standing().filter(day=day).coming(at)
    told = list(Assignment.objects.on(rota).standing().filter(duty__in=duties).with_people())
    for one in told:
        one.community = rota.community
    swaps = withdraw_swaps(rota.community, [one.pk for one in told], at=at)
    duties.update(called_off_at=at)
    letters.called_off(rota, told, at=at)
    return swaps


def follow_section(rota: Rota) -> int:
    """Bring the duties of a rota to what its section asks for; return how many change.

    Duties that are there and still asked for keep who is on them. A part of other actions, which hold the rota.
    """
    asked = {(one.name, one.starts_at): one for one in _wanted(rota)}
    there = {(one.name, one.starts_at): one for one in Duty.objects.on(rota).standing()}
    gone = [one for place, one in there.items() if place not in asked or _differs(one, asked[place])]
    kept = {(one.name, one.starts_at) for one in there.values()} - {(one.name, one.starts_at) for one in gone}
    if rota.is_draft:
        Duty.objects.on(rota).filter(pk__in=[one.pk for one in gone]).delete()
    else:
        gone, kept = [], set(there)
    new = [one for place, one in asked.items() if place not in kept]
    Duty.objects.bulk_create(new)
    return len(gone) + len(new)


def changes_of(rota: Rota) -> int:
    """How many duties `follow_section` would change; nothing is written."""
    asked = {(one.name, one.starts_at): one for one in _wanted(rota)}
    there = {(one.name, one.starts_at): one for one in Duty.objects.on(rota).standing()}
    differ = [place for place in asked.keys() & there.keys() if _differs(there[place], asked[place])]
    return len(asked.keys() ^ there.keys()) + 2 * len(differ)


def _wanted(rota: Rota) -> list[Duty]:
    return [duty_of(rota, one) for one in asked_of(rota.program, rota.section, rota.first_day, rota.last_day)]


def _differs(one: Duty, other: Duty) -> bool:
    names = ("ends_at", "people", "everybody", "somebody", "counts")
    return any(getattr(one, name) != getattr(other, name) for name in names)


@transaction.atomic
def set_pattern(*, program: Program, family_key: str, pattern: str, by: Person, at: datetime) -> Family:
    """Write down how a family takes part, by a name of the design. Raises NotOfThisPool, NoSuchPattern."""
    stands = held_program(program)
    home = pool_of(stands, on=stands.community.day_of(at)).homes.get(family_key)
    if home is None:
        raise NotOfThisPool
    if pattern not in {each["name"] for each in design_of(stands).get(NAME, {}).get("owed", [])}:
        raise NoSuchPattern
    family, _new = Family.objects.get_or_create(
        community=stands.community, program=stands, household=home.household, membership=home.alone
    )
    family.community, family.pattern = stands.community, pattern
    family.save(update_fields=["pattern"])
    log("pattern_set", family, by=by, at=at)
    return family
