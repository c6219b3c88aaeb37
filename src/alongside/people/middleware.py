"""Turns `/c/<community_slug>/…` into the community of the request and the person's standing in it."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from alongside.kernel.clock import today
from alongside.people.models import Community
from alongside.people.permissions import standing_of


class StandingMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.community = request.standing = request.membership = None  # type: ignore[attr-defined]
        with timezone.override(None):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """Take `community_slug` out of the address, so that views need not repeat it."""
        slug = kwargs.pop("community_slug", None)
        if slug is None:
            return
        community = Community.objects.filter(slug=slug).first()
        if community is None:
            raise Http404
        timezone.activate(community.time_zone)
        request.community = community  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            standing = standing_of(request.user, community, on=today())
            request.standing = standing  # type: ignore[attr-defined]
            request.membership = standing.membership if standing else None  # type: ignore[attr-defined]
