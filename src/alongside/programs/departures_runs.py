"""Goodbyes in looking on and in changes of runs: what was seen still counts, under no name."""

from datetime import datetime
from typing import Any

from alongside.people import departures
from alongside.people.models import Membership, Person
from alongside.programs.models import CohortMove, SessionLook

COVERS = [
    "programs.SessionLook.membership",
    "programs.SessionLook.keyed_by",
    "programs.CohortMove.keyed_by",
]


def register() -> None:
    """Tell `people` how these rows say goodbye."""
    departures.register(room="programs_runs", export=export, erase=erase, leave=leave, merge=merge, covers=COVERS)


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """The sessions somebody looked on at, and the runs they changed between."""
    looks = SessionLook.objects.filter(membership__person=person).select_related("session__cohort__program")
    moves = CohortMove.objects.filter(enrolment__membership__person=person)
    moves = moves.select_related("enrolment__program", "from_cohort", "to_cohort")
    return {
        "programs_looked_on": [
            {"program": row.session.cohort.program.title, "session": row.session.number, "happened": row.happened}
            for row in looks.order_by("at")
        ],
        "programs_runs_changed": [
            {
                "program": row.enrolment.program.title, "from": row.from_cohort.number, "to": row.to_cohort.number,
                "state": row.state,
            }
            for row in moves.order_by("asked_at")
        ],
    }  # fmt: skip


def erase(person: Person, *, by: Person | None, at: datetime) -> None:
    """What they saw counts on with nobody named; nobody waits for a run any more."""
    SessionLook.objects.filter(membership__person=person).update(membership=None)
    CohortMove.objects.waiting().filter(enrolment__membership__person=person).delete()


def leave(membership: Membership, *, by: Person | None, at: datetime) -> None:
    """Whoever leaves waits for no run; leaving the program does the rest."""
    CohortMove.objects.of(membership.community).waiting().filter(enrolment__membership=membership).delete()


def merge(*, kept: Membership, dropped: Membership, by: Person, at: datetime) -> None:
    """Of two looks at one session the kept one's stays."""
    here = kept.community
    both = SessionLook.objects.of(here).filter(membership=kept).values("session")
    SessionLook.objects.of(here).filter(membership=dropped, session__in=both).delete()
    SessionLook.objects.of(here).filter(membership=dropped).update(membership=kept)
