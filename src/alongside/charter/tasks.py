"""What the clock does in this room."""

import logging
from datetime import datetime, timedelta

from alongside.charter import actions
from alongside.kernel.jobs import periodic

logger = logging.getLogger(__name__)


@periodic("charter.adopt", every=timedelta(minutes=1))
def adopt_missed(at: datetime) -> str:
    """Set what was decided about the rules while nobody was up to act on it.

    One that cannot be set is written to the log and tried again; the others do not wait for it.
    """
    adopted = 0
    for decision in actions.missed():
        try:
            adopted += actions.adopt(decision=decision, at=at) is not None
        except Exception:
            logger.exception("decision %s about the rules could not be carried out", decision.pk)
    return f"{adopted} adopted"
