"""What the clock does in this room."""

from datetime import datetime, timedelta

from alongside.kernel.jobs import periodic
from alongside.people.models import Community
from alongside.strengths import actions


@periodic("strengths.exchanges", every=timedelta(minutes=10))
def look_after_exchanges(at: datetime) -> str:
    """Confirm by silence, let lapse what nobody came back to, and remind."""
    confirmed = actions.confirm_by_silence(at=at)
    lapsed = actions.let_lapse(at=at)
    reminded = actions.remind(at=at)
    return f"{confirmed} confirmed, {lapsed} ran out, {reminded} reminded"


@periodic("strengths.listings", every=timedelta(hours=1))
def look_after_listings(at: datetime) -> str:
    """Tell people before their offers and requests end; each community has its own midnight."""
    told = sum(actions.tell_of_ends(community=community, at=at) for community in Community.objects.iterator())
    return f"{told} told"


@periodic("strengths.queue", every=timedelta(days=1))
def tidy_queue(at: datetime) -> str:
    """Free what coordinators took from the queue and forgot."""
    return f"{actions.forget_old_claims(at=at)} freed"
