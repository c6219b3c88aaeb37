"""Sessions that lie ahead lose a leader: who has left, whose check runs out, whose step rests. Others are asked."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.kernel import activity
from alongside.people.models import BodyMember, Membership
from alongside.programs import gaps, paths
from alongside.programs import letters_leaders as letters
from alongside.programs.actions.belonging import ProgramIsOver, held_program
from alongside.programs.models import Enrolment, PathStep, Program, Session, SessionLeader, led_by, who_leads
from alongside.programs.rules import leaders, pathway
from alongside.safeguarding import apart
from alongside.safeguarding.models import Check

Why = SessionLeader.Why
Lost = dict[tuple[UUID, UUID], str]


def with_leaders() -> Iterable[tuple[Program, Mapping[str, Any]]]:
    """Every running program whose design asks for leaders, with its design."""
    for program in Program.objects.running().with_design().select_related("community", "group").order_by("pk"):
        if leaders.needed(program.design):
            yield program, program.design


def keep_leaders(program: Program, design: Mapping[str, Any], *, at: datetime) -> int:
    """Take out who leads no more, and ask those who could; how many were taken out and asked."""
    try:
        lost = _take_out_all(program, design, at=at)
    except ProgramIsOver:
        return 0
    return lost + _ask(program, design, at=at)


@transaction.atomic
def _take_out_all(program: Program, design: Mapping[str, Any], *, at: datetime) -> int:
    stands = held_program(program)
    sessions = gaps.ahead(stands, at)
    leads = who_leads(stands.community, sessions)
    members = {
        each.pk: each
        for each in Membership.objects.of(stands.community)
        .filter(pk__in=set().union(*leads.values()))
        .select_related("person")
    }
    lost = _lost(stands, design, sessions, leads, members, at=at)
    for pk, member in members.items():
        mine = [session for session in sessions if (session.pk, pk) in lost]
        for why in Why.values:
            take_out(member, [one for one in mine if lost[one.pk, pk] == why], why, at=at)
    return len({pk for _session, pk in lost})


def take_out(member: Membership, sessions: Collection[Session], why: str, *, at: datetime) -> int:
    """Somebody leads these no more, and is told unless they left. A part of other actions; each carries its run."""
    for session in sessions:
        SessionLeader.objects.update_or_create(
            community=session.community, session=session, membership=member,
            defaults={"state": SessionLeader.State.OUT, "why": why, "since": at, "keyed_by": None, "channel": "web"},
        )  # fmt: skip
    for cohort in {session.cohort_id: session.cohort for session in sessions}.values():
        activity.log(did="programs.leader_lost", about_what=cohort, by_id=None, at=at)
        if why != Why.LEFT:
            letters.leads_no_more(cohort, member.person, why, at=at)
    return len(sessions)


def stop_leading_sessions(program: Program, member: Membership, *, at: datetime) -> int:
    """Whoever leaves leads nothing that lies ahead, and offers nothing any more. A part of other actions."""
    SessionLeader.objects.on(program).offered().filter(membership=member).delete()
    mine = set(Session.objects.on(program).filter(led_by(member)).values_list("pk", flat=True))
    return take_out(member, [one for one in gaps.ahead(program, at) if one.pk in mine], Why.LEFT, at=at)


def _lost(
    program: Program,
    design: Mapping[str, Any],
    sessions: Collection[Session],
    leads: Mapping[UUID, Collection[UUID]],
    members: Mapping[UUID, Membership],
    *,
    at: datetime,
) -> Lost:
    """Who leads which session no more, and why. Who lacks what was never asked of them before stays."""
    today = program.community.day_of(at)
    gone = _gone(program, members.values())
    resting = _resting(program, design, members.values(), on=today)
    days = {session.pk: program.community.day_of(session.gathering.starts_at) for session in sessions}
    run_out = _run_out(program, design, members.values(), set(days.values()), today)
    found: Lost = {}
    for session in sessions:
        for pk in leads[session.pk]:
            if pk in gone:
                found[session.pk, pk] = Why.LEFT
            elif pk in resting:
                found[session.pk, pk] = Why.STEP
            elif days[session.pk] in run_out.get(pk, ()):
                found[session.pk, pk] = Why.CHECK
    return found


def _gone(program: Program, members: Collection[Membership]) -> set[UUID]:
    """Who has left the community, or took part in the program and has left it."""
    rows = Enrolment.objects.on(program).filter(membership__in=[each.pk for each in members])
    left = set(rows.filter(state=Enrolment.State.LEFT).values_list("membership", flat=True))
    left -= set(rows.going_on().values_list("membership", flat=True))
    here = BodyMember.objects.of(program.community).filter(group=program.group_id, membership__in=left)
    left -= set(here.values_list("membership", flat=True))
    return left | {each.pk for each in members if each.left_at is not None}


def _resting(program: Program, design: Mapping[str, Any], members: Collection[Membership], *, on: date) -> set[UUID]:
    """Whose step has lapsed or was given up. Who never was on one was planned when none was asked for."""
    steps = design.get("pathway", {})
    keys = pathway.opening(steps, leaders.role_that_leads(design))
    if not keys or not members:
        return set()
    walkers = paths.walkers_of(program, design, on=on, only=list(members), counts_attended=False)
    able = {pk for pk, each in walkers.items() if each.holds_current(steps, keys, on=on)}
    was_on = PathStep.objects.on(program).filter(step__in=keys, held_from__isnull=False)
    return set(was_on.filter(membership__in=members).values_list("membership", flat=True)) - able


def _run_out(
    program: Program, design: Mapping[str, Any], members: Collection[Membership], ahead: Collection[date], today: date
) -> dict[UUID, set[date]]:
    """The days on which people lack a check that they once had, as soon as it is time to look for somebody else."""
    checks = gaps.checks_of(program, design, members, {today, *ahead})
    had = set(
        Check.objects.filter(
            community=program.community_id, kind__in=list(checks.kinds), person__in=[each.person_id for each in members]
        ).values_list("person", "kind")
    )
    found: dict[UUID, set[date]] = {}
    for member in members:
        for kind in checks.kinds:
            if (member.person_id, kind.pk) in had:
                has = checks.on_days[kind.pk][member.person_id]
                found.setdefault(member.pk, set()).update(leaders.days_lost(ahead, has, today=today))
    return found


def _ask(program: Program, design: Mapping[str, Any], *, at: datetime) -> int:
    """Ask those who could lead, once for each loss. Pairs that are kept apart are left out, and nothing says so."""
    found = gaps.gaps_of(program, design, at=at)
    if not found:
        return 0
    today = program.community.day_of(at)
    people = gaps.could_lead(program, design, on=today)
    checks = gaps.checks_of(program, design, people, {gap.day for gap in found})
    told = {row.session_id: row for row in SessionLeader.objects.on(program).out().order_by("since")}
    asked = 0
    for cohort in {gap.session.cohort_id: gap.session.cohort for gap in found}.values():
        mine = [gap for gap in found if gap.session.cohort_id == cohort.pk]
        lost_at = max((told[gap.session.pk].since for gap in mine if gap.session.pk in told), default=cohort.made_at)
        free = [
            each for each in people if any(gaps.could_fill(each, gap, checks) for gap in mine)
        ]  # fmt: skip
        free = _without_pairs(program, free, mine, on=today)
        asked += letters.could_lead(cohort, [each.person for each in free], len(mine), lost_at=lost_at, at=at)
    return asked


def _without_pairs(
    program: Program, people: Collection[Membership], found: Collection[gaps.Gap], *, on: date
) -> list[Membership]:
    leading = Membership.objects.of(program.community).filter(pk__in=frozenset().union(*(gap.led_by for gap in found)))
    persons = set(leading.values_list("person", flat=True))
    kept = apart.conflicts({*persons, *(each.person_id for each in people)}, community=program.community, on=on)
    return [each for each in people if not any(frozenset({each.person_id, other}) in kept for other in persons)]
