"""The books at a glance, and whether they add up. No names, so a commissioner may read them too."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.kernel.clock import today
from alongside.people.access import MemberRequest, may, needs
from alongside.timebank.forms.statements import MonthsForm
from alongside.timebank.ledger import books as ledger_books
from alongside.timebank.models import BookCheck, Chain, TimeBank, Unfolded
from alongside.timebank.showing.checks import CHECKS, findings_in_words
from alongside.timebank.showing.glance import DIRECTIONS, Glance, as_rows, glance
from alongside.timebank.showing.periods import month_after, month_name
from alongside.timebank.showing.spreadsheet import csv_file
from alongside.timebank.views.finding import room_tabs


@dataclass(frozen=True)
class Asked:
    """What the address asks the books for."""

    form: MonthsForm
    since: date
    until: date
    direction: str

    @property
    def title(self) -> str:
        return _("%(since)s to %(until)s") % {"since": month_name(self.since), "until": month_name(self.until)}


@needs("timebank.see_books")
def books(request: MemberRequest) -> HttpResponse:
    asked = _asked(request)
    context = {
        "tabs": room_tabs(request, "timebank:books"),
        **_figures(request, asked),
        "query": urlencode({key: value for key, value in request.GET.items() if key in ("year", "direction")}),
    }
    return render(request, "timebank/books.html", context)


@needs("timebank.see_books")
def books_print(request: MemberRequest) -> HttpResponse:
    context = {
        **_figures(request, _asked(request)),
        "back_url": reverse("timebank:books", args=[request.community.slug]),
        "large_print": "large" in request.GET,
        "today": today(),
    }
    return render(request, "timebank/books_print.html", context)


@needs("timebank.see_books")
def books_csv(request: MemberRequest) -> HttpResponse:
    rows = as_rows(_seen(request, _asked(request)), small_numbers=_small_numbers(request))
    return csv_file(_("The books of %(name)s") % {"name": request.community}, rows)


@needs("timebank.see_books")
def check(request: MemberRequest) -> HttpResponse:
    """In plain words: what is checked, when it last was, and how anybody can check it themself."""
    last: BookCheck | None = BookCheck.objects.of(request.community).order_by("-checked_at").first()
    context = {
        "tabs": room_tabs(request, "timebank:check"),
        "last": last,
        "checks": CHECKS,
        "chain": Chain.objects.of(request.community).first(),
        "waiting": Unfolded.objects.of(request.community).count(),
        "findings": findings_in_words(last) if last and may(request, "timebank.see_findings") else [],
    }
    return render(request, "timebank/check.html", context)


def _figures(request: MemberRequest, asked: Asked) -> dict[str, object]:
    return {
        "asked": asked,
        "form": asked.form,
        "seen": _seen(request, asked),
        "pots": ledger_books.pots(request.community),
        "small_numbers": _small_numbers(request),
    }


def _seen(request: MemberRequest, asked: Asked) -> Glance:
    return glance(
        request.community,
        since=asked.since,
        until=asked.until,
        direction=asked.direction,
        small_numbers=_small_numbers(request),
    )


def _small_numbers(request: MemberRequest) -> bool:
    return may(request, "timebank.see_small_numbers")


def _asked(request: MemberRequest) -> Asked:
    bank: TimeBank | None = TimeBank.objects.of(request.community).first()
    first_year = request.community.day_of(bank.opened_at).year if bank else today().year
    # Figures of one direction, taken from those of all, would give away what is too small to be shown; and so
    # would those of two stretches that share all months but one.
    all_shown = _small_numbers(request)
    directions = list(DIRECTIONS.items()) if all_shown else []
    form = MonthsForm(
        request.GET, first_year=first_year, today=today(), directions=directions, years_alone=not all_shown
    )
    form.is_valid()
    year = form.cleaned_data.get("year") or (None if all_shown else today().year)
    last = date(year, 12, 1) if year else today().replace(day=1)
    return Asked(form, month_after(last, -11), last, form.cleaned_data.get("direction") or "")
