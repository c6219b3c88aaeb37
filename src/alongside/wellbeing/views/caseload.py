"""Who visits whom, in numbers and days: begun, handed over, moved, ended. No word of a plan or an agenda is here."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.kernel.clock import now, today
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.people.access import MemberRequest, may, needs
from alongside.people.asking import done
from alongside.people.listing import seen_members
from alongside.ui import flash
from alongside.wellbeing import actions
from alongside.wellbeing.forms import DayForm, HandOverForm, StartForm
from alongside.wellbeing.planning import section_of
from alongside.wellbeing.showing import caseloads, programs_with_visits
from alongside.wellbeing.views.asking import ask, sorry
from alongside.wellbeing.views.finding import kept_series
from alongside.wellbeing.whose import speaker_of


def _caseload_url(request: MemberRequest) -> str:
    return reverse("wellbeing:caseload", args=[request.community.slug])


@needs("wellbeing.keep_caseload")
def caseload(request: MemberRequest) -> HttpResponse:
    """Every visitor, with how many they have of how many, and whose visits come next."""
    context = {"rows": caseloads(request.community, on=today()), "programs": programs_with_visits(request.community)}
    return render(request, "wellbeing/caseload.html", context)


@needs("wellbeing.keep_caseload")
def start(request: MemberRequest) -> HttpResponse:
    """Begin visits to somebody who agreed."""
    people = seen_members(request.standing)
    programs = programs_with_visits(request.community)
    form = StartForm(request.POST or None, people=people, programs=programs, initial={"enrolled_on": today()})

    def keep(told: dict[str, Any]) -> str:
        told["program"].community = request.community
        actions.start_visits(by=request.user, at=now(), **told)
        return _("The visits are planned, and both are told.")

    return ask(
        request, form, keep, title=_("Begin visits"), back=_caseload_url(request), back_label=_("Who visits whom"),
        submit=_("Plan the visits"), lead="" if programs.exists() else _("No program here has agreed on visits yet."),
    )  # fmt: skip


def _home(request: MemberRequest, series_id: UUID) -> str:
    """Where each comes from: a coordinator from the list, the two from their own page."""
    if request.acting_for is None and may(request, "wellbeing.keep_caseload"):
        return _caseload_url(request)
    return reverse("wellbeing:series", args=[request.community.slug, series_id])


@needs("wellbeing.have_visits")
def set_the_day(request: MemberRequest, series_id: UUID) -> HttpResponse:
    """Say when the day is expected, or when it was: planned visits follow."""
    series = kept_series(request, series_id)
    day_name = section_of(series).get("day", "") or _("The day that everything turns on")
    begins = {"day": series.the_day, "is_sure": "yes" if series.day_on else ""}
    form = DayForm(request.POST or None, day_name=day_name, today=today(), initial=begins)

    def keep(told: dict[str, Any]) -> str:
        deed = speaker_of(request).deed() if request.acting_for else {"by": request.user}
        actions.set_the_day(series=series, at=now(), **told, **deed)
        return done(request, series, _("The visits to come are planned anew. Those that took place stay."))

    return ask(
        request, form, keep, title=_("When is the day?"), back=_home(request, series.pk), back_label=_("Visits"),
        submit=_("Plan anew"),
    )  # fmt: skip


@needs("wellbeing.keep_caseload")
def hand_over(request: MemberRequest, series_id: UUID) -> HttpResponse:
    """Let somebody else visit from now on."""
    series = kept_series(request, series_id)
    form = HandOverForm(request.POST or None, people=seen_members(request.standing))

    def keep(told: dict[str, Any]) -> str:
        actions.hand_over(series=series, by=request.user, at=now(), **told)
        return _("Handed over, and both are told.")

    return ask(
        request, form, keep, title=_("Somebody else visits"), back=_caseload_url(request),
        back_label=_("Who visits whom"), submit=_("Hand over"),
    )  # fmt: skip


@needs("wellbeing.have_visits")
def end(request: MemberRequest, series_id: UUID) -> HttpResponse:
    """End visits: the person, or a coordinator."""
    series = kept_series(request, series_id)
    back = _home(request, series.pk)
    if request.method == "POST":
        keeps = request.acting_for is None and may(request, "wellbeing.keep_caseload")
        deed = {"by": request.user} if keeps else speaker_of(request).deed()
        try:
            actions.end_visits(series=series, at=now(), **deed)
        except SomeoneElseWasFaster as refusal:
            return sorry(request, refusal, to=back)
        flash.done(request, _("No more visits are planned. What took place stays."))
        return redirect(back)
    return render(request, "wellbeing/end.html", {"series": series, "back": back})
