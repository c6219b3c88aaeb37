"""People hear before a check of theirs runs out, and when it has; rooms above hear that they are out of the pool."""

from datetime import datetime, timedelta

from django.db import transaction

from alongside.kernel import activity
from alongside.safeguarding import letters
from alongside.safeguarding.actions.checks import tell_rooms_above
from alongside.safeguarding.models import Ending
from alongside.safeguarding.pool import Running


@transaction.atomic
def tell_of_ending(*, running: Running, at: datetime) -> bool:
    """Tell the person of the end of their checks of a kind, before and after once each; False when that was done."""
    community = running.kind.community
    ending, _ = Ending.objects.get_or_create(
        community=community, person=running.person, kind=running.kind, last_day=running.last_day
    )
    moment = "over_told_at" if running.over else "soon_told_at"
    mine = Ending.objects.of(community).filter(pk=ending.pk, **{moment: None}).update(**{moment: at})
    if not mine:
        return False
    activity.log(did="safeguarding.ending_told", about_what=ending, by_id=None, at=at)
    letters.check_ends(running, at=at)
    if running.over:
        tell_rooms_above(running.person, running.kind, on=running.last_day + timedelta(days=1))
    return True
