"""What the clock does on pathways."""

import logging
from datetime import datetime, timedelta

from alongside.kernel.jobs import periodic
from alongside.programs import actions

logger = logging.getLogger(__name__)


@periodic("programs.pathways", every=timedelta(hours=3))
def keep_pathways(at: datetime) -> str:
    """Offer steps to who has what they ask, and tell people whose step lapses or is current again.

    A program that cannot be looked at is written to the log; the others do not wait for it.
    """
    done = 0
    for program, design in actions.with_pathways():
        try:
            done += actions.keep_pathway(program, design, at=at)
        except Exception:
            logger.exception("the pathway of program %s could not be looked at", program.pk)
    return f"{done} offered or told"
