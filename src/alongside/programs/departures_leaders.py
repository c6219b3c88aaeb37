"""Goodbyes of those who lead: what they led stays, under no name; what lies ahead looks for somebody else."""

from datetime import datetime
from typing import Any

from alongside.people import departures
from alongside.people.models import Membership, Person
from alongside.programs import actions
from alongside.programs.models import CohortLeader, Program, SessionLeader

COVERS = ["programs.SessionLeader.membership", "programs.SessionLeader.keyed_by"]


def register() -> None:
    """Tell `people` how these rows say goodbye."""
    departures.register(room="programs_leaders", export=export, erase=erase, leave=leave, merge=merge, covers=COVERS)


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """The sessions for which somebody stepped in, offered to, or which they lead no more."""
    rows = SessionLeader.objects.filter(membership__person=person).select_related("session__cohort__program")
    return {
        "programs_sessions_led_or_not": [
            {
                "program": row.session.cohort.program.title, "session": row.session.number, "state": row.state,
                "why": row.why, "since": row.since.isoformat(),
            }
            for row in rows.order_by("since", "pk")
        ],
    }  # fmt: skip


def erase(person: Person, *, by: Person | None, at: datetime) -> None:
    """Nobody waits for a word on what they offered."""
    SessionLeader.objects.offered().filter(membership__person=person).delete()


def leave(membership: Membership, *, by: Person | None, at: datetime) -> None:
    """Whoever leaves leads nothing that lies ahead; what they have led still counts."""
    mine = {"community": membership.community_id, "membership": membership}
    runs = CohortLeader.objects.filter(**mine).values("cohort__program")
    told = SessionLeader.objects.filter(**mine).values("session__cohort__program")
    for pk in {
        *runs.values_list("cohort__program", flat=True),
        *told.values_list("session__cohort__program", flat=True),
    }:
        program = Program.objects.of(membership.community).get(pk=pk)
        program.community = membership.community
        actions.stop_leading_sessions(program, membership, at=at)


def merge(*, kept: Membership, dropped: Membership, by: Person, at: datetime) -> None:
    """Of two rows about one session the kept record's stays."""
    here = kept.community
    both = SessionLeader.objects.of(here).filter(membership=kept).values("session")
    SessionLeader.objects.of(here).filter(membership=dropped, session__in=both).delete()
    SessionLeader.objects.of(here).filter(membership=dropped).update(membership=kept)
