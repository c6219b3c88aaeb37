"""The gallery: every component with its states, on one page and on one sheet of paper."""

from django.conf.locale import LANG_INFO
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from alongside.kernel.clock import now
from alongside.ui import gallery as showcase


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component; shown otherwise by `?theme=dark`, `?language=ar`, `?again` (a form with errors), `?refused`."""
    asked = request.GET.get("language", "")
    theme, again, refused = request.GET.get("theme", ""), "again" in request.GET, "refused" in request.GET
    shown = showcase.context(theme=theme, again=again, refused=refused)
    with translation.override(asked if asked in LANG_INFO else translation.get_language()):
        return render(request, "ui/gallery.html", shown)


def sheet(request: HttpRequest) -> HttpResponse:
    """A page made for paper; `?large` in large print."""
    shown = {"large_print": "large" in request.GET, "people": showcase.PEOPLE, "moment": now()}
    return render(request, "ui/gallery_sheet.html", shown)


# `people.access` stands above this room, so the guard's mark is set by hand.
gallery.permission = sheet.permission = "public"  # type: ignore[attr-defined]
