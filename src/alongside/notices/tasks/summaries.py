"""Daily summaries, for people who want one e-mail a day."""

from datetime import datetime
from zoneinfo import ZoneInfo

from alongside.notices import actions
from alongside.notices.models import Delivery
from alongside.people.models import Community, Person

READY_FROM_HOUR = 8


def make_due(*, at: datetime) -> int:
    """Make the summary of the day for everybody whose morning it is; return how many."""
    count = 0
    for community in Community.objects.filter(pk__in=Delivery.objects.gathering(at=at).values("community")):
        there = at.astimezone(ZoneInfo(community.time_zone))
        if there.hour < READY_FROM_HOUR:
            continue
        waiting = Delivery.objects.of(community).gathering(at=at)
        for person in Person.objects.filter(pk__in=waiting.values("notice__person")):
            made = actions.summarise(person=person, community=community, day=there.date(), at=at)
            count += made is not None
    return count
