"""How people of a program and its sessions look on pages."""

from collections import Counter
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from alongside.gatherings.models import Attendance
from alongside.kernel.clock import now
from alongside.people.models import Membership
from alongside.programs.completing import progress_in
from alongside.programs.models import Cohort, DesignVersion, Enrolment, Program, Session
from alongside.programs.models.program import design_of
from alongside.programs.rules import course


@dataclass(frozen=True)
class PersonShown:
    """Somebody who takes part: what they are here, how often they came in their run, whether they completed it."""

    enrolment: Enrolment
    role: str
    attended: int
    has_completed: bool


PAGE_SIZE = 50


def people_shown(program: Program, page: int) -> dict[str, Any]:
    """Those who are in, by name, a page at a time, and the waiting list in order; five queries however many.

    `page` counts from 1.
    """
    design = design_of(program)
    names = {key: role["name"] for key, role in design.get("roles", {}).items()}
    sessions = design.get("sessions", {})
    rows = Enrolment.objects.on(program).with_people()
    first = PAGE_SIZE * (page - 1)
    by_name = rows.here().order_by("membership__person__search_name", "membership__number")
    found = list(by_name[first : first + PAGE_SIZE + 1])
    far = progress_in(program, design, of=[row.membership for row in found])
    here = [
        PersonShown(
            row,
            names.get(row.role, ""),
            far[row.membership_id].counted,
            far[row.membership_id].completed_at is not None,
        )
        for row in found[:PAGE_SIZE]
    ]
    return {
        "here": here,
        "waiting": list(rows.waiting()) if page == 1 else [],
        "needed": sessions.get("complete_after"),
        "newer_url": f"?page={page - 1}" if page > 1 else "",
        "older_url": f"?page={page + 1}" if len(found) > PAGE_SIZE else "",
    }


@dataclass(frozen=True)
class SessionShown:
    """A session with what the plan calls it. `came`: how many, once it was held."""

    session: Session
    title: str
    came: int
    may_look: bool = False
    opens: bool = True


@dataclass(frozen=True)
class CohortShown:
    cohort: Cohort
    sessions: list[SessionShown]


def cohorts_shown(
    program: Program,
    *,
    looks_on: Callable[[Session], bool] | None = None,
    at: datetime | None = None,
    seen: Container[Any] | None = None,
) -> list[CohortShown]:
    """Every run of sessions, the newest first; four queries however many sessions.

    `looks_on`: at which sessions the reader ticks what happened, once they have begun (`at` is now).
    `seen`: the gatherings whose pages are open to the reader; None for all.

    A session that was held is called as the plan said then.
    """
    designs = dict(DesignVersion.objects.on(program).values_list("number", "design"))
    newest = designs[max(designs)]
    rows = Session.objects.on(program).select_related("gathering").order_by("gathering__starts_at", "number")
    came = dict(
        Attendance.objects.of(program.community).came().filter(gathering__in=rows.values("gathering"))
        .values_list("gathering").annotate(count=Count("pk", filter=Q(state=Attendance.State.CAME)))
    )  # fmt: skip
    by_cohort: dict[Any, list[SessionShown]] = {}
    for row in rows:
        design: dict[str, Any] = designs[row.held_version] if row.held_version else newest
        title = course.title_of(design.get("sessions", {}), row.number)
        has_begun = at is not None and row.gathering.starts_at <= at and not row.gathering.is_called_off
        may_look = has_begun and looks_on is not None and looks_on(row)
        opens = seen is None or row.gathering_id in seen
        shown = SessionShown(row, title, came.get(row.gathering_id, 0), may_look, opens)
        by_cohort.setdefault(row.cohort_id, []).append(shown)
    cohorts = Cohort.objects.on(program).newest_first().prefetch_related("leaders__membership__person")
    return [CohortShown(cohort, by_cohort.get(cohort.pk, [])) for cohort in cohorts]


def taking_part(program: Program, design: Mapping[str, Any], me: Membership) -> dict[str, Any]:
    """How many take part and wait, whether the reader does, and the next session; three queries."""
    rows = Enrolment.objects.on(program)
    counts = Counter(rows.going_on().values_list("state", flat=True))
    to_come = Session.objects.on(program).to_come(now()).select_related("gathering").order_by("gathering__starts_at")
    return {
        "taking_part": counts[Enrolment.State.IN],
        "waiting": counts[Enrolment.State.WAITING],
        "places": design.get("enrolment", {}).get("places"),
        "mine": rows.going_on().filter(membership=me).first(),
        "next_session": to_come.first(),
        "has_jobs": "jobs" in design,
        "has_topics": "topics" in design,
    }
