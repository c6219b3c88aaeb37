"""What the clock does about those who lead sessions."""

import logging
from datetime import datetime, timedelta

from alongside.kernel.jobs import periodic
from alongside.programs import actions

logger = logging.getLogger(__name__)


@periodic("programs.leaders", every=timedelta(hours=1))
def keep_leaders(at: datetime) -> str:
    """Take out of sessions that lie ahead whoever leads no more, and ask those who could.

    A program that cannot be looked at is written to the log; the others do not wait for it.
    """
    done = 0
    for program, design in actions.with_leaders():
        try:
            done += actions.keep_leaders(program, design, at=at)
        except Exception:
            logger.exception("the leaders of program %s could not be looked at", program.pk)
    return f"{done} taken out or asked"
