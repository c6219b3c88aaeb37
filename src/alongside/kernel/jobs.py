"""The clock: what the house does by itself, each time once, however many processes are up.

    @periodic("notices.deliver", every=timedelta(seconds=10))      # in a room's tasks.py
    def deliver(at: datetime) -> str:
        ...
        return "12 sent"

A job is a row; `run_due` claims it by compare-and-set and leaves a run behind. What was missed
while nobody was up is caught up by one run that says how many times it stands for.
"""

import logging
import time as stopwatch
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from alongside.kernel.ids import new_id
from alongside.kernel.models import JobRun, PeriodicJob

Work = Callable[[datetime], str]

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """A registered job. `at_most`: after so long without an end, a run counts as dead."""

    name: str
    work: Work
    every: timedelta
    first: time | None
    at_most: timedelta


registry: dict[str, Job] = {}


def periodic(
    name: str, *, every: timedelta, first: time | None = None, at_most: timedelta = timedelta(minutes=10)
) -> Callable[[Work], Work]:
    """Register the decorated function to run each `every`, for the first time at `first` (UTC) or at once.

    It gets the present moment and returns a sentence for the page of runs. It must be safe to run
    again: after a crash half-way, another process starts it anew. Keep it under `at_most`;
    longer work belongs into a task.
    """

    def register(work: Work) -> Work:
        if name in registry:
            raise ValueError(f"{name} is already registered")
        registry[name] = Job(name=name, work=work, every=every, first=first, at_most=at_most)
        return work

    return register


class Clock:
    """One process's hands on the jobs.

    It remembers how long it has seen each holder, by a stopwatch that no change of the system's
    clock can move, and takes over from one that held on for longer than the job may take.
    """

    def __init__(self, stopwatch_seconds: Callable[[], float] = stopwatch.monotonic) -> None:
        self._stopwatch_seconds = stopwatch_seconds
        self._seen: dict[str, tuple[UUID, float]] = {}
        self._mine: set[UUID] = set()

    def run_due(self, *, at: datetime) -> list[JobRun]:
        """Run every job that is due at this moment and free to take; return the runs."""
        runs = [self._run_if_due(job, at) for job in registry.values()]
        return [run for run in runs if run]

    def _run_if_due(self, job: Job, at: datetime) -> JobRun | None:
        row = _row_of(job, at)
        if not is_due(row, at=at) or not self._may_take(job, row, at):
            return None
        run = _claim(row, at=at)
        if run:
            self._mine.add(run.pk)
            _do(job, run, at)
            self._mine.discard(run.pk)
        return run

    def _may_take(self, job: Job, row: PeriodicJob, at: datetime) -> bool:
        # Held by a run of our own whose end could not be written, the database being away.
        if row.held_by is None or row.held_by in self._mine:
            return True
        holder, since = self._seen.get(job.name, (None, 0.0))
        if holder != row.held_by:
            self._seen[job.name] = (row.held_by, self._stopwatch_seconds())
            since = self._stopwatch_seconds()
        watched_too_long = self._stopwatch_seconds() - since > job.at_most.total_seconds()
        # For processes too short-lived to watch: the margin outlasts any change of the hour.
        held_since = row.held_since or at
        return watched_too_long or at - held_since > job.at_most + timedelta(hours=2)


def is_due(row: PeriodicJob, *, at: datetime) -> bool:
    """True when its time has come, or when it lies so far ahead that the clock must have been wrong."""
    too_far_ahead = row.every + min(row.every, timedelta(hours=2))
    return row.next_due_at <= at or row.next_due_at > at + too_far_ahead


def _row_of(job: Job, at: datetime) -> PeriodicJob:
    seconds = int(job.every.total_seconds())
    row = PeriodicJob.objects.filter(pk=job.name).first()
    if row is None:
        PeriodicJob.objects.bulk_create(
            [PeriodicJob(name=job.name, every_seconds=seconds, next_due_at=_first_due(job, at))],
            ignore_conflicts=True,
        )
        row = PeriodicJob.objects.get(pk=job.name)
    if row.every_seconds != seconds:
        PeriodicJob.objects.filter(pk=job.name).update(every_seconds=seconds)
        row.every_seconds = seconds
    return row


def _first_due(job: Job, at: datetime) -> datetime:
    if job.first is None:
        return at
    due = at.replace(hour=job.first.hour, minute=job.first.minute, second=0, microsecond=0)
    return due if due >= at else due + timedelta(days=1)


@transaction.atomic
def _claim(row: PeriodicJob, *, at: datetime) -> JobRun | None:
    """Take the job from the holder and for the time that `row` shows, or lose to a faster process."""
    run_id = new_id()
    taken = PeriodicJob.objects.filter(pk=row.pk, held_by=row.held_by, next_due_at=row.next_due_at).update(
        held_by=run_id, held_since=at
    )
    if not taken:
        return None
    JobRun.objects.filter(job=row, ended_at=None).update(ended_at=at, error="stopped before its end")
    due_at = min(row.next_due_at, at)
    return JobRun.objects.create(pk=run_id, job=row, due_at=due_at, started_at=at, missed=(at - due_at) // row.every)


def _do(job: Job, run: JobRun, at: datetime) -> None:
    began = stopwatch.monotonic()
    try:
        run.outcome = job.work(at)
    except Exception as fault:
        # One job's fault must not stop the others; it is logged in full and shown on the page of runs.
        logger.exception("periodic job %s failed", job.name)
        run.error = f"{type(fault).__name__}: {fault}"[:500]
    run.ended_at = at + timedelta(seconds=stopwatch.monotonic() - began)
    _release(job, run)


@transaction.atomic
def _release(job: Job, run: JobRun) -> None:
    """Write the end of the run, unless another process has given it up for dead and taken over."""
    next_due_at = run.due_at + (run.missed + 1) * job.every
    still_ours = PeriodicJob.objects.filter(pk=job.name, held_by=run.pk).update(
        held_by=None, held_since=None, next_due_at=next_due_at
    )
    if still_ours:
        JobRun.objects.filter(pk=run.pk).update(ended_at=run.ended_at, outcome=run.outcome, error=run.error)


def forget_old_runs(*, before: datetime) -> int:
    """Delete runs that started before a moment; return how many."""
    deleted, _ = JobRun.objects.filter(started_at__lt=before).exclude(ended_at=None).delete()
    return deleted
