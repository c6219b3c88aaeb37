"""Long work: begun on a page, done by the worker, watched as it goes."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import translation

from alongside.kernel import progress
from alongside.kernel.ids import new_id
from alongside.kernel.models import Progress
from alongside.kernel.progress import Reporter, Result, WorkStopped

NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
AMINA = new_id()


@pytest.fixture(autouse=True)
def works(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three kinds of long work: one ends well, one is refused, one has a fault."""
    monkeypatch.setattr(progress, "_works", {})

    @progress.long_work("jam.boil")
    def boil(report: Reporter, *, jars: int) -> Result:
        for jar in range(jars + 1):
            report(jar, jars, f"Boiled {jar} of {jars} jars")
        return Result(words=translation.get_language() or "", link="/jam/")

    @progress.long_work("jam.refuse")
    def refuse(report: Reporter) -> Result:
        raise WorkStopped(words="There is no sugar.")

    @progress.long_work("jam.burn")
    def burn(report: Reporter) -> Result:
        raise ZeroDivisionError


def begin(work: str, **args: int) -> Progress:
    return progress.begin(work=work, args=args, title="Jam", person_id=AMINA, community_id=None, at=NOON)


def do_all_work() -> None:
    call_command("work", "--once", verbosity=0)


def test_work_ends_well_with_words_and_a_link_in_the_language_it_was_asked_in(committed_db: None) -> None:
    with translation.override("es"):
        begun = begin("jam.boil", jars=3)

    do_all_work()

    begun.refresh_from_db()
    assert (begun.state, begun.words, begun.result_url) == (Progress.State.DONE, "es", "/jam/")


def test_work_that_is_refused_tells_why(committed_db: None) -> None:
    begun = begin("jam.refuse")

    do_all_work()

    begun.refresh_from_db()
    assert (begun.state, begun.words) == (Progress.State.FAILED, "There is no sugar.")


def test_a_fault_shows_as_failed_and_not_as_its_inside(committed_db: None) -> None:
    begun = begin("jam.burn")

    do_all_work()

    begun.refresh_from_db()
    assert (begun.state, begun.words) == (Progress.State.FAILED, "")


def test_each_step_shows_while_the_work_goes_on(committed_db: None) -> None:
    begun = begin("jam.boil", jars=3)
    report = Reporter(begun.pk)

    report(0, 3, "Boiled 0 of 3 jars")

    begun.refresh_from_db()
    assert (begun.done, begun.total, begun.words) == (0, 3, "Boiled 0 of 3 jars")


def test_the_worker_leaves_finished_work_full(committed_db: None) -> None:
    begun = begin("jam.boil", jars=3)

    do_all_work()

    begun.refresh_from_db()
    assert (begun.done, begun.total, begun.state) == (3, 3, Progress.State.DONE)


def test_work_asked_for_twice_is_done_once(committed_db: None) -> None:
    begun = begin("jam.boil", jars=3)
    do_all_work()
    Progress.objects.update(words="kept")

    progress.do_work.call(str(begun.pk), "en")

    begun.refresh_from_db()
    assert begun.words == "kept"


@pytest.mark.parametrize(
    ("minutes", "state", "silent"),
    [
        pytest.param(9, Progress.State.RUNNING, False, id="slow is not silent"),
        pytest.param(11, Progress.State.RUNNING, True, id="nothing heard for eleven minutes"),
        pytest.param(11, Progress.State.DONE, False, id="over is not silent"),
    ],
)
def test_silence_is_told_from_slowness(minutes: int, state: str, silent: bool) -> None:
    watched = Progress(state=state, heard_at=NOON)

    assert progress.has_gone_silent(watched, at=NOON + timedelta(minutes=minutes)) is silent
