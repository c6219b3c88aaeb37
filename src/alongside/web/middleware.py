"""What is refused before any page looks at it: far too much at once, and writing while SQLite is busy."""

from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

SECONDS_TO_WAIT = 5
# Room for the largest form of all, three files of 20 MB. More would only fill the disk, whoever sends it.
MOST_BYTES = 64 * 1024 * 1024


class SizeMiddleware:
    """Refuses what is too large by what the browser announces, before a byte of it is kept.

    What comes without an announced size counts as empty.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        announced = request.headers.get("Content-Length", "")
        if announced.isascii() and announced.isdigit() and int(announced[:20]) > MOST_BYTES:
            text = _("This is more than fits at once. Send at most 64 MB.")
            return HttpResponse(text, status=413, content_type="text/plain; charset=utf-8")
        return self.get_response(request)


class BusyMiddleware:
    """Turns SQLite's "database is locked", after its own five seconds of waiting, into a 503."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not (isinstance(exception, OperationalError) and "database is locked" in str(exception)):
            return None
        answer = render(request, "503.html", status=503)
        answer["Retry-After"] = str(SECONDS_TO_WAIT)
        return answer
