"""When everybody writes at once on SQLite, the last in line hear so kindly instead of an error."""

from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

SECONDS_TO_WAIT = 5


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
