"""How people of a program and its sessions look on pages."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from alongside.kernel.clock import now
from alongside.people.models import Membership
from alongside.programs.completing import progress_in
from alongside.programs.models import Enrolment, Program, Session
from alongside.programs.models.program import design_of


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
    }
