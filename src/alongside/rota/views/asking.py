"""How the forms and buttons of this room work."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse

from alongside.people.access import MemberRequest, may
from alongside.people.asking import Asking
from alongside.rota.refusals import EXPECTED, words_for, words_for_a_helper

_asking = Asking("rota/ask.html", EXPECTED, words_for)
_of_another = Asking("rota/ask.html", EXPECTED, words_for_a_helper)


def hides_reasons(request: MemberRequest) -> bool:
    """Does somebody act for another here? What that person lacks they alone read, and whoever keeps rotas."""
    return request.acting_for is not None and not may(request, "rota.keep")


def _for(request: MemberRequest) -> Asking:
    return _of_another if hides_reasons(request) else _asking


def ask(request: MemberRequest, form: forms.Form, keep: Callable[[dict[str, Any]], str], **about: Any) -> HttpResponse:
    """As `Asking.ask`."""
    return _for(request).ask(request, form, keep, **about)


def press(request: MemberRequest, do: Callable[[], str], *, to: str) -> HttpResponse:
    """As `Asking.press`."""
    return _for(request).press(request, do, to=to)
