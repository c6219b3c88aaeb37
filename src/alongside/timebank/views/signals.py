"""Gentle prompts for coordinators: who might like a word. Never a ranking: names stand in the order of the alphabet."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from alongside.kernel.clock import today
from alongside.kernel.text import folded
from alongside.people.access import MemberRequest, needs
from alongside.timebank.ledger import books
from alongside.timebank.ledger.books import AccountSignals
from alongside.timebank.models import TimeBank
from alongside.timebank.rules import Signal
from alongside.timebank.showing.periods import month_after
from alongside.timebank.views.finding import room_tabs

PAGE = 30
Words = str | Promise


@dataclass(frozen=True)
class Kind:
    """A signal in words, with a next step."""

    signal: Signal
    title: Words
    what: Words
    step: Words


KINDS = (
    Kind(
        Signal.GIVE_ONLY,
        gettext_lazy("Gives, and has not asked"),
        gettext_lazy("Five hours or more given, and nothing received."),
        gettext_lazy("Ask what would make their week easier. Offer to write the request for them."),
    ),
    Kind(
        Signal.RECEIVE_ONLY,
        gettext_lazy("Receives, and has not given"),
        gettext_lazy("Five hours or more received, and nothing given."),
        gettext_lazy("Talk about what they enjoy and know. A phone call to a lonely neighbor counts too."),
    ),
    Kind(
        Signal.HOARDING,
        gettext_lazy("Many hours, long unspent"),
        gettext_lazy("Twenty hours or more, and nothing received for half a year."),
        gettext_lazy("Suggest a treat, a lesson, or a gift to a pot. Unspent hours help nobody."),
    ),
    Kind(
        Signal.INACTIVE,
        gettext_lazy("Quiet for a while"),
        gettext_lazy("No exchange for longer than the time bank's quiet days."),
        gettext_lazy("Ring and ask how they are. The hours can wait."),
    ),
)


@needs("timebank.see_signals")
def signals(request: MemberRequest) -> HttpResponse:
    bank: TimeBank = get_object_or_404(TimeBank.objects.of(request.community))
    found = books.signals(request.community, on=today())
    by_kind = {kind: [each for each in found if kind.signal in each.signals] for kind in KINDS}
    chosen = next((kind for kind in KINDS if kind.signal == request.GET.get("signal")), None)
    chosen = chosen or next((kind for kind in KINDS if by_kind[kind]), KINDS[0])
    start = _start(request.GET.get("from", ""))
    people = sorted(by_kind[chosen], key=_name)
    concentration = _concentration(request)
    context = {
        "tabs": room_tabs(request, "timebank:signals"),
        "kinds": [
            {"label": kind.title, "url": f"?signal={kind.signal}", "current": kind is chosen, "count": len(rows)}
            for kind, rows in by_kind.items()
        ],
        "chosen": chosen,
        "people": people[start : start + PAGE],
        "newer_url": f"?signal={chosen.signal}&from={max(0, start - PAGE)}" if start else "",
        "older_url": f"?signal={chosen.signal}&from={start + PAGE}" if len(people) > start + PAGE else "",
        "bank": bank,
        "concentration": concentration,
        "top_percent": round(concentration.top_tenth_share * 100),
        "gini": f"{concentration.gini:.2f}",
    }
    return render(request, "timebank/signals.html", context)


def _concentration(request: MemberRequest) -> books.Concentration:
    """How evenly hours were given, in this month and the eleven before it."""
    since = month_after(today().replace(day=1), -11)
    return books.concentration(request.community, since=since, until=today())


def _name(row: AccountSignals) -> str:
    return folded(str(row.account))


def _start(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
