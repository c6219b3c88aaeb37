"""What people have towards the steps of a program, for many at once: the number of questions never grows with them.

walkers = paths.walkers_of(program, design, on=day)                 # everybody whom the pathway concerns
walker = paths.walker_of(program, design, membership, on=day)       # one of them, or somebody new
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from alongside.decisions.actions.rolls import sides_of_members
from alongside.gatherings.models import Attendance
from alongside.gatherings.models.attendance import AttendanceQuerySet
from alongside.people.models import Membership, RoleHeld
from alongside.people.rules.constituencies import constituencies
from alongside.programs.models import (
    BesideMentor,
    Introduction,
    PathStep,
    Program,
    Session,
    TrainingDone,
    who_leads,
)
from alongside.programs.rules import pathway
from alongside.programs.rules.completing import Came, times_completed
from alongside.programs.rules.words import SIDES
from alongside.safeguarding import pool

_SIDE_OF_DESIGN = {side: name for name, side in SIDES.items()}


@dataclass(frozen=True)
class Walker:
    """One person on a pathway: what they have, the days they led, and the steps that are offered to them or held."""

    membership: Membership
    has: pathway.Has
    led_on: list[date] = field(default_factory=list)
    rows: dict[str, PathStep] = field(default_factory=dict)

    def currency(self, steps: pathway.Steps, key: str, *, on: date) -> pathway.Currency:
        """How current a step is that they hold."""
        row = self.rows.get(key)
        if row is None or row.fresh_from is None or key not in steps:
            return pathway.Currency()
        return pathway.currency(steps[key].get("keeps"), since=row.fresh_from, led_on=self.led_on, on=on)

    def holds_current(self, steps: pathway.Steps, keys: Collection[str], *, on: date) -> bool:
        """Do they hold one of these steps, and is it current?"""
        return any(self.is_held(key) and self.currency(steps, key, on=on).is_current for key in keys)

    def passed(self, steps: pathway.Steps) -> set[str]:
        """The steps that come before one that they hold."""
        return pathway.passed(steps, [key for key in self.rows if self.is_held(key)])

    def is_held(self, key: str) -> bool:
        return key in self.rows and self.rows[key].state == PathStep.State.HELD


@dataclass
class _Sessions:
    """Sessions that were held: who came, whether they led or not, and on which days who led."""

    attended: dict[UUID, list[Came]] = field(default_factory=lambda: defaultdict(list))
    led_on: dict[UUID, list[date]] = field(default_factory=lambda: defaultdict(list))


def walkers_of(
    program: Program,
    design: Mapping[str, Any],
    *,
    on: date,
    only: Collection[Membership] | None = None,
    counts_attended: bool = True,
) -> dict[UUID, Walker]:
    """Everybody of 18 or more who belongs to the program, has come to it or holds a step; or `only` these.

    Without `counts_attended` only those who lead have theirs counted: enough to know who is on a step, not what anybody
    lacks for the next.
    """
    steps = design.get("pathway", {})
    held = _sessions(program, only=only, counts_attended=counts_attended)
    rows: dict[UUID, dict[str, PathStep]] = defaultdict(dict)
    for row in PathStep.objects.on(program).going_on():
        rows[row.membership_id][row.step] = row
    known = {*held.attended, *held.led_on, *rows}
    members, sides = _people(program, known, on=on, only=only)
    checks = _checks(program, steps, list(members.values()), on=on)
    trainings, beside, introduced = _noted(program)
    found = {}
    for pk, member in members.items():
        has = pathway.Has(
            sessions=len(held.attended[pk]),
            completed=times_completed(design.get("sessions", {}), held.attended[pk]),
            beside_mentor=beside[pk],
            led=len(held.led_on[pk]),
            trainings=frozenset(trainings[pk]),
            has_introduction=pk in introduced,
            checks=frozenset(checks[pk]),
            sides=frozenset(_SIDE_OF_DESIGN[side] for side in sides[pk].names),
            takes_part=sides[pk].belongs,
        )
        found[pk] = _with_steps(Walker(member, has, held.led_on[pk], rows[pk]), steps, on=on)
    return found


def walker_of(program: Program, design: Mapping[str, Any], membership: Membership, *, on: date) -> Walker:
    """One person, whether they have come to the program before or not."""
    found = walkers_of(program, design, on=on, only=[membership])
    return found.get(membership.pk) or Walker(membership, pathway.Has())


def _with_steps(walker: Walker, steps: pathway.Steps, *, on: date) -> Walker:
    """The same, with the steps that are held and current."""
    current = {key for key in walker.rows if walker.holds_current(steps, [key], on=on)}
    has = pathway.Has(**{**vars(walker.has), "steps": frozenset(current)})
    return Walker(walker.membership, has, walker.led_on, walker.rows)


def _sessions(program: Program, *, only: Collection[Membership] | None, counts_attended: bool) -> _Sessions:
    """Four questions, however many sessions; each person's in the order in which they were held."""
    found, community = _Sessions(), program.community
    sessions = {row.gathering_id: row for row in Session.objects.on(program).held().select_related("gathering")}
    leads = who_leads(community, sessions.values())
    came = came_to(program)
    if only is not None:
        came = came.filter(membership__in=only)
    if not counts_attended:
        came = came.filter(membership__in=set().union(*leads.values()))
    for gathering, member in came.order_by("gathering__starts_at", "pk").values_list("gathering", "membership"):
        session = sessions.get(gathering)
        if session is None:
            continue
        if member in leads[session.pk]:
            found.led_on[member].append(community.day_of(session.gathering.starts_at))
        found.attended[member].append(Came(session.number, session.gathering.starts_at, session.cohort_id))
    return found


def came_to(program: Program) -> AttendanceQuerySet:
    """Who came to the sessions of a program that were held."""
    held = Session.objects.on(program).held().values("gathering")
    found: AttendanceQuerySet = Attendance.objects.of(program.community).came().filter(gathering__in=held)
    return found


@dataclass(frozen=True)
class _Sides:
    names: tuple[str, ...]
    belongs: bool


def _people(
    program: Program, known: set[UUID], *, on: date, only: Collection[Membership] | None
) -> tuple[dict[UUID, Membership], dict[UUID, _Sides]]:
    """Whom it concerns, and for which sides they speak: those of the program, and those who came and have left it."""
    one = next(iter(only)) if only is not None and len(only) == 1 else None
    members: dict[UUID, Membership] = {}
    sides: dict[UUID, _Sides] = {}
    for member, theirs in sides_of_members(program, on=on, only=one).items():
        members[member.pk], sides[member.pk] = member, _Sides(theirs, belongs=True)
    others = known - set(members) if only is None else {each.pk for each in only} - set(members)
    rows = Membership.objects.of(program.community).current().grown(on=on).filter(pk__in=others)
    held: dict[UUID, set[str]] = defaultdict(set)
    roles = RoleHeld.objects.of(program.community).on(on).filter(group=None, membership__in=others)
    for pk, role in roles.values_list("membership", "role"):
        held[pk].add(role)
    for member in rows.select_related("person"):
        members[member.pk] = member
        sides[member.pk] = _Sides(tuple(map(str, constituencies(held[member.pk]))), belongs=False)
    wanted = None if only is None else {each.pk for each in only}
    members = {pk: member for pk, member in members.items() if wanted is None or pk in wanted}
    for member in members.values():
        member.community = program.community
    return members, sides


def _noted(program: Program) -> tuple[dict[UUID, set[str]], Counter[UUID], set[UUID]]:
    """Trainings by member, sessions beside a mentor, and who came to an introduction of any program here."""
    trainings: dict[UUID, set[str]] = defaultdict(set)
    for member, words in TrainingDone.objects.on(program).values_list("membership", "folded"):
        trainings[member].add(words)
    beside = Counter(BesideMentor.objects.on(program).values_list("membership", flat=True))
    given = Introduction.objects.of(program.community).filter(gathering__closed_at__isnull=False)
    came = Attendance.objects.of(program.community).came().filter(gathering__in=given.values("gathering"))
    return trainings, beside, set(came.values_list("membership", flat=True))


def _checks(
    program: Program, steps: pathway.Steps, members: Collection[Membership], *, on: date
) -> dict[UUID, set[str]]:
    """The checks that steps ask for and people have on a day. One that this community does not know, nobody has."""
    asked = {name for step in steps.values() for name in step.get("asks", {}).get("checks", [])}
    found: dict[UUID, set[str]] = defaultdict(set)
    if not asked:
        return found
    kinds = set(pool.named(program.community, asked).values())
    lacking = pool.missing_of([member.person_id for member in members], kinds, on=on)
    for member in members:
        lacks = lacking.get(member.person_id, {})
        found[member.pk] = {pathway.folded(kind.name) for kind in kinds if kind not in lacks}
    return found
