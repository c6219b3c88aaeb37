"""Who has come how far towards completing a program, in all its runs together."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from alongside.gatherings.models import Attendance
from alongside.people.models import Membership
from alongside.programs.models import Program, Session
from alongside.programs.rules.completing import Came, Progress, progress

NONE = Progress(0, None)


def progress_in(
    program: Program, design: Mapping[str, Any], *, of: Collection[Membership] | None = None
) -> defaultdict[Any, Progress]:
    """How far each has come, by the ids of memberships; `of`: these people alone. Two queries however many."""
    rows = Session.objects.on(program).held().values_list("gathering", "number", "gathering__starts_at", "cohort")
    sessions = {gathering: Came(number, at, cohort) for gathering, number, at, cohort in rows}
    came = Attendance.objects.of(program.community).came().filter(gathering__in=list(sessions))
    if of is not None:
        came = came.filter(membership__in=of)
    by_person: dict[Any, list[Came]] = {}
    for person, gathering in came.values_list("membership", "gathering"):
        by_person.setdefault(person, []).append(sessions[gathering])
    told = {person: progress(design.get("sessions", {}), each) for person, each in by_person.items()}
    return defaultdict(lambda: NONE, told)
