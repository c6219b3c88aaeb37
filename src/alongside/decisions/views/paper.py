"""Ballots for paper: printed for people without a screen, and keyed in by two scrutineers."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from alongside.decisions import actions
from alongside.decisions.actions import Keyed
from alongside.decisions.forms.ballots import paper_form
from alongside.decisions.models import Decision
from alongside.decisions.refusals.votes import EXPECTED, words_for
from alongside.decisions.rules.kinds import KINDS
from alongside.decisions.saying import STEPS, amount_text
from alongside.decisions.views.voting import find_decision, named_for, posted
from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, actor, needs, require
from alongside.ui import flash
from alongside.ui.qr import qr_each


@never_cache
@needs("decisions.run_votes")
def ballots(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """A sheet for each person who never signed in, or for everybody; the name is torn off."""
    decision = find_decision(request, decision_id)
    if not decision.takes_ballots(now()):
        raise Http404
    everybody = "all" in request.GET
    key_in = reverse("decisions:key_paper", args=[request.community.slug, decision.pk])
    sheets = sheets_of(decision, key_in, everybody=everybody)
    words = {side: _words(request, decision, side) for side in {sheet["side"] for sheet in sheets}}
    for sheet in sheets:
        sheet["words"] = words[sheet["side"]]
    context = {
        "decision": decision,
        "sheets": sheets,
        "everybody": everybody,
        "large_print": "large" in request.GET,
        "back_url": reverse("decisions:turnout", args=[request.community.slug, decision.pk]),
    }
    return render(request, "decisions/ballots.html", context)


def _words(request: MemberRequest, decision: Decision, side: str) -> SafeString:
    """What is voted on and what can be marked: the same on every sheet of a side, so it is drawn once."""
    context = {
        "decision": decision,
        "sheet": {"named": named_for(decision, side)},
        "filled_in": str(KINDS[decision.rule].style),
        "steps": sorted(STEPS.items(), reverse=True),
        "budget": amount_text(decision, decision.settings.get("budget", 0)),
    }
    return render_to_string("decisions/_ballot_words.html", context, request)


def sheets_of(decision: Decision, key_in: str, *, everybody: bool, **more: Any) -> list[dict[str, Any]]:
    """A code and a picture for each who never signed in, or for `everybody`; the picture leads to `key_in`.

    `more`: what else its address says.
    """
    on_paper = [
        (code, entry)
        for code, entry in actions.codes_of(decision)
        if everybody or entry.membership.person.last_login is None
    ]
    addresses = (f"{settings.PUBLIC_ADDRESS}{key_in}?{urlencode({'code': code, **more})}" for code, _entry in on_paper)
    return [
        {"code": code, "member": entry.membership, "side": entry.side, "qr": picture}
        for (code, entry), picture in zip(on_paper, qr_each(addresses), strict=True)
    ]


@never_cache
@needs("decisions.key_paper")
def key_paper(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """A scrutineer writes down what a paper ballot says; the other one does so too."""
    decision = find_decision(request, decision_id)
    require(request, "decisions.key_paper", decision)
    form = paper_form(
        KINDS[decision.rule].style,
        posted(request),
        named=named_for(decision),
        initial={"code": request.GET.get("code", "")[:12]},
    )
    if request.method == "POST" and form.is_valid():
        try:
            came = _key(request, decision, form)
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            (flash.sorry if came is Keyed.DIFFERENT else flash.done)(request, told(came))
            return redirect("decisions:key_paper", request.community.slug, decision.pk)
    context = {"decision": decision, "form": form, "is_open": decision.takes_ballots(now())}
    return render(request, "decisions/key_paper.html", context)


def _key(request: MemberRequest, decision: Decision, form: forms.Form) -> Keyed:
    who = actor(request, "decisions.vote")
    given = form.cleaned_data
    return actions.key_paper(
        decision=decision, scrutineer=request.membership, code=given["code"], choice=given["choice"], by=who.by,
        at=now(),
    )  # fmt: skip


def told(came: Keyed) -> str:
    return {
        Keyed.FIRST: _("Written down. It counts when the other scrutineer has read the same."),
        Keyed.COUNTED: _("You both read the same. It is counted."),
        Keyed.DIFFERENT: _("You two read different things. Look at the paper again, both of you."),
    }[came]
