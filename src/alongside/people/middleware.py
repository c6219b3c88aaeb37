"""What every request passes: the lock of the device, and the person's standing in the community.

`LockMiddleware` treats the person of a locked device as a stranger. `StandingMiddleware` turns
`/c/<community_slug>/…` into the community of the request and the person's standing in it.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from alongside.kernel.clock import now, today
from alongside.people import locking
from alongside.people.acting import acting_for
from alongside.people.actions import cards
from alongside.people.models import Community, Person
from alongside.people.permissions import standing_of


class LockMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.locked_person = None  # type: ignore[attr-defined]
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            if _outlived_its_card(request):
                request.user = AnonymousUser()
            elif locking.is_locked(request, now()):
                request.locked_person = request.user  # type: ignore[attr-defined]
                request.user = AnonymousUser()
            else:
                request.lock_minutes = locking.minutes_of(request)  # type: ignore[attr-defined]
        if request.locked_person is not None and "HX-Request" in request.headers:  # type: ignore[attr-defined]
            return _whole_page_again(request)
        response = self.get_response(request)
        if locking.person_of(request) is not None:
            add_never_cache_headers(response)
        if request.user.is_authenticated and locking.minutes_of(request):
            locking.remember(request, response, now())
        return response


def _outlived_its_card(request: HttpRequest) -> bool:
    """A session that a card began counts for nothing once the card opens no more."""
    since = locking.by_card_since(request)
    if since is None or not isinstance(request.user, Person):
        return False
    return not cards.keeps_open(request.user, since=since, at=now())


def _whole_page_again(request: HttpRequest) -> HttpResponse:
    """A part of a page was asked for, and the device has locked: the whole page must go."""
    came_from = urlsplit(request.headers.get("HX-Current-URL", ""))
    asked_again = reverse("people:sign_in_again")
    return HttpResponse(headers={"HX-Redirect": f"{asked_again}?{urlencode({'next': came_from.path})}"})


class StandingMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.community = request.standing = request.membership = None  # type: ignore[attr-defined]
        request.acting_for = None  # type: ignore[attr-defined]
        with timezone.override(None):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """Take `community_slug` out of the address, so that views need not repeat it.

        To a stranger a community that is there looks like one that is not: guards ask both to sign
        in, and pages that are open to all meet a `request.community` of None.
        """
        slug = kwargs.pop("community_slug", None)
        if slug is None:
            return
        community = Community.objects.filter(slug=slug).first()
        if community is None:
            if request.user.is_authenticated and getattr(view, "permission", "") != "public":
                raise Http404
            return
        timezone.activate(community.time_zone)
        request.community = community  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            standing = standing_of(request.user, community, on=today())
            request.standing = standing  # type: ignore[attr-defined]
            request.membership = standing.membership if standing else None  # type: ignore[attr-defined]
            request.acting_for = acting_for(request, standing)  # type: ignore[attr-defined]
