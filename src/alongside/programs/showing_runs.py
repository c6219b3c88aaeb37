"""How runs of sessions look on pages: what each session is called, who came, who leads, who is needed and offers."""

from collections.abc import Callable, Container
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from alongside.gatherings.models import Attendance
from alongside.people.models import Membership
from alongside.programs.models import Cohort, DesignVersion, Program, Session, SessionLeader, who_leads
from alongside.programs.rules import course, leaders


@dataclass(frozen=True)
class SessionShown:
    """A session with what the plan calls it. `came`: how many, once it was held.

    `seeks`: it needs a leader; `is_mine`: the reader leads it; `led_by`: who leads it, where that is not who leads the
    run.
    """

    session: Session
    title: str
    came: int
    may_look: bool = False
    opens: bool = True
    seeks: bool = False
    is_mine: bool = False
    led_by: list[Membership] = field(default_factory=list)


@dataclass(frozen=True)
class CohortShown:
    """`leaders`: who leads it, each with whether lived experience stands beside the name.

    `offered`: the reader has offered to lead, and waits for a coordinator's word.
    """

    cohort: Cohort
    sessions: list[SessionShown]
    leaders: list[tuple[Membership, bool]] = field(default_factory=list)
    offered: bool = False

    @property
    def seeking(self) -> int:
        """How many of its sessions need a leader."""
        return sum(each.seeks for each in self.sessions)

    @property
    def open_to_reader(self) -> int:
        """How many of those the reader does not lead already."""
        return sum(each.seeks and not each.is_mine for each in self.sessions)


def cohorts_shown(
    program: Program,
    *,
    looks_on: Callable[[Session], bool] | None = None,
    at: datetime,
    seen: Container[Any] | None = None,
    me: Membership | None = None,
) -> list[CohortShown]:
    """Every run of sessions, the newest first; eight queries however many sessions.

    `looks_on`: at which sessions the reader ticks what happened, once they have begun. `seen`: the gatherings whose
    pages are open to the reader; None for all. A session that was held is called as the plan said then.
    """
    designs = dict(DesignVersion.objects.on(program).values_list("number", "design"))
    newest = designs[max(designs)]
    sessions = list(Session.objects.on(program).select_related("gathering").order_by("gathering__starts_at", "number"))
    came = _came(program, sessions)
    who = _Who(program, newest, sessions, at)
    by_cohort: dict[Any, list[SessionShown]] = {}
    for row in sessions:
        design: dict[str, Any] = designs[row.held_version] if row.held_version else newest
        has_begun = row.gathering.starts_at <= at and not row.gathering.is_called_off
        shown = SessionShown(
            session=row,
            title=course.title_of(design.get("sessions", {}), row.number),
            came=came.get(row.gathering_id, 0),
            may_look=has_begun and looks_on is not None and looks_on(row),
            opens=seen is None or row.gathering_id in seen,
            seeks=who.seeks(row),
            is_mine=me is not None and me.pk in who.leads[row.pk],
            led_by=who.of_its_own(row),
        )
        by_cohort.setdefault(row.cohort_id, []).append(shown)
    offered = SessionLeader.objects.on(program).offered().filter(membership=me) if me else SessionLeader.objects.none()
    mine = set(offered.values_list("session__cohort", flat=True))
    cohorts = Cohort.objects.on(program).newest_first().prefetch_related("leaders")
    return [CohortShown(one, by_cohort.get(one.pk, []), who.of_run(one), one.pk in mine) for one in cohorts]


def _came(program: Program, sessions: list[Session]) -> dict[Any, int]:
    rows = Attendance.objects.of(program.community).came().filter(gathering__in=[one.gathering_id for one in sessions])
    counted = rows.values_list("gathering").annotate(count=Count("pk", filter=Q(state=Attendance.State.CAME)))
    return dict(counted)


class _Who:
    """Who leads which sessions and, of each run, those that are to come or, once it is over, all."""

    def __init__(self, program: Program, design: dict[str, Any], sessions: list[Session], at: datetime) -> None:
        self.at, self.needed = at, leaders.needed(design) if program.ended_at is None else 0
        self.leads = who_leads(program.community, sessions)
        people = Membership.objects.of(program.community).filter(pk__in=set().union(*self.leads.values()))
        self.people = {each.pk: each for each in people.select_related("person").by_name()}
        ever: dict[Any, set[Any]] = {}
        now: dict[Any, set[Any]] = {}
        for one in sessions:
            ever.setdefault(one.cohort_id, set()).update(self.leads[one.pk])
            if self._is_ahead(one):
                now.setdefault(one.cohort_id, set()).update(self.leads[one.pk])
        self.runs = {**ever, **now}

    def _is_ahead(self, session: Session) -> bool:
        return session.held_at is None and session.gathering.starts_at > self.at and not session.gathering.is_called_off

    def seeks(self, session: Session) -> bool:
        return self._is_ahead(session) and len(self.leads[session.pk]) < self.needed

    def of_its_own(self, session: Session) -> list[Membership]:
        theirs = self.leads[session.pk]
        return [] if theirs == self.runs[session.cohort_id] else self._named(theirs)

    def of_run(self, cohort: Cohort) -> list[tuple[Membership, bool]]:
        said = {row.membership_id for row in cohort.leaders.all() if row.from_lived_experience}
        return [(each, each.pk in said) for each in self._named(self.runs.get(cohort.pk, set()))]

    def _named(self, theirs: set[Any]) -> list[Membership]:
        return [each for pk, each in self.people.items() if pk in theirs]


@dataclass(frozen=True)
class Offer:
    """Somebody who offers to lead, by the first of their rows, and for how many sessions."""

    pk: UUID
    membership: Membership
    sessions: int


def offers_to_lead(run: Cohort) -> list[Offer]:
    """Who offers to lead sessions of a run, whoever did so first first."""
    found: dict[UUID, Offer] = {}
    for row in SessionLeader.objects.in_run(run).offered().with_people().order_by("since", "pk"):
        before = found.get(row.membership_id, Offer(row.pk, row.membership, 0))
        found[row.membership_id] = replace(before, sessions=before.sessions + 1)
    return list(found.values())
