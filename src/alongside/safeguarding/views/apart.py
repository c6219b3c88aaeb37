"""Pairs that are kept apart, for safeguarding leads alone. Everybody else is refused before any row is looked at."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, needs
from alongside.safeguarding import actions
from alongside.safeguarding.apart import both_are_in
from alongside.safeguarding.forms import ApartForm
from alongside.safeguarding.models import KeptApart, Together
from alongside.safeguarding.models.apart import KeptApartQuerySet
from alongside.safeguarding.refusals import EXPECTED, words_for
from alongside.ui import flash

PERMISSION = "safeguarding.keep_apart"


def _pairs(request: MemberRequest) -> KeptApartQuerySet:
    """The pairs of this community that this lead may read: none in which they are themself."""
    pairs: KeptApartQuerySet = KeptApart.objects.of(request.community).without(request.user)
    return pairs.with_people().select_related("community")


@needs(PERMISSION)
def apart(request: MemberRequest) -> HttpResponse:
    """What waits, pairs that hold, and pairs that are over."""
    pairs = list(_pairs(request).order_by("-made_at", "-pk"))
    waiting = Together.objects.of(request.community).filter(seen_at=None, apart__in=[pair.pk for pair in pairs])
    context = {
        "waiting": waiting.select_related("apart__one", "apart__other").order_by("day", "pk"),
        "holding": [pair for pair in pairs if pair.holds(today())],
        "over": [pair for pair in pairs if not pair.holds(today())],
    }
    return render(request, "safeguarding/apart.html", context)


@needs(PERMISSION)
def keep(request: MemberRequest) -> HttpResponse:
    form = ApartForm(request.POST or None, community=request.community, today=today())
    if request.method == "POST" and form.is_valid():
        try:
            actions.keep_apart(by=request.user, at=now(), **form.cleaned_data)
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            flash.done(request, _("These two are kept apart. Nobody but leads knows."))
            return redirect("safeguarding:apart", request.community.slug)
    return render(request, "safeguarding/keep_apart.html", {"form": form})


@needs(PERMISSION)
def pair(request: MemberRequest, pair_id: UUID) -> HttpResponse:
    found = get_object_or_404(_pairs(request), pk=pair_id)
    noted = Together.objects.of(request.community).filter(apart=found).select_related("seen_by")
    ahead = both_are_in(found, on=today()) if found.holds(today()) else []
    context = {"pair": found, "ahead": ahead, "noted": noted.order_by("-day", "pk")}
    return render(request, "safeguarding/pair.html", context)


@require_POST
@needs(PERMISSION)
def end(request: MemberRequest, pair_id: UUID) -> HttpResponse:
    found = get_object_or_404(_pairs(request), pk=pair_id)
    return _done(request, _("They need not be kept apart any more."), actions.end_apart, pair=found)


@require_POST
@needs(PERMISSION)
def forget(request: MemberRequest, pair_id: UUID) -> HttpResponse:
    found = get_object_or_404(_pairs(request), pk=pair_id)
    return _done(request, _("It is forgotten, with its reason."), actions.forget_apart, pair=found)


@require_POST
@needs(PERMISSION)
def seen(request: MemberRequest, together_id: UUID) -> HttpResponse:
    waiting = Together.objects.of(request.community).filter(apart__in=_pairs(request).values("pk"))
    found = get_object_or_404(waiting.select_related("community"), pk=together_id)
    return _done(request, _("Noted that you see to it."), actions.mark_seen, together=found)


def _done(request: MemberRequest, told: str, act: Callable[..., Any], **what: Any) -> HttpResponse:
    try:
        act(by=request.user, at=now(), **what)
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
    else:
        flash.done(request, told)
    return redirect("safeguarding:apart", request.community.slug)
