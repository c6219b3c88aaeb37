"""Leaving at once: signed out, and on a page nobody asks about."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alongside.kernel.clock import now
from alongside.people import locking
from alongside.people.access import public
from alongside.people.actions import signing_in
from alongside.people.views.entrance import forgotten_by_browser


@public
@never_cache
@require_http_methods(["GET", "POST"])
def away(request: HttpRequest) -> HttpResponse:
    """A blank page that moves on by itself. POST signs out first; GET changes nothing."""
    page = render(request, "people/away.html", {"address": settings.QUICK_EXIT_ADDRESS})
    if request.method == "GET":
        return page
    shared = locking.is_shared(request)
    if locking.person_of(request) is not None:
        signing_in.end(request=request, at=now())
    return forgotten_by_browser(page, shared=shared)
