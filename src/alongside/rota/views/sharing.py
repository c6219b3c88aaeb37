"""Taking open places, and saying when one cannot come: for oneself, or for somebody who asked."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, needs
from alongside.programs.models.program import design_of
from alongside.rota import actions
from alongside.rota.forms import AwayForm, WishForm
from alongside.rota.models import Away, Wish
from alongside.rota.pool import shared_by
from alongside.rota.rules.section import NAME
from alongside.rota.views.asking import ask, press
from alongside.rota.views.finding import deed_of, duty_url, find_duty, find_program, me, my_away, my_wish
from alongside.rota.views.reading import programs_with_rotas


def _mine_url(request: MemberRequest) -> str:
    return reverse("rota:mine", args=[request.community.slug])


@needs("rota.take_part")
@require_POST
def take(request: MemberRequest, duty_id: UUID) -> HttpResponse:
    """Take an open place."""
    duty = find_duty(request, duty_id)
    deed = deed_of(request)

    def do() -> str:
        actions.take(duty=duty, membership=me(request), at=now(), **deed)
        return _("It is yours. Thank you.")

    return press(request, do, to=duty_url(request, duty.pk))


@needs("rota.take_part")
def mine(request: MemberRequest) -> HttpResponse:
    """When I cannot come, and what I would rather not do."""
    member, today = me(request), request.community.day_of(now())
    context = {
        "away": Away.objects.by(member).filter(last_day__gte=today).order_by("first_day"),
        "wishes": Wish.objects.by(member).select_related("program").order_by("program", "weekday", "duty"),
        "programs": shared_by(member, programs_with_rotas(request), on=today),
        "me": member,
    }
    return render(request, "rota/mine.html", context)


@needs("rota.take_part")
def add_away(request: MemberRequest) -> HttpResponse:
    """Days on which I cannot come."""
    deed = deed_of(request)

    def keep(told: dict[str, Any]) -> str:
        actions.add_away(membership=me(request), at=now(), **told, **deed)
        return _("Written down. You are not asked for these days.")

    return ask(
        request, AwayForm(request.POST or None), keep, title=_("Days away"), back=_mine_url(request),
        back_label=_("When I can come"), submit=_("Keep it"),
        lead=_("Nobody asks why. A duty that you have already stays yours until somebody takes it."),
    )  # fmt: skip


@needs("rota.take_part")
@require_POST
def remove_away(request: MemberRequest, away_id: UUID) -> HttpResponse:
    away = my_away(request, away_id)
    deed = deed_of(request)

    def do() -> str:
        actions.remove_away(away=away, at=now(), **deed)
        return _("You can be asked for these days again.")

    return press(request, do, to=_mine_url(request))


@needs("rota.take_part")
def say_wish(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """What I cannot do, or would rather not."""
    program = find_program(request, program_id)
    deed = deed_of(request)
    form = WishForm(request.POST or None, section=design_of(program).get(NAME, {}))

    def keep(told: dict[str, Any]) -> str:
        actions.say_wish(membership=me(request), program=program, at=now(), **told, **deed)
        return _("Written down. The next rota looks at it.")

    return ask(
        request, form, keep, title=_("A wish about my duties"), back=_mine_url(request),
        back_label=_("When I can come"), submit=_("Keep it"),
    )  # fmt: skip


@needs("rota.take_part")
@require_POST
def take_wish_back(request: MemberRequest, wish_id: UUID) -> HttpResponse:
    wish = my_wish(request, wish_id)
    deed = deed_of(request)

    def do() -> str:
        actions.take_wish_back(wish=wish, at=now(), **deed)
        return _("It is gone.")

    return press(request, do, to=_mine_url(request))
