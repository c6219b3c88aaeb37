"""What the clock does in this room."""

import logging
from datetime import datetime, timedelta

from alongside.kernel.jobs import periodic
from alongside.people.models import Community
from alongside.safeguarding import actions, pool
from alongside.safeguarding.models import PutTogether

logger = logging.getLogger(__name__)
MOST_AT_ONCE = 2000


@periodic("safeguarding.endings", every=timedelta(hours=1))
def tell_of_endings(at: datetime) -> str:
    """Tell people of checks that run out or have; each community has its own midnight. One fault stops no other."""
    told = 0
    for community in Community.objects.iterator():
        for running in pool.running_out(community, on=community.day_of(at)):
            try:
                told += actions.tell_of_ending(running=running, at=at)
            except Exception:
                logger.exception("the end of a check of kind %s could not be told", running.kind.pk)
    return f"{told} told"


@periodic("safeguarding.compare", every=timedelta(minutes=1))
def compare(at: datetime) -> str:
    """Look at who put themselves together. What comes of it is for the leads alone: no number stands here.

    Nor does a fault, which could tell of a pair: it goes to the log of the server, and the others do not wait for it.
    """
    for row in PutTogether.objects.select_related("community").order_by("at", "pk")[:MOST_AT_ONCE]:
        try:
            actions.compare_put_together(row=row, at=at)
        except Exception:
            logger.exception("who came together could not be compared")
    return "looked"
