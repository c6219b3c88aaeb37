"""Calendar addresses are made, shown once, and ended at once."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from alongside.gatherings.actions.deeds import Deed
from alongside.gatherings.models import Feed
from alongside.kernel.errors import Refusal
from alongside.people.models import Community, Membership, Person

MOST_FEEDS = 10


class EnoughFeeds(Refusal):
    """So many addresses nobody can tell apart: end one first."""


@dataclass(frozen=True)
class NewFeed:
    """A feed, and its secret, which is shown this once and kept nowhere."""

    feed: Feed
    secret: str


@transaction.atomic
def make_feed(
    *,
    community: Community,
    membership: Membership | None,
    by: Person,
    at: datetime,
    name: str = "",
    shows_titles: bool = False,
) -> NewFeed:
    """Make an address for a member's own bookings, or (without a member) for what is public. Raises EnoughFeeds."""
    rows = Feed.objects.of(community).live().filter(membership=membership)
    if rows.count() >= MOST_FEEDS:
        raise EnoughFeeds
    secret = secrets.token_urlsafe(32)
    feed: Feed = Feed.objects.create(
        community=community, membership=membership, secret_hash=hashed(secret), secret_end=secret[-4:],
        name=name.strip(), shows_titles=shows_titles or membership is None, made_by=by, made_at=at,
    )  # fmt: skip
    Deed(by, at).log("gatherings.feed_made", feed)
    return NewFeed(feed, secret)


@transaction.atomic
def end_feed(*, feed: Feed, by: Person, at: datetime) -> Feed:
    """End an address: from now on nobody reads anything there. Again it changes nothing."""
    if Feed.objects.of(feed.community).live().filter(pk=feed.pk).update(ended_at=at):
        Deed(by, at).log("gatherings.feed_ended", feed)
    feed.refresh_from_db()
    return feed


def hashed(secret: str) -> str:
    """What is kept of a secret. It is long and random, so that one round is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()
