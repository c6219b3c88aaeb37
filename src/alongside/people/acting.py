"""Acting for someone: chosen once on a page, kept in the session, checked anew on every request."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from alongside.kernel.channels import Channel
from alongside.kernel.clock import today
from alongside.people.models import Membership
from alongside.people.permissions import Standing, abilities_for

SESSION_KEY = "acting_for"


@dataclass(frozen=True)
class ActingFor:
    """The member somebody acts for, what they may do, and how the member's word reached them."""

    membership: Membership
    abilities: frozenset[str]
    channel: Channel


def begin(request: HttpRequest, membership: Membership, channel: Channel) -> None:
    """From the next request on, act for `membership`; the caller has checked that one may."""
    request.session[SESSION_KEY] = {"membership": str(membership.pk), "channel": str(channel)}


def end(request: HttpRequest) -> None:
    request.session.pop(SESSION_KEY, None)


def acting_for(request: HttpRequest, standing: Standing | None) -> ActingFor | None:
    """Whom this request acts for; None when nobody was chosen, or consent has ended since."""
    chosen: dict[str, Any] | None = request.session.get(SESSION_KEY) if standing else None
    if not chosen or standing is None:
        return None
    current = Membership.objects.of(standing.community).current().select_related("person", "community")
    membership = current.filter(pk=chosen["membership"]).first()
    if membership is None:
        return None
    abilities = abilities_for(standing, membership, on=today())
    return ActingFor(membership, abilities, Channel(chosen["channel"])) if abilities else None
