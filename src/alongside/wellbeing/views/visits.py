"""Visits, as the person sees them and as the visitor does: the same days, and each their own words."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, may, needs
from alongside.people.asking import done
from alongside.ui.words import day_text
from alongside.wellbeing import actions
from alongside.wellbeing.forms import SettleForm, TimeForm, WishForm
from alongside.wellbeing.models import AgendaItem, Visit
from alongside.wellbeing.planning import section_of
from alongside.wellbeing.showing import cards_of, series_shown
from alongside.wellbeing.views.asking import ask, press
from alongside.wellbeing.views.finding import find_series, find_visit, my_series, my_wish, series_rows
from alongside.wellbeing.whose import speaker_of


def _url(request: MemberRequest, series_id: UUID) -> str:
    return reverse("wellbeing:series", args=[request.community.slug, series_id])


@needs("wellbeing.have_visits")
def home(request: MemberRequest) -> HttpResponse:
    """Visits to me, and those that I make."""
    speaker = speaker_of(request)
    rows = series_rows(request)
    mine = rows.filter(membership=speaker.membership).in_order()
    made = rows.running().filter(visitor=request.membership).in_order() if speaker.on_behalf_of is None else []
    context = {
        "speaker": speaker,
        "mine": cards_of(request.community, mine),
        "made": cards_of(request.community, made),
        "keeps_caseload": may(request, "wellbeing.keep_caseload") and speaker.on_behalf_of is None,
    }
    return render(request, "wellbeing/visits.html", context)


@needs("wellbeing.have_visits")
def series(request: MemberRequest, series_id: UUID) -> HttpResponse:
    """All visits of one series. The visitor reads what is shown to them, and never the taps."""
    found, is_visitor = find_series(request, series_id)
    wishes = AgendaItem.objects.on(found).in_order()
    context = {
        **series_shown(found, on=today()),
        "series": found,
        "is_visitor": is_visitor,
        "wishes": (wishes.shown_to_visitor() if is_visitor else wishes).filter(visit=None),
        "talked": [] if is_visitor else wishes.exclude(visit=None).select_related("visit").order_by("-visit__held_on"),
        "untold": [] if is_visitor else Visit.objects.on(found).took_place().filter(about_mine="").order_by("-held_on"),
        "shares": Visit.AboutMine.choices,
    }
    return render(request, "wellbeing/series.html", context)


@needs("wellbeing.have_visits")
def wish(request: MemberRequest, series_id: UUID) -> HttpResponse:
    """Put something on the agenda."""
    speaker = speaker_of(request)
    found = my_series(request, speaker, series_id)
    form = WishForm(request.POST or None, topics=section_of(found).get("topics", []))

    def keep(told: dict[str, Any]) -> str:
        actions.wish(series=found, at=now(), **told, **speaker.deed())
        return _("It is on your agenda.")

    return ask(
        request, form, keep, title=_("To talk about"), back=_url(request, found.pk), back_label=_("My visits"),
        submit=_("Put it on my agenda"),
    )  # fmt: skip


@needs("wellbeing.have_visits")
@require_POST
def show_wish(request: MemberRequest, wish_id: UUID) -> HttpResponse:
    """Let the visitor read it, or no longer."""
    speaker = speaker_of(request)
    item = my_wish(request, speaker, wish_id)
    is_shown = request.POST.get("shown") == "yes"

    def do() -> str:
        actions.show_wish(item=item, is_shown=is_shown, at=now(), **speaker.deed())
        return _("Your visitor can read it now.") if is_shown else _("You alone read it now.")

    return press(request, do, to=_url(request, item.series_id))


@needs("wellbeing.have_visits")
@require_POST
def settle_wish(request: MemberRequest, wish_id: UUID) -> HttpResponse:
    """It was talked about."""
    speaker = speaker_of(request)
    item = my_wish(request, speaker, wish_id)

    def do() -> str:
        actions.settle_wish(item=item, at=now(), **speaker.deed())
        return _("Good. It is off your agenda.")

    return press(request, do, to=_url(request, item.series_id))


@needs("wellbeing.have_visits")
@require_POST
def take_wish_back(request: MemberRequest, wish_id: UUID) -> HttpResponse:
    """Take it off the agenda."""
    speaker = speaker_of(request)
    item = my_wish(request, speaker, wish_id)

    def do() -> str:
        actions.take_wish_back(item=item, at=now(), **speaker.deed())
        return _("It is gone.")

    return press(request, do, to=_url(request, item.series_id))


@needs("wellbeing.have_visits")
def settle(request: MemberRequest, visit_id: UUID) -> HttpResponse:
    """Write down what became of a visit: either of the two may."""
    visit = find_visit(request, visit_id)
    speaker = speaker_of(request)
    usual = {"held_on": visit.held_on or min(visit.on, today()), "minutes": visit.minutes, "state": visit.state}

    def keep(told: dict[str, Any]) -> str:
        settled = actions.settle_visit(visit=visit, at=now(), **told, **speaker.deed())
        return done(request, settled, _("Written down."))

    return ask(
        request, SettleForm(request.POST or None, initial=usual), keep, title=_("A visit"), submit=_("Keep it"),
        back=_url(request, visit.series_id), back_label=_("All visits"), day=visit.due_on,
    )  # fmt: skip


@needs("wellbeing.have_visits")
def agree_time(request: MemberRequest, visit_id: UUID) -> HttpResponse:
    """Write down the day, and perhaps the time, that the two agreed on: either of them may."""
    visit = find_visit(request, visit_id)
    speaker = speaker_of(request)
    form = TimeForm(request.POST or None, initial={"day": visit.on, "time_of_day": visit.agreed_time})

    def keep(told: dict[str, Any]) -> str:
        agreed = actions.agree_time(visit=visit, at=now(), **told, **speaker.deed())
        return done(request, agreed, _("The visit is on %(day)s.") % {"day": day_text(agreed.when)})

    return ask(
        request, form, keep, title=_("When is the visit?"), submit=_("Keep it"), back=_url(request, visit.series_id),
        back_label=_("All visits"), day=visit.due_on, lead=_("The other one of you hears of it."),
    )  # fmt: skip


@needs("wellbeing.have_visits")
@require_POST
def tell_share(request: MemberRequest, visit_id: UUID) -> HttpResponse:
    """One press: how much of a visit was about what I wanted."""
    visit = find_visit(request, visit_id)
    speaker = speaker_of(request)
    about_mine = request.POST.get("about_mine", "")
    if about_mine not in Visit.AboutMine.values:
        return press(request, lambda: "", to=_url(request, visit.series_id))
    if visit.series.membership_id != speaker.membership.pk:
        raise Http404

    def do() -> str:
        actions.tell_share(visit=visit, about_mine=about_mine, at=now(), **speaker.deed())
        return _("Thank you. Your visitor does not see this.")

    return press(request, do, to=_url(request, visit.series_id))
