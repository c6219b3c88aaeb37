"""Exchanges: mine, one of them, asking for one, writing one down, and every step."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, needs, subject
from alongside.people.listing import seen_members
from alongside.people.models import Person
from alongside.strengths import actions
from alongside.strengths.forms.exchanges import AskForm, StepForm, ThanksForm, WriteDownForm
from alongside.strengths.history import history_of
from alongside.strengths.models import Exchange, ExchangeWords, Listing
from alongside.strengths.permissions import answers_for, sides_of
from alongside.strengths.refusals import EXPECTED, explain, words_for
from alongside.strengths.rules.steps import OPEN, Side, Step, row_for
from alongside.strengths.views.finding import exchanger, exchanging, find_exchange, find_listing, page_of, viewpoint
from alongside.strengths.views.showing import buttons_for, contact_of_others, picture_of, tell_taken
from alongside.timebank import actions as timebank
from alongside.timebank.models import Account
from alongside.ui import flash


@needs("strengths.arrange_exchange")
def exchanges(request: MemberRequest, which: str) -> HttpResponse:
    """My exchanges: those that wait for me, all that are open, and those that are over."""
    whose, accounts = exchanger(request), Account.objects.of(request.community)
    # Whoever acts for a person acts for nobody that person stands for: no household and no organisation.
    accounts = accounts.of_person(whose) if request.acting_for else accounts.acted_for_by(whose)
    mine = Exchange.objects.of(request.community)
    found = {
        "waiting": mine.waiting_for(accounts),
        "open": mine.of_accounts(accounts).filter(state__in=OPEN),
        "over": mine.of_accounts(accounts).exclude(state__in=OPEN),
    }
    rows, older = page_of(found[which].with_sides().newest_first(), before=request.GET.get("before", ""))
    labels = {
        "waiting": _("Waiting for me"),
        "open": pgettext("exchanges", "Open"),
        "over": pgettext("exchanges", "Over"),
    }
    tabs = [
        {
            "label": label,
            "url": reverse(f"strengths:exchanges_{name}", args=[request.community.slug]),
            "current": name == which,
            "count": found[name].count() if name == "waiting" else "",
        }
        for name, label in labels.items()
    ]
    older_url = f"?{urlencode({'before': older})}" if older else ""
    context = {"rows": rows, "tabs": tabs, "which": which, "older_url": older_url}
    return render(request, "strengths/exchanges.html", context)


@needs("strengths.arrange_exchange")
def exchange(request: MemberRequest, exchange_id: UUID) -> HttpResponse:
    found = find_exchange(request, exchange_id)
    words = list(found.words.select_related("author"))
    mine = sides_of(viewpoint(request), found)
    context = {
        "exchange": found,
        "picture": picture_of(found),
        "history": history_of(found),
        "buttons": buttons_for(viewpoint(request), found),
        "notes": [one for one in words if one.kind == ExchangeWords.Kind.NOTE],
        "reasons": [one for one in words if one.kind == ExchangeWords.Kind.REASON],
        "thanks": [one for one in words if one.kind == ExchangeWords.Kind.THANKS],
        "thanks_form": ThanksForm() if mine and found.state not in OPEN else None,
        "contacts": contact_of_others(viewpoint(request), found),
    }
    return render(request, "strengths/exchange.html", context)


@needs("strengths.arrange_exchange")
def ask(request: MemberRequest, listing_id: UUID) -> HttpResponse:
    """Ask the person of an offer or a request for an exchange."""
    listing = find_listing(request, listing_id, "strengths.see_listing")
    form = AskForm(request.POST or None, today=today(), initial={"minutes": listing.minutes})
    if listing.membership_id == subject(request).pk:
        return redirect("strengths:listing", request.community.slug, listing.pk)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                sides = _asked(request, listing)
                taken = actions.propose(at=now(), **exchanging(request), **sides, **form.cleaned_data)
        except EXPECTED as refusal:
            explain(refusal, form)
        else:
            tell_taken(request, taken, _("%(name)s has been asked.") % {"name": listing.person})
            return redirect("strengths:exchange", request.community.slug, taken.exchange.pk)
    context = {"form": form, "listing": listing, "is_open": listing.is_open_on(today())}
    return render(request, "strengths/ask.html", context)


def _asked(request: MemberRequest, listing: Listing) -> dict[str, Any]:
    """Whose hours go where: the owner of an offer gives, the owner of a request receives.

    Opens accounts that are missing: call it in the transaction of the exchange, so that a refusal opens none.
    """
    mine, theirs = (
        timebank.account_of(community=request.community, person=person, by=request.user, at=now())
        for person in (subject(request).person, listing.person)
    )
    offered = listing.kind == Listing.Kind.OFFER
    return {
        "giver": theirs if offered else mine,
        "receiver": mine if offered else theirs,
        "category": listing.category,
        "listing": listing,
    }


@needs("strengths.arrange_exchange")
def write_down(request: MemberRequest) -> HttpResponse:
    """Write down help given or received; the other side is asked to confirm it."""
    initial = {"other": request.GET.get("with", ""), "side": request.GET.get("side", "")}
    people = seen_members(request.standing)
    form = WriteDownForm(
        request.POST or None, community=request.community, people=people, today=today(), initial=initial
    )
    if request.method == "POST" and form.is_valid():
        details = {**form.cleaned_data}
        side, other = details.pop("side"), details.pop("other")
        try:
            with transaction.atomic():
                sides = _sides(request, side, other.person)
                taken = actions.record_exchange(at=now(), **exchanging(request), **sides, **details)
        except EXPECTED as refusal:
            explain(refusal, form)
        else:
            told = _("Written down. %(name)s is asked to confirm it.") % {"name": other.person}
            tell_taken(request, taken, told)
            return redirect("strengths:exchange", request.community.slug, taken.exchange.pk)
    return render(request, "strengths/write_down.html", {"form": form})


def _sides(request: MemberRequest, side: str, other: Person) -> dict[str, Any]:
    """Both accounts; those that are missing are opened, as in `_asked`."""
    mine, theirs = (
        timebank.account_of(community=request.community, person=person, by=request.user, at=now())
        for person in (subject(request).person, other)
    )
    return {"giver": mine, "receiver": theirs} if side == Side.GIVER else {"giver": theirs, "receiver": mine}


@needs("strengths.arrange_exchange")
def take_step(request: MemberRequest, exchange_id: UUID, step: str) -> HttpResponse:
    """One step of an exchange: a bare yes at once, anything else with what it needs to be told."""
    found = find_exchange(request, exchange_id)
    row = row_for(found.state, Step(step)) if step in list(Step) else None
    if row is None:
        flash.note(request, _("That cannot be done any more. This is how it stands now."))
        return redirect("strengths:exchange", request.community.slug, found.pk)
    whose = answers_for(viewpoint(request), found, row)
    form = StepForm(request.POST or None, row=row, exchange=found, today=today(), whose=whose)
    if request.method == "POST" and form.is_valid():
        try:
            taken = actions.take_step(
                exchange=found, step=row.step, at=now(), **{**_who(request, whose), **form.deed()}
            )
        except EXPECTED as refusal:
            if not form.asks_something:
                flash.sorry(request, words_for(refusal))
                return redirect("strengths:exchange", request.community.slug, found.pk)
            explain(refusal, form)
        else:
            tell_taken(request, taken)
            return redirect("strengths:exchange", request.community.slug, found.pk)
    context = {"form": form, "exchange": found, "step": row.step.value}
    return render(request, "strengths/step.html", context)


def _who(request: MemberRequest, whose: dict[Side, Person]) -> dict[str, Any]:
    """A step of one's own is taken as oneself or for whom one acts; for others, the form says for whom."""
    return {"by": request.user} if whose else exchanging(request)


@require_POST
@needs("strengths.arrange_exchange")
def say_thanks(request: MemberRequest, exchange_id: UUID) -> HttpResponse:
    found = find_exchange(request, exchange_id)
    form = ThanksForm(request.POST)
    if form.is_valid():
        try:
            actions.say_thanks(exchange=found, words=form.cleaned_data["words"], at=now(), **exchanging(request))
            flash.done(request, _("Your thanks are on their way."))
        except actions.SpeaksForNeither as refusal:
            flash.sorry(request, words_for(refusal))
    else:
        flash.sorry(request, _("Write a word of thanks first, at most 500 letters."))
    return redirect("strengths:exchange", request.community.slug, found.pk)
