"""The front page for strangers; people who belong are led to their noticeboard."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from alongside.people.access import SignedInRequest, public, signed_in
from alongside.people.models import Community
from alongside.web.context import communities_of

SHOWN_ON_FRONT = 12


@public
def front(request: HttpRequest) -> HttpResponse:
    """What Alongside is, and the ways in."""
    mine = communities_of(request)
    if len(mine) == 1:
        return redirect(mine[0].url)
    if mine:
        return redirect("web:communities")
    places = communities_to_ask()
    context = {
        "open_communities": places[:SHOWN_ON_FRONT],
        "has_more": len(places) > SHOWN_ON_FRONT,
        "has_demo": any(place.is_demo for place in places),
    }
    return render(request, "web/front.html", context)


@public
def places(request: HttpRequest) -> HttpResponse:
    """Every community that takes requests to join."""
    return render(request, "web/places.html", {"open_communities": communities_to_ask()})


@signed_in
def communities(request: SignedInRequest) -> HttpResponse:
    """The communities of one person: choose where to go."""
    return render(request, "web/communities.html")


def communities_to_ask() -> list[Community]:
    """Communities that strangers may ask to join, by name."""
    asked = Community.objects.filter(join_policy=Community.JoinPolicy.ASK)
    return sorted(asked, key=lambda community: community.name.casefold())
