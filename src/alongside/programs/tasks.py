"""What the clock does in this room."""

import logging
from datetime import datetime, timedelta

from alongside.kernel.jobs import periodic
from alongside.programs import actions

logger = logging.getLogger(__name__)


@periodic("programs.adopt", every=timedelta(minutes=1))
def adopt_missed(at: datetime) -> str:
    """Bring into force what was decided about designs while nobody was up to act on it.

    One that cannot be is written to the log and tried again; the others do not wait for it.
    """
    adopted = 0
    for decision in actions.missed():
        try:
            adopted += actions.adopt(decision=decision, at=at) is not None
        except Exception:
            logger.exception("decision %s about a design could not be carried out", decision.pk)
    return f"{adopted} adopted"


@periodic("programs.remind", every=timedelta(minutes=10))
def remind(at: datetime) -> str:
    """Remind people of sessions that start within a day, once."""
    return f"{actions.remind_due(at=at)} reminded"


@periodic("programs.fill", every=timedelta(hours=6))
def fill(at: datetime) -> str:
    """Sessions for the gatherings that have come within reach since."""
    return f"{actions.fill_open_cohorts()} added"


@periodic("programs.let_in", every=timedelta(hours=1))
def let_in(at: datetime) -> str:
    """Those who wait for a run come into the next one once the one before has begun."""
    return f"{actions.let_in_waiting(at=at)} let in"


@periodic("programs.barriers", every=timedelta(hours=1))
def remind_of_barriers(at: datetime) -> str:
    """Tell who looks after a barrier when it is time to look again."""
    return f"{actions.remind_of_barriers(at=at)} reminded of"


@periodic("programs.terms", every=timedelta(hours=1))
def end_terms(at: datetime) -> str:
    """Free the seats whose term is over, and tell those whose term ends soon."""
    return f"{actions.end_terms(at=at)} over, {actions.tell_of_ends(at=at)} told"
