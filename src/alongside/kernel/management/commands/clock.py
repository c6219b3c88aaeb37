"""`alongside clock`: run what the house does by itself, each time once, until told to stop."""

import logging
import signal
from argparse import ArgumentParser
from collections.abc import Iterable
from threading import Event
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections, connections

from alongside.kernel import clock, jobs
from alongside.kernel.db import empty_the_log
from alongside.kernel.models import JobRun

logger = logging.getLogger("alongside.clock")

# The shortest job repeats every ten seconds.
_SECONDS_BETWEEN_LOOKS = 2.0


class Command(BaseCommand):
    help = "Run the periodic jobs as they fall due. Any number of these may run; each job runs once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="run what is due now, and end")

    def handle(self, *, once: bool, **options: Any) -> None:
        stopping = Event()
        if not once:
            _end_gently(stopping)
        hands = jobs.Clock()
        while True:
            self._run_due(hands)
            if once or stopping.wait(_SECONDS_BETWEEN_LOOKS):
                return

    def _run_due(self, hands: jobs.Clock) -> None:
        close_old_connections()
        try:
            self._tell(hands.run_due(at=clock.now()))
            empty_the_log()
        except (OperationalError, InterfaceError) as error:
            # The database is away or busy; what is due stays due.
            logger.warning("The clock could not reach the database (%s) and tries again.", error)
            connections.close_all()

    def _tell(self, runs: Iterable[JobRun]) -> None:
        for run in runs:
            if run.error:
                self.stderr.write(f"{run.job_id}: {run.error}")
            else:
                logger.info("%s: %s", run.job_id, run.outcome)


def _end_gently(stopping: Event) -> None:
    """On SIGTERM or SIGINT, finish the job at hand and leave."""

    def stop(signum: int, frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
