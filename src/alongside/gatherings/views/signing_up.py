"""Signing up, confirming, standing by, and giving a place up."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.gatherings import actions
from alongside.gatherings.forms.taking_part import PartsForm
from alongside.gatherings.models import Booking, Gathering
from alongside.gatherings.refusals import EXPECTED, explain, words_for
from alongside.gatherings.views.finding import SIGN_UP, booking_of, find_gathering, parts_of
from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, actor, needs, subject
from alongside.ui import flash


def _deed(request: MemberRequest) -> dict[str, Any]:
    who = actor(request, SIGN_UP)
    deed = {"by": who.by, "on_behalf_of": who.on_behalf_of, "channel": who.channel}
    return {**deed, "membership": subject(request), "at": now()}


@needs("gatherings.sign_up")
def sign_up(request: MemberRequest, gathering_id: UUID) -> HttpResponse:
    """Choose what one takes. Where there is one kind of place alone, one tap on the page before is enough."""
    found = find_gathering(request, gathering_id, "gatherings.sign_up")
    parts, mine = parts_of(found), booking_of(request, found)
    has = {seat.part_id: seat.count for seat in mine.seats.all()} if mine and mine.is_live else {}
    data = request.POST if request.method == "POST" and "one_tap" not in request.POST else None
    form = PartsForm(data, parts=parts, has=has, initial={"needs": mine.needs if mine else ""})
    if request.method == "POST" and (data is None or form.is_valid()):
        try:
            told = {} if data is None else {"parts": form.wanted(), "needs": form.cleaned_data["needs"]}
            made = actions.book(gathering=found, **told, **_deed(request))
        except EXPECTED as refusal:
            if data is None:
                flash.sorry(request, words_for(refusal))
                return redirect("gatherings:gathering", request.community.slug, found.pk)
            explain(refusal, form)
        else:
            flash.done(request, _booked_words(made))
            return redirect("gatherings:gathering", request.community.slug, found.pk)
    return render(request, "gatherings/sign_up.html", {"gathering": found, "form": form, "mine": mine})


def _booked_words(made: Booking) -> str:
    if made.is_booked:
        return _("You have a place. We are glad that you come.")
    return _("It is full right now. You are on the waiting list, and hear from us when there is a place.")


@require_POST
@needs("gatherings.sign_up")
def confirm(request: MemberRequest, gathering_id: UUID) -> HttpResponse:
    """One tap: I come."""
    return _one_tap(request, gathering_id, actions.confirm, _("Thank you. We are glad that you come."))


@require_POST
@needs("gatherings.sign_up")
def leave(request: MemberRequest, gathering_id: UUID) -> HttpResponse:
    """One tap: I cannot come."""
    return _one_tap(
        request, gathering_id, actions.leave, _("Thank you for saying so. Somebody else can have the place.")
    )


@require_POST
@needs("gatherings.sign_up")
def stand_by(request: MemberRequest, gathering_id: UUID) -> HttpResponse:
    """One tap: I would step in."""
    return _one_tap(request, gathering_id, actions.stand_by, _("Thank you. You hear from us when somebody is needed."))


def _one_tap(request: MemberRequest, gathering_id: UUID, deed: Callable[..., Booking], words: str) -> HttpResponse:
    found: Gathering = find_gathering(request, gathering_id, "gatherings.sign_up")
    try:
        deed(gathering=found, **_deed(request))
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
    else:
        flash.done(request, words)
    return redirect("gatherings:gathering", request.community.slug, found.pk)
