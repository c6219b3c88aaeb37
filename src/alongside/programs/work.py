"""What waits for a coordinator in programs: somebody whose step has lapsed leads sessions that are still to come."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.people.models import Community
from alongside.programs.models import PathStep, Program, Session, who_leads
from alongside.programs.models.sessions import SessionQuerySet
from alongside.programs.rules.leaders import role_that_leads
from alongside.programs.rules.pathway import opening
from alongside.strengths import worklist


def register() -> None:
    """Let it stand in the queue of every community."""
    worklist.register(
        "programs.lapsed_leaders", label=gettext_lazy("A leader's step has lapsed, and sessions are planned"), find=find
    )


def _leading(community: Community, ahead: SessionQuerySet) -> set[tuple[Any, Any]]:
    """Who leads sessions that are to come, and of which program: whom the clock has taken out waits no more."""
    program_of = {one: one.cohort.program_id for one in ahead.select_related("cohort")}
    leads = who_leads(community, program_of)
    return {(member, program) for one, program in program_of.items() for member in leads[one.pk]}


def find(community: Community, at: datetime) -> Iterator[worklist.Work]:
    """Each such person once for a program, the longest ago first: one question where nobody's step has lapsed."""
    lapsed = PathStep.objects.of(community).held().filter(lapsed_on__isnull=False, returned_on=None)
    if not lapsed.exists():
        return
    steps = list(lapsed.with_people().select_related("program", "membership__person").order_by("lapsed_on", "id"))
    concerned = {step.program_id for step in steps}
    leading = _leading(community, Session.objects.of(community).to_come(at).filter(cohort__program__in=concerned))
    programs = Program.objects.of(community).running().with_design().filter(pk__in=[program for _m, program in leading])
    opens = {one.pk: opening(one.design.get("pathway", {}), role_that_leads(one.design)) for one in programs}
    for step in steps:
        if (step.membership_id, step.program_id) in leading and step.step in opens.get(step.program_id, ()):
            yield worklist.Work(
                item=f"programs.lapsed_leaders:{step.pk}",
                title=_("%(name)s leads sessions of “%(program)s”, and the step has lapsed")
                % {"name": step.membership.person, "program": step.program.title},
                since=step.answered_at or at,
                link=reverse("programs:leaders", args=[community.slug, step.program_id]),
                person=step.membership.person,
            )
