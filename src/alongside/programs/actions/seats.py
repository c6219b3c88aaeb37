"""Seats that come to an end: with a term, with whoever leaves, or with the design. Parts of other actions."""

from collections.abc import Collection
from datetime import datetime

from alongside.kernel import activity
from alongside.people.models import Membership, Person
from alongside.programs.models import JobTerm, Program
from alongside.programs.models.jobs import JobTermQuerySet


def end_seats_of(program: Program, membership: Membership, by: Person | None, at: datetime) -> int:
    """Whoever leaves holds no seat any more, and is asked no more; how many seats are free again."""
    rows = JobTerm.objects.on(program).filter(membership=membership)
    return len(_end(program, rows, JobTerm.Why.LEFT, by=by, at=at))


def end_seats_without_a_job(program: Program, jobs: Collection[str], by: Person | None, at: datetime) -> list[JobTerm]:
    """Seats of jobs that the design has no more are over; returns those that people held."""
    return _end(program, JobTerm.objects.on(program).exclude(job__in=jobs), JobTerm.Why.DESIGN, by=by, at=at)


def _end(program: Program, rows: JobTermQuerySet, why: str, *, by: Person | None, at: datetime) -> list[JobTerm]:
    rows.filter(state__in=[JobTerm.State.ASKED, JobTerm.State.OFFERED]).delete()
    held = list(rows.held().with_people())
    on = program.community.day_of(at)
    rows.held().update(state=JobTerm.State.OVER, over_on=on, over_why=why)
    for term in held:
        term.program, term.community = program, program.community
        activity.log(did="programs.job_term_over", about_what=term, by_id=by.pk if by else None, at=at)
    return held
