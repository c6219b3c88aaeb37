"""Who may lead sessions: whoever holds a step that opens the role, where the pathway of the design has one."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from alongside.kernel.errors import Refusal
from alongside.people.models import Membership
from alongside.programs import paths
from alongside.programs.models import Cohort, LivedExperience, Program
from alongside.programs.rules import pathway
from alongside.programs.rules.leaders import role_that_leads
from alongside.safeguarding import apart


class HoldsNoStep(Refusal):
    """Somebody who is to lead does not hold the step that opens the role, or it has lapsed (`is_lapsed`)."""

    def __init__(self, *, who: Membership, step: str, is_lapsed: bool) -> None:
        super().__init__(step)
        self.who, self.step, self.is_lapsed = who, step, is_lapsed


def check_steps(program: Program, design: Mapping[str, Any], members: Iterable[Membership], *, on: date) -> None:
    """Raises HoldsNoStep unless everybody who is to lead holds such a step, and it is current on that day."""
    steps, wanted = design.get("pathway", {}), list(members)
    keys = pathway.opening(steps, role_that_leads(design))
    if not keys or not wanted:
        return
    walkers = paths.walkers_of(program, design, on=on, only=wanted)
    for member in wanted:
        walker = walkers.get(member.pk)
        if walker is None or not walker.holds_current(steps, keys, on=on):
            lapsed = walker is not None and any(walker.is_held(key) for key in keys)
            raise HoldsNoStep(who=member, step=steps[keys[0]]["name"], is_lapsed=lapsed)


def who_said_lived(program: Program, members: Iterable[Membership], *, by_name: bool | None = None) -> set[Any]:
    """The ids of those who have said, by their own choice, that they lead from lived experience. For planning alone.

    `by_name`: only those who let it stand beside their name (True), or only the others (False).
    """
    said = LivedExperience.objects.on(program).filter(membership__in=[member.pk for member in members])
    if by_name is not None:
        said = said.filter(shows_name=by_name)
    return set(said.values_list("membership", flat=True))


def note_leading_together(cohort: Cohort, members: Iterable[Membership], *, at: datetime) -> None:
    """Write down that these people lead together, whoever they are (ADR 0011): who plans hears nothing of it."""
    program, people = cohort.program, [member.person_id for member in members]
    if len(people) > 1:
        link = reverse("programs:sessions", args=[cohort.community.slug, program.pk])
        where = apart.Where(f"programs.cohort:{cohort.pk}", program.title, cohort.first_day, link)
        apart.note_together(people, community=cohort.community, where=where, at=at)
