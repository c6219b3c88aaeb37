"""Long work: started from a page, done by the worker, watched on a page that may be left.

@progress.long_work("interop.import")                     # beside the task, at import
def read_files(report: Reporter, *, upload: str) -> Result:
    for number, row in enumerate(rows):
        report(number, len(rows), _("Read %(n)s rows") % {"n": number})
    return Result(words=..., link=...)

watched = progress.begin(work="interop.import", args={"upload": ...}, title=..., ...)
return redirect("notices:progress", watched.pk)
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import translation
from django_tasks import task

from alongside.kernel import clock
from alongside.kernel.errors import Refusal
from alongside.kernel.models import Progress

# Silent for this long means the worker has most likely gone.
SILENT_AFTER = timedelta(minutes=10)
_SECONDS_BETWEEN_REPORTS = 0.5

logger = logging.getLogger(__name__)


class WorkStopped(Refusal):
    """Long work that cannot go on; `words` tell the person why and what to do, in their language."""

    def __init__(self, *, words: str) -> None:
        super().__init__(words)
        self.words = words


@dataclass(frozen=True)
class Result:
    """How long work ended: a sentence for the person, and where to look (a relative address)."""

    words: str
    link: str = ""


class Reporter:
    """Tells how far the work is. Cheap to call for every row: it writes twice a second at most.

    Inside a transaction nobody else could see the report, and on SQLite it would have to wait
    for itself, so it is not written there. Say what is about to happen before opening one.
    """

    def __init__(self, progress_id: UUID) -> None:
        self._progress_id = progress_id
        self._last = 0.0

    def __call__(self, done: int, total: int, words: str) -> None:
        """Report `done` of `total` steps and what is going on, such as "Matching 40 of 100 requests"."""
        monotonic = time.monotonic()
        first_or_last = done in (0, total)
        if transaction.get_connection().in_atomic_block or (
            not first_or_last and monotonic - self._last < _SECONDS_BETWEEN_REPORTS
        ):
            return
        self._last = monotonic
        _write(self._progress_id, done=min(done, total), total=total, words=words[:300])


Work = Callable[..., Result]

_works: dict[str, Work] = {}


def long_work(name: str) -> Callable[[Work], Work]:
    """Register the decorated function as long work called `name` ("room.noun")."""

    def register(work: Work) -> Work:
        if name in _works:
            raise ValueError(f"{name} is already registered")
        _works[name] = work
        return work

    return register


def begin(
    *, work: str, args: dict[str, Any], title: str, person_id: UUID, community_id: UUID | None, at: datetime
) -> Progress:
    """Hand `work` to the worker and return the row to watch. `args` must fit into JSON.

    The work runs in the language that is active now.
    """
    if work not in _works:
        raise ValueError(f"{work} is not registered")
    progress = Progress.objects.create(
        work=work,
        args=args,
        title=title,
        person_id=person_id,
        community_id=community_id,
        made_at=at,
        heard_at=at,
    )
    # The task is a row too: it appears when the caller's transaction does, or not at all.
    do_work.enqueue(str(progress.pk), translation.get_language() or "en")
    return progress


@task()
def do_work(progress_id: str, language: str) -> None:
    """Do registered work and write down how it ended, well or badly."""
    claimed = Progress.objects.filter(pk=progress_id, state=Progress.State.WAITING)
    if not claimed.update(state=Progress.State.RUNNING, heard_at=clock.now()):
        return
    progress = Progress.objects.get(pk=progress_id)
    with translation.override(language):
        try:
            result = _works[progress.work](Reporter(progress.pk), **progress.args)
        except WorkStopped as stopped:
            _write(progress.pk, state=Progress.State.FAILED, words=stopped.words[:300])
        except BaseException:
            # The person is told that it failed; the fault itself stays loud in the worker's log.
            _write(progress.pk, state=Progress.State.FAILED, words="")
            raise
        else:
            ended = {"words": result.words[:300], "result_url": result.link}
            _write(progress.pk, state=Progress.State.DONE, done=F("total"), **ended)


def has_gone_silent(progress: Progress, *, at: datetime) -> bool:
    """True when nothing was heard of unfinished work for ten minutes."""
    return not progress.is_over and at - progress.heard_at > SILENT_AFTER


def forget_old(*, before: datetime) -> int:
    """Delete watched work begun before a moment; return how many."""
    deleted, _ = Progress.objects.filter(made_at__lt=before).delete()
    return deleted


def _write(progress_id: UUID, **fields: Any) -> None:
    Progress.objects.filter(pk=progress_id).update(heard_at=clock.now(), **fields)
