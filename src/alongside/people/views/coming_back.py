"""Where somebody wanted to go before we asked who they are."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme


def wanted(request: HttpRequest) -> str:
    """The page to come back to: an address of this very site, or nothing."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    # Without a slash it would be taken for the name of a page.
    return address if safe and address.startswith(("/", "http://", "https://")) else ""


def next_after(request: HttpRequest, otherwise: str) -> str:
    return wanted(request) or otherwise


def to_next(request: HttpRequest, to: str) -> HttpResponse:
    """Redirect to the page `to`, which takes along where to come back to."""
    address = wanted(request)
    return redirect(f"{resolve_url(to)}?{urlencode({'next': address})}" if address else resolve_url(to))
