"""The clock: each time due happens once, whatever stops a process or moves the system's clock."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from alongside.kernel import jobs
from alongside.kernel.db import empty_the_log
from alongside.kernel.ids import new_id
from alongside.kernel.models import JobRun, PeriodicJob

NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)

Register = Callable[..., list[datetime]]


class Stopwatch:
    """Seconds that pass only when a test says so."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def rung(monkeypatch: pytest.MonkeyPatch) -> Register:
    """`rung(every=...)` registers a bell as the only job; the list fills with the times it rang."""
    monkeypatch.setattr(jobs, "registry", {})

    def register(every: timedelta, **more: timedelta | time | None) -> list[datetime]:
        times: list[datetime] = []

        @jobs.periodic("tower.bell", every=every, **more)  # type: ignore[arg-type]
        def ring(at: datetime) -> str:
            times.append(at)
            return "rung"

        return times

    return register


def bell() -> PeriodicJob:
    return PeriodicJob.objects.get(pk="tower.bell")


@pytest.mark.django_db
def test_a_job_runs_when_it_is_due_and_not_before(rung: Register) -> None:
    times = rung(every=HOUR)
    clock = jobs.Clock()

    for minutes in (0, 1, 59, 60, 61):
        clock.run_due(at=NOON + minutes * MINUTE)

    assert times == [NOON, NOON + HOUR]


@pytest.mark.django_db
def test_a_daily_job_waits_for_its_first_time(rung: Register) -> None:
    times = rung(every=timedelta(days=1), first=time(3, 30))
    clock = jobs.Clock()

    for hours in range(24):
        clock.run_due(at=NOON + hours * HOUR)

    assert times == [NOON + timedelta(hours=16)]
    assert JobRun.objects.get().due_at == datetime(2026, 3, 4, 3, 30, tzinfo=UTC)


@pytest.mark.django_db
def test_missed_times_are_caught_up_by_one_run_that_counts_them(rung: Register) -> None:
    times = rung(every=HOUR)
    jobs.Clock().run_due(at=NOON)

    late = NOON + timedelta(hours=5, minutes=20)
    run = jobs.Clock().run_due(at=late)[0]

    assert times == [NOON, late]
    assert (run.due_at, run.missed) == (NOON + HOUR, 4)
    assert bell().next_due_at == NOON + timedelta(hours=6)


@pytest.mark.django_db
def test_a_fault_is_written_down_and_the_next_time_comes(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(jobs, "registry", {})

    @jobs.periodic("tower.crack", every=HOUR)
    def crack(at: datetime) -> str:
        raise ZeroDivisionError("the bell cracked")

    jobs.Clock().run_due(at=NOON)
    jobs.Clock().run_due(at=NOON + HOUR)

    errors = list(JobRun.objects.in_trouble().values_list("error", flat=True))
    assert errors == ["ZeroDivisionError: the bell cracked"] * 2
    assert "tower.crack failed" in caplog.text


@pytest.mark.django_db
def test_a_job_in_another_process_is_left_alone(rung: Register) -> None:
    times = rung(every=HOUR)
    jobs.Clock().run_due(at=NOON)
    PeriodicJob.objects.update(held_by=new_id(), held_since=NOON + HOUR)

    jobs.Clock().run_due(at=NOON + HOUR)

    assert times == [NOON]


@pytest.mark.django_db
def test_a_run_that_died_is_taken_over_after_watching_it_long_enough(rung: Register) -> None:
    times = rung(every=HOUR, at_most=5 * MINUTE)
    row = PeriodicJob.objects.create(name="tower.bell", every_seconds=3600, next_due_at=NOON)
    dead = JobRun.objects.create(job=row, due_at=NOON, started_at=NOON)
    PeriodicJob.objects.update(held_by=dead.pk, held_since=NOON)
    stopwatch = Stopwatch()
    clock = jobs.Clock(stopwatch)

    clock.run_due(at=NOON)
    stopwatch.seconds = 301
    clock.run_due(at=NOON + 6 * MINUTE)

    assert times == [NOON + 6 * MINUTE]
    dead.refresh_from_db()
    assert dead.error == "stopped before its end"
    assert bell().held_by is None


@pytest.mark.django_db
def test_a_system_clock_set_forward_by_an_hour_takes_no_job_from_a_living_run(rung: Register) -> None:
    times = rung(every=MINUTE, at_most=5 * MINUTE)
    PeriodicJob.objects.create(name="tower.bell", every_seconds=60, next_due_at=NOON, held_by=new_id(), held_since=NOON)
    stopwatch = Stopwatch()
    clock = jobs.Clock(stopwatch)

    clock.run_due(at=NOON)
    stopwatch.seconds = 10
    clock.run_due(at=NOON + HOUR)

    assert times == []


@pytest.mark.django_db
def test_a_process_too_short_to_watch_takes_over_after_hours(rung: Register) -> None:
    times = rung(every=MINUTE, at_most=5 * MINUTE)
    PeriodicJob.objects.create(name="tower.bell", every_seconds=60, next_due_at=NOON, held_by=new_id(), held_since=NOON)

    jobs.Clock().run_due(at=NOON + 3 * HOUR)

    assert times == [NOON + 3 * HOUR]


@pytest.mark.parametrize(
    ("every", "rings"),
    [
        pytest.param(timedelta(seconds=10), 2, id="every ten seconds goes on at once"),
        pytest.param(timedelta(days=1), 1, id="daily is not done twice"),
    ],
)
@pytest.mark.django_db
def test_a_system_clock_an_hour_fast_and_then_put_right_does_no_harm(
    rung: Register, every: timedelta, rings: int
) -> None:
    times = rung(every=every)
    clock = jobs.Clock()
    clock.run_due(at=NOON + HOUR)

    clock.run_due(at=NOON + MINUTE)

    assert len(times) == rings


@pytest.mark.django_db
def test_the_database_refuses_two_runs_of_a_job_at_a_time() -> None:
    row = PeriodicJob.objects.create(name="tower.bell", every_seconds=60, next_due_at=NOON)
    JobRun.objects.create(job=row, due_at=NOON, started_at=NOON)

    with pytest.raises(IntegrityError), transaction.atomic():
        JobRun.objects.create(job=row, due_at=NOON + HOUR, started_at=NOON)


@pytest.mark.django_db
def test_the_database_refuses_two_good_ends_for_one_time() -> None:
    row = PeriodicJob.objects.create(name="tower.bell", every_seconds=60, next_due_at=NOON)
    JobRun.objects.create(job=row, due_at=NOON, started_at=NOON, ended_at=NOON)

    with pytest.raises(IntegrityError), transaction.atomic():
        JobRun.objects.create(job=row, due_at=NOON, started_at=NOON, ended_at=NOON)


def test_four_clocks_at_once_run_each_time_once(committed_db: None, rung: Register) -> None:
    times = rung(every=HOUR)
    start = Barrier(4)

    def process() -> None:
        clock = jobs.Clock()
        for hour in range(3):
            start.wait()
            clock.run_due(at=NOON + hour * HOUR)
        connections.close_all()

    threads = [Thread(target=process) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(times) == [NOON, NOON + HOUR, NOON + 2 * HOUR]
    assert JobRun.objects.count() == 3


def test_the_command_runs_what_is_due_once_and_ends(committed_db: None, rung: Register) -> None:
    times = rung(every=HOUR)

    call_command("clock", "--once")

    assert len(times) == 1


@pytest.mark.sqlite_only
def test_the_command_leaves_nothing_in_the_log_of_sqlite_though_connections_stay_open(
    committed_db: None, rung: Register
) -> None:
    log = Path(f"{connection.settings_dict['NAME']}-wal")
    rung(every=HOUR)

    call_command("clock", "--once")
    JobRun.objects.all().delete()
    assert log.stat().st_size > 0
    call_command("clock", "--once")

    assert log.stat().st_size == 0
    assert connection.settings_dict["CONN_MAX_AGE"] > 0


@pytest.mark.sqlite_only
def test_nobody_waits_for_the_log_while_somebody_reads(committed_db: None, rung: Register) -> None:
    rung(every=HOUR)
    call_command("clock", "--once")
    with closing(sqlite3.connect(str(connection.settings_dict["NAME"]))) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM kernel_jobrun").fetchone()
        JobRun.objects.all().delete()

        with CaptureQueriesContext(connection) as asked:
            empty_the_log()

    assert "PRAGMA busy_timeout=0" in asked[1]["sql"]
    assert "wal_checkpoint" in asked[2]["sql"]
    assert connection.cursor().execute("PRAGMA busy_timeout").fetchone() == (5000,)


@pytest.mark.django_db
def test_old_runs_are_forgotten_and_running_ones_kept(rung: Register) -> None:
    rung(every=HOUR)
    jobs.Clock().run_due(at=NOON)
    JobRun.objects.create(job=bell(), due_at=NOON, started_at=NOON)

    assert jobs.forget_old_runs(before=NOON + MINUTE) == 1
    assert JobRun.objects.count() == 1
