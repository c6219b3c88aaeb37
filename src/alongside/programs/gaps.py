"""Sessions that need a leader, and who could lead them: a fixed number of questions, however many there are."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from alongside.decisions.actions.rolls import sides_of_members
from alongside.people.models import Membership, Role, RoleHeld
from alongside.programs import paths
from alongside.programs.models import Cohort, Enrolment, Program, Session, who_leads
from alongside.programs.rules import leaders, pathway
from alongside.safeguarding import pool
from alongside.safeguarding.models import CheckKind

# As a design says it → as `people` knows it.
COMMUNITY_ROLES = {"peer leader": Role.PEER_LEADER, "professional": Role.PROFESSIONAL}


@dataclass(frozen=True)
class Gap:
    """A session that has not begun and has fewer leaders than the design asks for. `led_by`: who leads it still."""

    session: Session
    day: date
    led_by: frozenset[UUID] = field(default_factory=frozenset)


def ahead(program: Program, at: datetime) -> list[Session]:
    """Sessions that have not begun, soonest first, each with its run."""
    rows = Session.objects.on(program).to_come(at).filter(gathering__starts_at__gt=at)
    found = list(rows.select_related("gathering", "cohort").order_by("gathering__starts_at", "pk"))
    for one in found:
        one.community = one.cohort.community = program.community
        one.cohort.program = program
    return found


def gaps_of(program: Program, design: Mapping[str, Any], *, at: datetime, cohort: Cohort | None = None) -> list[Gap]:
    """The sessions of a program, or of one run, that need a leader; soonest first."""
    needed = leaders.needed(design)
    if not needed or program.ended_at is not None:
        return []
    sessions = [one for one in ahead(program, at) if cohort is None or one.cohort_id == cohort.pk]
    leads = who_leads(program.community, sessions)
    return [
        Gap(one, program.community.day_of(one.gathering.starts_at), frozenset(leads[one.pk]))
        for one in sessions
        if len(leads[one.pk]) < needed
    ]


def could_lead(
    program: Program, design: Mapping[str, Any], *, on: date, only: Collection[Membership] | None = None
) -> list[Membership]:
    """Whose step is current that opens the role; where no step does, who has the role. Checks are not looked at.

    They belong to the program: who has left it is not among them.
    """
    steps = design.get("pathway", {})
    keys = pathway.opening(steps, leaders.role_that_leads(design))
    if not keys:
        return _in_role(program, design, on=on, only=only)
    walkers = paths.walkers_of(program, design, on=on, only=only, counts_attended=False)
    return [
        each.membership for each in walkers.values() if each.has.takes_part and each.holds_current(steps, keys, on=on)
    ]


def _in_role(
    program: Program, design: Mapping[str, Any], *, on: date, only: Collection[Membership] | None
) -> list[Membership]:
    key, who = leaders.role_that_leads(design), leaders.role_of(design).get("who", "")
    here = Enrolment.objects.on(program).here()
    have = set(here.filter(role=key).values_list("membership", flat=True))
    if who == "participant":
        have |= set(here.values_list("membership", flat=True))
    elif who in COMMUNITY_ROLES:
        held = RoleHeld.objects.of(program.community).on(on).filter(Q(group=None) | Q(group=program.group_id))
        held = held.filter(role=COMMUNITY_ROLES[who])
        have |= set(held.values_list("membership", flat=True))
    wanted = None if only is None else {each.pk for each in only}
    members = [each for each in sides_of_members(program, on=on) if each.pk in have]
    return [each for each in members if wanted is None or each.pk in wanted]


def ready_for(program: Program, design: Mapping[str, Any], found: Sequence[Gap], *, on: date) -> list[Membership]:
    """Who could lead at least one of these sessions, checks and all."""
    if not found:
        return []
    people = could_lead(program, design, on=on)
    checks = checks_of(program, design, people, {gap.day for gap in found})
    return [each for each in people if any(could_fill(each, gap, checks) for gap in found)]


def could_fill(member: Membership, gap: Gap, checks: "Checks") -> bool:
    """Do they have every check on that day, and not lead it already?"""
    return member.pk not in gap.led_by and not checks.lacking(member, gap.day)


@dataclass(frozen=True)
class Checks:
    """The checks that leaders need, and on which of the days that were asked about each person has them."""

    unknown: Sequence[str]
    kinds: Sequence[CheckKind]
    on_days: Mapping[UUID, Mapping[UUID, set[date]]]

    def lacking(self, member: Membership, day: date) -> list[str]:
        lacks = [kind.name for kind in self.kinds if day not in self.on_days[kind.pk][member.person_id]]
        return [*self.unknown, *lacks]


def checks_of(
    program: Program, design: Mapping[str, Any], members: Collection[Membership], days: Collection[date]
) -> Checks:
    """Two questions. A check that this community does not know is one that nobody has."""
    names = leaders.role_of(design).get("needs", [])
    named = pool.named(program.community, names)
    kinds = list(named.values())
    on_days = pool.days_with([each.person_id for each in members], kinds, days=days)
    return Checks([name for name in names if name not in named], kinds, on_days)
