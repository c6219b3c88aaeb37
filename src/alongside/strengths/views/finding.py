"""What several pages look up or cut into pages."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from alongside.kernel.channels import Channel
from alongside.kernel.clock import today
from alongside.people.access import MemberRequest, actor, note_refusal, require, subject
from alongside.people.models import Membership, Person, Role
from alongside.people.permissions import Standing, standing_of
from alongside.strengths.models import Exchange, Listing

PAGE_SIZE = 30
DESCRIBE = "strengths.describe"
EXCHANGE = "strengths.exchange"


def find_membership(request: MemberRequest, membership_id: UUID) -> Membership:
    """A current member of this community, or 404."""
    members = Membership.objects.of(request.community).current().select_related("person")
    membership: Membership = get_object_or_404(members, pk=membership_id)
    membership.community = request.community
    return membership


def whose(request: MemberRequest, permission: str) -> Membership:
    """The member a page is about: `?for=` somebody, where `permission` allows it, else oneself."""
    try:
        key = UUID(request.GET.get("for", ""))
    except ValueError:
        return subject(request)
    membership = find_membership(request, key)
    if membership == subject(request):
        return membership
    require(request, permission, _TheirOwn(membership))
    return membership


class _TheirOwn:
    """Something of a member that is not made yet, for asking whether one may make it."""

    def __init__(self, membership: Membership) -> None:
        self.membership_id = membership.pk


def find_listing(request: MemberRequest, listing_id: UUID, permission: str) -> Listing:
    """A listing of this community that this person has `permission` for, or 404 (403 without it)."""
    listings = Listing.objects.of(request.community).with_people()
    listing: Listing = get_object_or_404(listings, pk=listing_id)
    listing.community = request.community
    require(request, permission, listing)
    return listing


def find_exchange(request: MemberRequest, exchange_id: UUID) -> Exchange:
    """An exchange of this community that this person may see, or 404 (403 when it is not theirs)."""
    exchanges = Exchange.objects.of(request.community).with_sides()
    exchange: Exchange = get_object_or_404(exchanges, pk=exchange_id)
    exchange.community = request.community
    require(request, "strengths.see_exchange", exchange)
    return exchange


def page_of(rows: QuerySet[Any], *, before: str, size: int = PAGE_SIZE) -> tuple[list[Any], str]:
    """The page of `rows` (newest first by made_at and id) after the row `before`, and where the next one starts."""
    try:
        edge = rows.filter(pk=UUID(before)).values("made_at", "pk").first()
    except ValueError:
        edge = None
    if edge:
        rows = rows.filter(Q(made_at__lt=edge["made_at"]) | Q(made_at=edge["made_at"], pk__lt=edge["pk"]))
    page = list(rows[: size + 1])
    return page[:size], str(page[size - 1].pk) if len(page) > size else ""


def describing(request: MemberRequest, membership: Membership, *, channel: str = "") -> dict[str, Any]:
    """Who writes a strength or a listing of `membership` down, for whom, and how the word came."""
    if membership == subject(request):
        return actor(request, DESCRIBE)._asdict()
    return {"by": request.user, "on_behalf_of": membership.person, "channel": channel or Channel.IN_PERSON}


def exchanging(request: MemberRequest) -> dict[str, Any]:
    """Who takes a step of their own exchange: oneself, or the member one acts for."""
    return actor(request, EXCHANGE)._asdict()


def lister(request: MemberRequest, ability: str) -> Membership:
    """Whose things a page lists: one's own, or those of whom one acts for with their leave to do `ability`."""
    acting = request.acting_for
    if acting is not None and ability not in acting.abilities:
        note_refusal(request, ability)
        raise PermissionDenied
    return subject(request)


def exchanger(request: MemberRequest) -> Person:
    """Whose exchanges a page lists."""
    person: Person = lister(request, EXCHANGE).person
    return person


def viewpoint(request: MemberRequest) -> Standing:
    """The standing from which exchanges are seen: of the member one exchanges for, else one's own.

    Nobody lends a role with their own exchanges: whoever acts for a coordinator does not coordinate.
    """
    if request.acting_for is None or EXCHANGE not in request.acting_for.abilities:
        return request.standing
    theirs = standing_of(request.acting_for.membership.person, request.community, on=today())
    return replace(theirs, roles=frozenset({Role.PARTICIPANT}), group_roles={}) if theirs else request.standing
