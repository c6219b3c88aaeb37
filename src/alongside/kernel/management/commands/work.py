"""`alongside work`: do the tasks that pages have left behind, one after the other, until told to stop."""

import logging
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, connections

logger = logging.getLogger("alongside.work")

_SECONDS_BEFORE_ANOTHER_TRY = 2.0


class Command(BaseCommand):
    help = "Do waiting tasks. Any number of workers may run; each task is done by one of them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what waits now, and end")

    def handle(self, *, once: bool, verbosity: int, **options: Any) -> None:
        while True:
            try:
                call_command("db_worker", batch=once, reload=False, startup_delay=False, verbosity=verbosity)
                return
            except (OperationalError, InterfaceError) as error:
                # The worker gives up when the database is away or busy for long; its tasks stay.
                logger.warning("The worker could not reach the database (%s) and tries again.", error)
                connections.close_all()
                time.sleep(_SECONDS_BEFORE_ANOTHER_TRY)
