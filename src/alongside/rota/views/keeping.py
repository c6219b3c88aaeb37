"""Keeping a rota: made for a period, searched, published, changed by hand."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from alongside.kernel import progress
from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, needs
from alongside.people.asking import done
from alongside.people.listing import seen_members
from alongside.people.models import Membership
from alongside.programs.models.program import design_of
from alongside.rota import actions
from alongside.rota.eligible import BreaksRules
from alongside.rota.forms import ClosedDayForm, PatternForm, PeriodForm, PlaceForm, usual_period
from alongside.rota.models import Assignment, Rota
from alongside.rota.planning import plan_of
from alongside.rota.pool import pool_of
from alongside.rota.rules.section import NAME
from alongside.rota.saying import broken_rules
from alongside.rota.views.asking import ask, press
from alongside.rota.views.finding import duty_url, find_assignment, find_closed, find_duty, find_program, find_rota

# How long a search may take, and the name of the work; `tasks` does it.
SEARCH, SECONDS = "rota.search", 60


def _home(request: MemberRequest) -> str:
    return reverse("rota:home", args=[request.community.slug])


def _rota_url(request: MemberRequest, rota_id: UUID) -> str:
    return reverse("rota:rota", args=[request.community.slug, rota_id])


@needs("rota.keep")
def make(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Choose the days of a rota, and see who shares it."""
    program = find_program(request, program_id)
    section = design_of(program).get(NAME)
    if not section:
        raise Http404
    last = Rota.objects.on(program).order_by("-last_day").first()
    first_day, last_day = usual_period(last.last_day if last else None, today())
    form = PeriodForm(request.POST or None, initial={"first_day": first_day, "last_day": last_day})
    made: list[Rota] = []

    def keep(told: dict[str, Any]) -> str:
        made.append(actions.make_rota(program=program, by=request.user, at=now(), **told))
        return _("The duties are there. Now search for who does what.")

    answer = ask(
        request, form, keep, title=_("Make a rota"), back=_home(request), back_label=_("Duties"),
        submit=pgettext("a rota", "Make it"), template="rota/make.html",
        program=program, pool=pool_of(program, on=today()),
        rotas=Rota.objects.on(program).newest_first()[:6], ahead=section.get("ahead", ""),
    )  # fmt: skip
    return redirect(_rota_url(request, made[0].pk)) if made else answer


@needs("rota.keep")
@require_POST
def search(request: MemberRequest, rota_id: UUID) -> HttpResponse:
    """Begin a search, and watch it on a page that may be left."""
    found = find_rota(request, rota_id)
    with transaction.atomic():
        watched = progress.begin(
            work=SEARCH,
            args={"rota_id": str(found.pk), "person_id": str(request.user.pk), "seconds": SECONDS},
            title=_("Searching for a fair rota"),
            person_id=request.user.pk,
            community_id=request.community.pk,
            at=now(),
        )
        actions.begin_search(rota=found, searching=watched.pk, by=request.user, at=now())
    return redirect("notices:progress", watched.pk)


@needs("rota.keep")
@require_POST
def publish(request: MemberRequest, rota_id: UUID) -> HttpResponse:
    found = find_rota(request, rota_id)

    def do() -> str:
        actions.publish(rota=found, by=request.user, at=now())
        return _("The rota is published, and everybody on it is told.")

    return press(request, do, to=_rota_url(request, found.pk))


@needs("rota.keep")
@require_POST
def drop(request: MemberRequest, rota_id: UUID) -> HttpResponse:
    """Throw a draft away."""
    found = find_rota(request, rota_id)

    def do() -> str:
        actions.drop_rota(rota=found, by=request.user, at=now())
        return _("The draft is gone.")

    return press(request, do, to=_home(request) if found.is_draft else _rota_url(request, found.pk))


@needs("rota.keep")
def close_day(request: MemberRequest, rota_id: UUID) -> HttpResponse:
    """Say that nothing is on that day."""
    found = find_rota(request, rota_id)

    def keep(told: dict[str, Any]) -> str:
        closed = actions.close_day(program=found.program, by=request.user, at=now(), **told)
        return done(request, closed, _("Closed. Its duties are gone, and whoever had one is told."))

    return ask(
        request, ClosedDayForm(request.POST or None, today=today()), keep,
        title=_("A day is closed"), back=_rota_url(request, found.pk), back_label=_("The rota"),
        submit=_("Close the day"),
    )  # fmt: skip


@needs("rota.keep")
@require_POST
def open_day(request: MemberRequest, closed_id: UUID) -> HttpResponse:
    """The day is on after all."""
    closed = find_closed(request, closed_id)
    rotas = Rota.objects.on(closed.program).touching(closed.day, closed.day)
    rota = rotas.first()

    def do() -> str:
        actions.open_day(closed=closed, by=request.user, at=now())
        return done(request, closed, _("The day is on again. Nobody is on its duties yet."))

    return press(request, do, to=_rota_url(request, rota.pk) if rota else _home(request))


@needs("rota.keep")
def place(request: MemberRequest, duty_id: UUID) -> HttpResponse:
    """Put somebody on a duty by hand; rules that would break are said first."""
    duty = find_duty(request, duty_id)
    plan = plan_of(duty.rota, at=now())
    there = {str(one.pk): one for one in plan.on_duty[duty.pk]}
    form = PlaceForm(
        request.POST or None,
        there=[(pk, str(one.membership)) for pk, one in there.items()],
        is_full=len(there) >= duty.people,
    )
    form.fields["membership"].queryset = seen_members(request.standing)  # type: ignore[attr-defined]
    broken: list[str] = []

    def keep(told: dict[str, Any]) -> str:
        instead = there.get(told.pop("instead_of", "") or "")
        try:
            made = actions.place(duty=duty, instead_of=instead, by=request.user, at=now(), **told)
        except BreaksRules as refusal:
            if "despite_rules" not in request.POST:
                broken.extend(broken_rules(refusal.plan, refusal.broken))
            raise
        return done(request, made, _("Set by hand. A search leaves it as it is."))

    return ask(
        request, form, keep, title=_("Put somebody on this duty"), back=duty_url(request, duty.pk),
        back_label=_("The duty"), submit=_("Put them on it"), template="rota/place.html", duty=duty, broken=broken,
        pool=list(plan.pool.members.values()),
    )  # fmt: skip


@needs("rota.keep")
@require_POST
def take_off(request: MemberRequest, assignment_id: UUID) -> HttpResponse:
    """Somebody need not do a duty; others are told that a place is open."""
    one = find_assignment(request, assignment_id)

    def do() -> str:
        actions.take_off(assignment=one, by=request.user, at=now())
        return done(request, one, _("The place is open now."))

    return press(request, do, to=duty_url(request, one.duty_id))


@needs("rota.keep")
@require_POST
def settle(request: MemberRequest, assignment_id: UUID) -> HttpResponse:
    """Write down whether somebody has done a duty."""
    one = find_assignment(request, assignment_id)
    outcome = request.POST.get("outcome", "")

    def do() -> str:
        if outcome not in Assignment.Outcome.values:
            return ""
        actions.settle_duty(assignment=one, outcome=outcome, by=request.user, at=now())
        return done(request, one, _("Written down."))

    return press(request, do, to=duty_url(request, one.duty_id))


@needs("rota.keep")
def pattern(request: MemberRequest, program_id: UUID, membership_id: UUID) -> HttpResponse:
    """How the family of somebody takes part."""
    program = find_program(request, program_id)
    member = Membership.objects.of(request.community).filter(pk=membership_id).first()
    home = pool_of(program, on=today()).home_of(membership_id)
    section = design_of(program).get(NAME, {})
    if member is None or home is None or not section.get("owed"):
        raise Http404
    stands = home.pattern(section)
    form = PatternForm(
        request.POST or None,
        patterns=[each["name"] for each in section["owed"]],
        initial={"pattern": stands["name"] if stands else ""},
    )

    def keep(told: dict[str, Any]) -> str:
        actions.set_pattern(program=program, family_key=home.key, by=request.user, at=now(), **told)
        return _("Written down. The next search shares the duties out by it.")

    return ask(
        request, form, keep, title=_("How %(family)s takes part") % {"family": home.name},
        back=reverse("rota:ledger", args=[request.community.slug, program.pk]), back_label=_("What families owe"),
        submit=_("Keep it"),
    )  # fmt: skip
