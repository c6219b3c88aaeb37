"""The statement of an account: on screen, on paper, as a file; and its balance on any day."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from alongside.kernel.clock import today
from alongside.kernel.hours import format_hours
from alongside.people.access import MemberRequest, may, needs
from alongside.people.models import Membership
from alongside.timebank.forms.statements import MomentForm, PeriodForm
from alongside.timebank.ledger.balances import balance_at
from alongside.timebank.ledger.statements import Statement, statement
from alongside.timebank.models import Account
from alongside.timebank.showing.hours import holds_of, limits_in_words
from alongside.timebank.showing.movements import Movement, movements
from alongside.timebank.showing.spreadsheet import csv_file
from alongside.timebank.views.finding import find_account

PAGE = 30


@needs("timebank.see_account")
def account(request: MemberRequest, account_id: UUID) -> HttpResponse:
    found = find_account(request, account_id)
    form = _period_form(request, found)
    page = _page(request, found, form, before=_place(request.GET.get("before", "")))
    asked = _asked(request)
    context = {
        "account": found,
        "form": form,
        "page": page,
        "is_first_page": "before" not in request.GET,
        "asked_query": urlencode(asked),
        "rows": _rows(request, found, page.entries),
        "waiting": _rows(request, found, page.waiting),
        "holds": holds_of(found),
        "limits": limits_in_words(found),
        "older_url": f"?{urlencode({**asked, 'before': page.older})}" if page.older else "",
        "newest_url": f"?{urlencode(asked)}" if "before" in request.GET else "",
        "may_limit": may(request, "timebank.change_limits"),
        "may_grant": found.is_pot and may(request, "timebank.pay_from", found),
        "membership": _membership(request, found),
        **_at_a_day(request, found),
    }
    return render(request, "timebank/account.html", context)


@needs("timebank.see_account")
def account_print(request: MemberRequest, account_id: UUID) -> HttpResponse:
    """The whole period, the oldest first, made for paper."""
    found = find_account(request, account_id)
    form = _period_form(request, found)
    page = _page(request, found, form, size=None)
    context = {
        "account": found,
        "period": form.chosen,
        "page": page,
        "rows": _rows(request, found, [*page.entries[::-1], *page.waiting]),
        "large_print": "large" in request.GET,
        "back_url": reverse("timebank:account", args=[request.community.slug, found.pk]),
        "today": today(),
    }
    return render(request, "timebank/account_print.html", context)


@needs("timebank.see_account")
def account_csv(request: MemberRequest, account_id: UUID) -> HttpResponse:
    found = find_account(request, account_id)
    page = _page(request, found, _period_form(request, found), size=None)
    rows = _rows(request, found, [*page.entries[::-1], *page.waiting])
    return csv_file(_("Hours of %(name)s") % {"name": found}, _as_table(page, rows))


def _as_table(page: Statement, rows: list[Movement]) -> Iterator[Sequence[object]]:
    yield (
        _("Written down"), _("Day of help"), _("What"), _("With"), _("Kind of help"), _("Note"),
        _("Hours"), pgettext("a length of time", "Minutes"), _("Balance in minutes"), _("Reference"), _("Gives back"),
    )  # fmt: skip
    yield (*[""] * 2, _("Opening balance"), *[""] * 5, page.opening_minutes, "", "")
    for row in rows:
        yield (
            localtime(row.when).strftime("%Y-%m-%d %H:%M"), row.helped_on, row.what, str(row.other), row.category,
            row.note, format_hours(row.minutes).replace("\N{MINUS SIGN}", "-"), row.minutes, row.balance_minutes,
            str(row.transfer_id), str(row.reverses_id or ""),
        )  # fmt: skip
    yield (*[""] * 2, _("Closing balance"), *[""] * 5, page.closing_minutes, "", "")


def _period_form(request: MemberRequest, found: Account) -> PeriodForm:
    return PeriodForm(request.GET, opened_on=request.community.day_of(found.opened_at), today=today())


def _page(
    request: MemberRequest, found: Account, form: PeriodForm, *, before: int | None = None, size: int | None = PAGE
) -> Statement:
    since, until = form.chosen.moments(request.community)
    return statement(found, since=since, until=until, before=before, size=size)


def _rows(request: MemberRequest, found: Account, entries: list[Any]) -> list[Movement]:
    is_mine = request.acting_for is None and found.person_id == request.user.pk
    return movements(entries, request.community, mine=is_mine)


def _asked(request: MemberRequest) -> dict[str, str]:
    """What the address asks for, to be kept while turning pages."""
    return {key: request.GET[key] for key in ("period", "since", "until") if request.GET.get(key)}


def _place(text: str) -> int | None:
    """A place in an account's line; nothing where no such number can be meant."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _at_a_day(request: MemberRequest, found: Account) -> dict[str, Any]:
    """The form for a day in the past, and the balance at its end where one was asked for."""
    form = MomentForm({"at": request.GET["at"]} if "at" in request.GET else None, today=today())
    if not form.is_valid():
        return {"moment_form": form}
    day = form.cleaned_data["at"]
    end = datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(request.community.time_zone))
    return {
        "moment_form": form,
        "moment_day": day,
        "moment_minutes": balance_at(found, end - timedelta(microseconds=1)),
    }


def _membership(request: MemberRequest, found: Account) -> Membership | None:
    """The member whose account it is, for a link to their page."""
    if found.person_id is None or not may(request, "people.see_members"):
        return None
    members = Membership.objects.of(request.community).current()
    membership: Membership | None = members.filter(person=found.person_id).first()
    return membership
