"""Seats that come to an end: with a term, with whoever leaves, or with the design. Parts of other actions."""

from collections.abc import Collection
from datetime import date

from alongside.people.models import Membership
from alongside.programs.models import JobTerm, Program


def end_seats_of(program: Program, membership: Membership, *, on: date) -> int:
    """Whoever leaves holds no seat any more, and is asked no more; how many seats are free again."""
    rows = JobTerm.objects.on(program).filter(membership=membership)
    rows.filter(state__in=[JobTerm.State.ASKED, JobTerm.State.OFFERED]).delete()
    held = rows.held()
    return held.update(state=JobTerm.State.OVER, over_on=on, over_why=JobTerm.Why.LEFT)


def end_seats_without_a_job(program: Program, jobs: Collection[str], *, on: date) -> list[JobTerm]:
    """Seats of jobs that the design has no more are over; returns those that people held."""
    rows = JobTerm.objects.on(program).exclude(job__in=jobs)
    rows.filter(state__in=[JobTerm.State.ASKED, JobTerm.State.OFFERED]).delete()
    held = list(rows.held().with_people())
    rows.held().update(state=JobTerm.State.OVER, over_on=on, over_why=JobTerm.Why.DESIGN)
    return held
