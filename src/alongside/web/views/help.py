"""Help on every page, rendered from the handbook in `docs/`."""

from itertools import groupby

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alongside.people.access import public
from alongside.web import handbook

KIND_NAMES = {
    "tutorials": _("Learn step by step"),
    "how-to": _("How do I …?"),
    "explanation": _("Why it works this way"),
    "explanation/rules": _("How each rule counts"),
    "reference": _("Look it up"),
    "adr": _("For builders: decisions about the software"),
}
LONGEST_SEARCH = 100


@public
def contents(request: HttpRequest) -> HttpResponse:
    """The contents of the handbook, or what was found in it."""
    words = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    language = _language()
    pages = handbook.pages(settings.DOCS_FOLDER, language=language)
    shelves = [
        {"title": KIND_NAMES[folder], "pages": list(shelf)}
        for folder, shelf in groupby(pages, key=lambda page: page.folder)
    ]
    hits = handbook.search(settings.DOCS_FOLDER, words, language=language)
    return render(request, "web/help.html", {"shelves": shelves, "words": words, "hits": hits})


@public
def page(request: HttpRequest, path: str) -> HttpResponse:
    """One page of the handbook."""
    found = handbook.find(settings.DOCS_FOLDER, path, language=_language())
    if found is None:
        raise Http404
    # `as_html` sanitises what it returns.
    html = mark_safe(handbook.as_html(found, address=reverse("web:help")))
    return render(request, "web/help_page.html", {"page": found, "html": html, "kind": KIND_NAMES[found.folder]})


def _language() -> str:
    return (get_language() or "en").partition("-")[0]
