"""Offers and requests: put up, changed, paused, closed, and told of before they end."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.kernel import activity, undo
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people import undoing
from alongside.people.models import Community, Membership, Person
from alongside.strengths import letters
from alongside.strengths.models import Listing

# How long a listing stays when nobody says otherwise, and how early its owner hears of the end.
STAYS = timedelta(days=90)
TELL_BEFORE_END = timedelta(days=7)

# What a form may set; whose it is, who keyed it in and when come from elsewhere.
DETAILS = frozenset(
    {
        "title", "description", "category", "area", "where", "urgency", "size",
        "minutes", "week", "languages", "open_until",
    }
)  # fmt: skip


class ListingNotOpen(Refusal):
    """The offer or request is closed, paused or past its last day; `open_until` is that day."""

    def __init__(self, *, open_until: date) -> None:
        super().__init__(f"not open; its last day is {open_until}")
        self.open_until = open_until


@transaction.atomic
def put_up(
    *,
    membership: Membership,
    kind: str,
    by: Person,
    at: datetime,
    key: UUID,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
    **details: Any,
) -> Listing:
    """Put up an offer or a request of `membership`; `details` are those of DETAILS.

    The same `key` again returns the listing of the first time. `by` is who keyed it in; the
    listing is the member's, whoever that was.
    """
    _only_details(details)
    made = {"kind": kind, "made_at": at, "changed_at": at, "keyed_by": by, "channel": channel, **details}
    listing: Listing
    listing, is_new = Listing.objects.get_or_create(
        community=membership.community, membership=membership, key=key, defaults=made
    )
    if is_new:
        _log("strengths.listed", listing, by, at, on_behalf_of, channel)
    return listing


@transaction.atomic
def change(
    *,
    listing: Listing,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
    **details: Any,
) -> Listing:
    """Change what a listing says. A later last day opens an ended listing again."""
    _only_details(details)
    for name, value in details.items():
        setattr(listing, name, value)
    if "open_until" in details and details["open_until"] != listing.told_of_end_on:
        listing.told_of_end_on = None
    listing.changed_at = at
    # These alone: whether it was paused or closed meanwhile stays as it is.
    listing.save(update_fields=[*details, "told_of_end_on", "changed_at"])
    _log("strengths.listing_changed", listing, by, at, on_behalf_of, channel)
    return listing


@transaction.atomic
def pause(
    *, listing: Listing, by: Person, at: datetime, on_behalf_of: Person | None = None, channel: str = Channel.WEB
) -> None:
    """Take a listing out of the list for a while; pausing a paused one changes nothing.

    `by` may take it back for ten seconds, as with `resume`, `close` and `keep_open`.
    """
    _mark(listing, {"paused_at": at}, "strengths.listing_paused", by, at, on_behalf_of, channel)


@transaction.atomic
def resume(
    *, listing: Listing, by: Person, at: datetime, on_behalf_of: Person | None = None, channel: str = Channel.WEB
) -> None:
    """Put a paused listing back into the list."""
    _mark(listing, {"paused_at": None}, "strengths.listing_resumed", by, at, on_behalf_of, channel)


@transaction.atomic
def close(
    *, listing: Listing, by: Person, at: datetime, on_behalf_of: Person | None = None, channel: str = Channel.WEB
) -> None:
    """Take a listing down for good. What came of it stays."""
    _mark(listing, {"closed_at": at}, "strengths.listing_closed", by, at, on_behalf_of, channel)


@transaction.atomic
def keep_open(
    *,
    listing: Listing,
    today: date,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> None:
    """Let a listing stay for another STAYS, counted from today."""
    longer = {"open_until": today + STAYS, "told_of_end_on": None}
    _mark(listing, longer, "strengths.listing_kept_open", by, at, on_behalf_of, channel)


def refuse_unless_open(listing: Listing, *, on: date) -> None:
    """Raise ListingNotOpen unless people may answer the listing on that day."""
    if not listing.is_open_on(on):
        raise ListingNotOpen(open_until=listing.open_until)


def tell_of_ends(*, community: Community, at: datetime) -> int:
    """Tell owners whose listing ends within TELL_BEFORE_END, once for each last day; return how many."""
    today = community.day_of(at)
    ending = (
        Listing.objects.of(community)
        .open_on(today)
        .filter(open_until__lte=today + TELL_BEFORE_END, told_of_end_on=None)
        .with_people()
        .select_related("community")
    )
    return sum(_tell_of_end(listing, at=at) for listing in ending)


@transaction.atomic
def _tell_of_end(listing: Listing, *, at: datetime) -> bool:
    still_untold = Listing.objects.of(listing.community).filter(pk=listing.pk, told_of_end_on=None)
    if not still_untold.update(told_of_end_on=listing.open_until):
        return False
    letters.listing_ends(listing, at=at)
    activity.log(did="strengths.listing_end_told", about_what=listing, by_id=None, at=at)
    return True


def _mark(
    listing: Listing,
    marks: dict[str, date | None],
    did: str,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None,
    channel: str,
) -> None:
    marks = {**marks, "changed_at": at}
    stands = Listing.objects.of(listing.community).select_for_update(no_key=True).get(pk=listing.pk)
    before = {name: getattr(stands, name) for name in marks}
    for name, value in marks.items():
        setattr(listing, name, value)
    listing.save(update_fields=list(marks))
    _log(did, listing, by, at, on_behalf_of, channel)
    told = {name: value.isoformat() if value else None for name, value in before.items()}
    undoing.offer("strengths.mark_listing", listing, by=by, at=at, before=told)


@undo.inverse("strengths.mark_listing")
def take_mark_back(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """The listing stands as before. Raises SomeoneElseWasFaster when it was changed since, or its owner has left."""
    as_left = Listing.objects.filter(pk=args["row"], changed_at=undoing.moment_of(args))
    listing = as_left.select_related("membership").first()
    if listing is None:
        raise SomeoneElseWasFaster
    undoing.refuse_unless_here(listing.community_id, listing.membership_id)
    undoing.bring_back(as_left, **args["before"])
    whose = listing.membership.person_id
    undoing.log("strengths.listing_mark_undone", listing, by=by, at=at, whose=whose)


def _only_details(details: Iterable[str]) -> None:
    if unknown := set(details) - DETAILS:
        raise TypeError(f"not a detail of a listing: {', '.join(sorted(unknown))}")


def _log(did: str, listing: Listing, by: Person, at: datetime, on_behalf_of: Person | None, channel: str) -> None:
    activity.log(
        did=did,
        about_what=listing,
        by_id=by.pk,
        at=at,
        on_behalf_of_id=on_behalf_of.pk if on_behalf_of else None,
        channel=channel,
    )
