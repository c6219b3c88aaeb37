"""Goodbyes in jobs, committees and boards: seats are free again; what a board decided stays without names."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from alongside.people import departures
from alongside.people.models import Membership, Person
from alongside.programs.actions.seats import end_seats_of
from alongside.programs.models import BoardDecision, BoardMeeting, BoardPresence, JobTerm

COVERS = [
    "programs.JobTerm.membership",
    "programs.JobTerm.asked_by",
    "programs.JobTerm.keyed_by",
    "programs.BoardMeeting.keyed_by",
    "programs.BoardPresence.membership",
    "programs.BoardPresence.keyed_by",
    "programs.BoardDecision.keyed_by",
]


def register() -> None:
    """Tell `people` how these rows say goodbye."""
    departures.register(room="programs_jobs", export=export, erase=erase, leave=leave, merge=merge, covers=COVERS)


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """The jobs somebody had, was asked or asked others to do, and the board meetings they were at or wrote down."""
    terms = JobTerm.objects.filter(membership__person=person).select_related("program").order_by("at")
    asked = JobTerm.objects.filter(asked_by__person=person).select_related("program").order_by("at")
    there = BoardPresence.objects.filter(membership__person=person).select_related("meeting__program").order_by("at")
    wrote = BoardMeeting.objects.filter(keyed_by=person).select_related("program").order_by("at")
    noted = BoardDecision.objects.filter(keyed_by=person).select_related("meeting__program").order_by("at")
    return {
        "programs_jobs": [
            {
                "program": row.program.title, "job": row.job, "state": row.state, "from": _day(row.starts_on),
                "until": _day(row.over_on), "chosen": row.chosen_where,
            }
            for row in terms
        ],
        "programs_jobs_asked_others": [{"program": row.program.title, "job": row.job} for row in asked],
        "programs_board_meetings": [
            {"program": row.meeting.program.title, "board": row.meeting.job, "day": _day(row.meeting.held_on)}
            for row in there
        ],
        "programs_board_minutes": [
            {"program": row.program.title, "board": row.job, "day": _day(row.held_on)} for row in wrote
        ],
        "programs_board_decisions_noted": [
            {"program": row.meeting.program.title, "words": row.words} for row in noted
        ],
    }  # fmt: skip


def _day(day: object) -> str | None:
    return str(day) if day else None


def erase(person: Person, *, by: Person | None, at: datetime) -> None:
    """Open questions and offers go; terms that were stay without a word of where they were chosen."""
    mine = JobTerm.objects.filter(membership__person=person)
    mine.filter(Q(state=JobTerm.State.ASKED) | Q(state=JobTerm.State.OFFERED)).delete()
    mine.update(chosen_where="")


def leave(membership: Membership, *, by: Person | None, at: datetime) -> None:
    """Whoever leaves holds no seat any more."""
    here = JobTerm.objects.of(membership.community)
    for term in here.still_open().filter(membership=membership).select_related("program"):
        term.program.community = membership.community
        end_seats_of(term.program, membership, by, at)
    here.filter(asked_by=membership, state=JobTerm.State.ASKED).delete()


def merge(*, kept: Membership, dropped: Membership, by: Person, at: datetime) -> None:
    """What one record did, the other did; of two open rows of one job the kept one's stays."""
    here = kept.community
    for term in JobTerm.objects.of(here).still_open().filter(membership=kept):
        same = {"program": term.program_id, "job": term.job}
        JobTerm.objects.of(here).still_open().filter(membership=dropped, **same).delete()
    there = BoardPresence.objects.of(here).filter(membership=kept).values("meeting")
    BoardPresence.objects.of(here).filter(membership=dropped, meeting__in=there).delete()
    for model in (JobTerm, BoardPresence):
        model.objects.of(here).filter(membership=dropped).update(membership=kept)
    JobTerm.objects.of(here).filter(asked_by=dropped).update(asked_by=kept)
