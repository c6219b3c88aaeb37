"""How looking on is shown: counts over a run, never one session or one person."""

from collections.abc import Callable
from dataclasses import dataclass

from alongside.people.models import Role
from alongside.people.permissions import Standing
from alongside.programs.models import (
    Cohort,
    DesignVersion,
    Program,
    Session,
    SessionLook,
    StageLead,
    led_by,
)
from alongside.programs.models.program import design_of
from alongside.programs.rules.completing import counts

# Counts of fewer sessions would speak of who led them.
FEWEST_SESSIONS = 3


@dataclass(frozen=True)
class RunShown:
    """`rows`: what, how often, and the bar's width in thousandths; [] while too few sessions were looked at."""

    looks: int
    sessions: int
    rows: list[tuple[str, int, int]]


def run_shown(cohort: Cohort) -> RunShown:
    """How often each thing of today's checklist was seen to happen in a run; three queries."""
    looks = list(SessionLook.objects.in_run(cohort).values_list("session", "version", "happened"))
    sessions = {session for session, _version, _happened in looks}
    if len(sessions) < FEWEST_SESSIONS:
        return RunShown(len(looks), len(sessions), [])
    lists = {
        number: design.get("sessions", {}).get("checklist", [])
        for number, design in DesignVersion.objects.on(cohort.program).values_list("number", "design")
    }
    seen = [[lists[version][place] for place in happened] for _session, version, happened in looks]
    checklist = design_of(cohort.program).get("sessions", {}).get("checklist", [])
    rows = [(text, count, 1000 * count // len(looks)) for text, count in counts(checklist, seen)]
    return RunShown(len(looks), len(sessions), rows)


def looked_on_by(program: Program, standing: Standing) -> Callable[[Session], bool]:
    """At which sessions somebody ticks what happened; two queries however many sessions."""
    me = {"community": standing.community, "membership": standing.membership}
    everywhere = standing.has(Role.COORDINATOR, Role.STEWARD) or (
        StageLead.objects.filter(run__program=program, run__finished_at=None, **me).exists()
    )
    led = set(Session.objects.on(program).filter(led_by(standing.membership)).values_list("pk", flat=True))
    return lambda session: everywhere or session.pk in led
