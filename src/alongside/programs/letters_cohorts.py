"""What this room tells people about runs: that there is a place now in the run they wait for."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.notices import actions as notices
from alongside.notices import kinds
from alongside.programs.models import CohortMove, Program

RUNS = kinds.register("programs.runs", label=gettext_lazy("When there is a place in the run I wait for"))


def moved_up(move: CohortMove, program: Program, *, at: datetime) -> None:
    def body() -> str:
        told = {"number": move.to_cohort.number, "program": program.title}
        return _("You are in run %(number)s of “%(program)s” now. What you attended counts on.") % told

    notices.tell(
        person=move.enrolment.membership.person,
        community=program.community,
        kind=RUNS.name,
        title=lambda: _("There is a place for you in the other run"),
        body=body,
        link=reverse("programs:sessions", args=[program.community.slug, program.pk]),
        key=f"run-changed:{move.pk}",
        at=at,
    )
