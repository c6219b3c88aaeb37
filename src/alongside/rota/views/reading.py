"""Rotas as people read them: my duties first, then everybody's; on a screen and on paper."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.kernel.clock import now, today
from alongside.kernel.models import Progress
from alongside.kernel.progress import has_gone_silent
from alongside.people.access import MemberRequest, may, needs
from alongside.programs.models import Program
from alongside.rota.lacking import missing_checks
from alongside.rota.models import Assignment, Rota, Swap, Version
from alongside.rota.offering import offers_in
from alongside.rota.planning import plan_of
from alongside.rota.rules.section import NAME
from alongside.rota.saying import moves_of, result_of, told
from alongside.rota.showing import closed_in, days_of, gaps_of, months_of, offers_to, open_swaps
from alongside.rota.views.finding import find_duty, find_rota, keeps, me

SHOWN = 12


@needs("rota.see")
def home(request: MemberRequest) -> HttpResponse:
    """My duties, what I could take, and the rotas of all programs."""
    member, at = me(request), now()
    rows = Rota.objects.of(request.community).with_program().newest_first()
    rotas = list((rows if keeps(request) else rows.published()).filter(last_day__gte=today())[:SHOWN])
    for rota in rotas:
        rota.community = rota.program.community = request.community
    mine = Assignment.objects.by(member).standing().published().coming(at).with_people().in_order()
    waiting = Swap.objects.of(request.community).offered().coming(at)
    context = {
        "me": member,
        "mine": mine[:SHOWN],
        "offers": offers_in(rotas, member, at=at)[:SHOWN],
        "waiting": list(waiting.filter(assignment__membership=member).with_duty()),
        "rotas": rotas,
        "over": rows.published().filter(last_day__lt=today())[:SHOWN],
        "programs": programs_with_rotas(request) if keeps(request) else [],
        "keeps": keeps(request),
    }
    return render(request, "rota/home.html", context)


def programs_with_rotas(request: MemberRequest) -> list[Program]:
    """Running programs whose design has a rota, with that design."""
    running = Program.objects.of(request.community).running().with_design().by_title()
    return [program for program in running if NAME in program.design]


@needs("rota.see")
def rota(request: MemberRequest, rota_id: UUID) -> HttpResponse:
    """One period: my duties first, then every day; for who keeps it, how it stands and what comes next."""
    found, member, at = find_rota(request, rota_id), me(request), now()
    plan = plan_of(found, at=at)
    swaps = open_swaps(found, at)
    days = days_of(plan, member, swaps)
    context: dict[str, Any] = {
        "rota": found,
        "me": member,
        "days": days,
        "mine": [one for day in days for one in day.duties if one.is_mine],
        "offers": [] if found.is_draft else offers_to(plan, member, swaps, at=at),
        "open_places": plan.open_places(),
        "keeps": keeps(request),
        "closed": closed_in(found),
        "moment": at,
    }
    if keeps(request):
        version = Version.objects.on(found).newest_first().first()
        context |= {
            "gaps": gaps_of(plan),
            "has_people": bool(plan.held),
            "version": version,
            "result": result_of(version) if version else "",
            "moves": moves_of(version) if version else "",
            "told": told(version, plan) if version else [],
            "lacks": [day for day in days if day.lacks_adults],
            "lacks_training": [day for day in days if day.lacks],
            "missing": missing_checks(plan),
            "writes_checks": may(request, "safeguarding.write_checks"),
            "searching": _searching(found),
        }
    return render(request, "rota/rota.html", context)


def _searching(rota: Rota) -> Progress | None:
    """The search that goes on, to be watched; one that nothing is heard of any more stands in nobody's way."""
    if rota.searching is None:
        return None
    found = Progress.objects.filter(pk=rota.searching).first()
    return None if found is None or found.is_over or has_gone_silent(found, at=now()) else found


@needs("rota.see")
def duty(request: MemberRequest, duty_id: UUID) -> HttpResponse:
    """One duty: who is on it, whether the reader may take it, and what can be done here."""
    found, member, at = find_duty(request, duty_id), me(request), now()
    plan = plan_of(found.rota, at=at)
    swaps = [swap for swap in open_swaps(found.rota, at) if swap.assignment.duty_id == found.pk]
    offers = [] if found.rota.is_draft else offers_to(plan, member, swaps, at=at)
    shown = next((one for day in days_of(plan, member, swaps) for one in day.duties if one.duty.pk == found.pk), None)
    context = {
        "rota": found.rota,
        "duty": found,
        "shown": shown,
        "offer": next((one for one in offers if one.duty.pk == found.pk), None),
        "asked": {swap.assignment_id: swap for swap in swaps},
        "me": member,
        "keeps": keeps(request),
        "is_ahead": found.called_off_at is None and found.starts_at > at,
        "has_begun": found.starts_at <= at,
    }
    return render(request, "rota/duty.html", context)


@needs("rota.see")
def on_paper(request: MemberRequest, rota_id: UUID) -> HttpResponse:
    """A sheet for each month, to hang up."""
    found = find_rota(request, rota_id)
    plan = plan_of(found, at=now())
    months = months_of(plan)
    context = {
        "rota": found,
        "months": months,
        "weekdays": [one.day for one in months[0].weeks[0]] if months else [],
        "at": now(),
        "large_print": "large" in request.GET,
        "back_url": reverse("rota:rota", args=[request.community.slug, found.pk]),
        "note": _("Whoever cannot come says so in good time, and somebody else is looked for."),
    }
    return render(request, "rota/on_paper.html", context)
