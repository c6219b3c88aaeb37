"""Draws: announced, entered, drawn with a number made elsewhere, and published so that anybody draws them again."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, may, needs
from alongside.rewards import actions
from alongside.rewards.forms import AnnounceForm, NumberForm
from alongside.rewards.models import Draw, DrawEntry
from alongside.rewards.rules import drawing
from alongside.rewards.views.asking import ask, press
from alongside.rewards.views.finding import find_draw, find_reward
from alongside.rewards.whose import deed, holder


def _page(request: MemberRequest, draw: Draw) -> str:
    return reverse("rewards:draw", args=[request.community.slug, draw.pk])


@needs("rewards.see")
def draw(request: MemberRequest, draw_id: UUID) -> HttpResponse:
    """How it stands; once it is closed, all entries; once it is drawn, who won, and how to draw it again."""
    found = find_draw(request, draw_id)
    entries = DrawEntry.objects.on(found).by_name()
    sees_mine = may(request, "rewards.see_mine")
    context = {
        "draw": found,
        "entries": list(entries) if found.closed_at else [],
        "count": entries.count(),
        "winners": entries.winners() if found.drawn_at else [],
        "mine": entries.filter(membership=holder(request)).first() if sees_mine else None,
        "is_open": found.closed_at is None and now() < found.closes_at,
        "may_enter": may(request, "rewards.use_mine")
        and (request.acting_for is not None or request.standing.person.acts_alone(today())),
        "may_draw": may(request, "rewards.keep_stock") and found.closed_at is not None and now() >= found.number_at,
    }
    return render(request, "rewards/draw.html", context)


@needs("rewards.keep_stock")
def announce(request: MemberRequest, reward_id: UUID) -> HttpResponse:
    """Say what is drawn, among whom, and until when people come in."""
    reward = find_reward(request, reward_id)
    form = AnnounceForm(request.POST or None, initial={"prizes": reward.left or 1})
    back = reverse("rewards:program", args=[request.community.slug, reward.program_id])

    def keep(told: dict[str, Any]) -> str:
        told = {name: value for name, value in told.items() if name != "closes_on"}
        told |= form.moments(request.community)
        actions.announce_draw(reward=reward, by=request.user, at=now(), **told)
        return _("The draw is announced. People can come in.")

    return ask(
        request, form, keep, to=back, title=_("Announce a draw"), submit=_("Announce it"), back=back,
        back_label=reward.program.title, lead=reward.name,
    )  # fmt: skip


@require_POST
@needs("rewards.use_mine")
def enter(request: MemberRequest, draw_id: UUID) -> HttpResponse:
    """Take part."""
    found, member, who = find_draw(request, draw_id), holder(request), deed(request)

    def do() -> str:
        entry = actions.enter_draw(draw=found, membership=member, at=now(), **who)
        return _("You are in. Your entry is called %(name)s; nobody else knows whose it is.") % {"name": entry.name}

    return press(request, do, to=_page(request, found))


@require_POST
@needs("rewards.use_mine")
def step_out(request: MemberRequest, draw_id: UUID) -> HttpResponse:
    """Take part no more."""
    found, member, who = find_draw(request, draw_id), holder(request), deed(request)

    def do() -> str:
        actions.step_out(draw=found, membership=member, at=now(), **who)
        return _("You are out of this draw.")

    return press(request, do, to=_page(request, found))


@needs("rewards.keep_stock")
def draw_now(request: MemberRequest, draw_id: UUID) -> HttpResponse:
    """Paste the number that was made elsewhere; the winners follow from it."""
    found = find_draw(request, draw_id)

    def keep(told: dict[str, Any]) -> str:
        actions.draw_winners(draw=found, by=request.user, at=now(), **told)
        return _("It is drawn. Anybody can draw it again from the file.")

    return ask(
        request, NumberForm(request.POST or None), keep, to=_page(request, found), template="rewards/draw_now.html",
        draw=found, back=_page(request, found),
    )  # fmt: skip


@needs("rewards.see")
def draw_file(request: MemberRequest, draw_id: UUID) -> HttpResponse:
    """All that it takes to draw it again, without a name: for `alongside draw FILE`, or by hand."""
    found = find_draw(request, draw_id)
    entries = DrawEntry.objects.on(found).by_name()
    told = {
        "recipe": drawing.RECIPE,
        "draw": str(found.pk),
        "prizes": found.prizes,
        "entries": [{"entry": one.name, "tickets": one.tickets or 0} for one in entries] if found.closed_at else [],
        "digest": found.digest,
        "source": found.source,
        "round": found.round,
        "number": found.public_number,
        "winners": [one.name for one in entries.winners()] if found.drawn_at else [],
    }
    answer = JsonResponse(told, json_dumps_params={"indent": 2})
    answer["Content-Disposition"] = f'attachment; filename="draw-{found.pk}.json"'
    return answer
