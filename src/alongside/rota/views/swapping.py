"""Giving a duty away: asked, taken, declined; for oneself, or for somebody who asked."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, needs, note_refusal
from alongside.people.listing import seen_members
from alongside.rota import actions
from alongside.rota.both_ways import coming_of, who_may_answer
from alongside.rota.forms import SwapForm, TakerForm
from alongside.rota.planning import plan_of
from alongside.rota.showing_swaps import swap_shown
from alongside.rota.views.asking import ask, hides_reasons, press
from alongside.rota.views.finding import deed_of, duty_url, find_assignment, find_swap, keeps, me, swap_url


@needs("rota.take_part")
def ask_swap(request: MemberRequest, assignment_id: UUID) -> HttpResponse:
    """Look for somebody who takes a duty: for oneself, or for whoever told a coordinator."""
    one = find_assignment(request, assignment_id)
    is_mine = one.membership_id == me(request).pk
    form = SwapForm(request.POST or None, is_for_another=not is_mine)
    form.fields["asked_of"].queryset = seen_members(request.standing)  # type: ignore[attr-defined]
    deed = deed_of(request) if is_mine else {"by": request.user, "on_behalf_of": one.membership.person}

    def keep(told: dict[str, Any]) -> str:
        actions.ask_swap(assignment=one, at=now(), **{**told, **deed, "asked_of": told.get("asked_of") or None})
        return _("Asked. Until somebody takes it, the duty stays where it is.")

    return ask(
        request, form, keep, title=_("Somebody else for this duty"), back=duty_url(request, one.duty_id),
        back_label=_("The duty"), submit=_("Ask"), duty=one.duty,
        who="" if is_mine else one.membership.person.name,
    )  # fmt: skip


@needs("rota.take_part")
def swap(request: MemberRequest, swap_id: UUID) -> HttpResponse:
    """A duty for which somebody is looked for: each reader sees what they can answer, and why not, which is theirs."""
    shown = swap_shown(find_swap(request, swap_id), me(request), at=now())
    if not (shown.is_for_them or keeps(request)):
        note_refusal(request, "rota.take_part")
        raise PermissionDenied
    if shown.why_not and hides_reasons(request):
        shown = replace(shown, why_not=[_("This person cannot take it. They alone read why.")])
    context = {"shown": shown, "swap": shown.swap, "duty": shown.swap.assignment.duty, "keeps": keeps(request)}
    return render(request, "rota/swap.html", context)


@needs("rota.take_part")
@require_POST
def take_swap(request: MemberRequest, swap_id: UUID) -> HttpResponse:
    found = find_swap(request, swap_id)
    deed = deed_of(request)

    def do() -> str:
        actions.take_swap(swap=found, membership=me(request), at=now(), **deed)
        return _("It is yours. Thank you.")

    return press(request, do, to=duty_url(request, found.assignment.duty_id))


@needs("rota.take_part")
@require_POST
def decline_swap(request: MemberRequest, swap_id: UUID) -> HttpResponse:
    """Whoever was asked cannot, and need not say why."""
    found = find_swap(request, swap_id)
    deed = deed_of(request)
    if found.asked_of_id != me(request).pk:
        note_refusal(request, "rota.take_part")
        raise PermissionDenied

    def do() -> str:
        actions.decline_swap(swap=found, at=now(), **deed)
        return _("That is fine. They are told that you cannot.")

    return press(request, do, to=duty_url(request, found.assignment.duty_id))


@needs("rota.take_part")
@require_POST
def withdraw_swap(request: MemberRequest, swap_id: UUID) -> HttpResponse:
    """Nobody is looked for any more."""
    found = find_swap(request, swap_id)
    is_mine = found.assignment.membership_id == me(request).pk
    if not is_mine and not keeps(request):
        note_refusal(request, "rota.take_part")
        raise PermissionDenied
    deed = deed_of(request) if is_mine else {"by": request.user, "on_behalf_of": found.assignment.membership.person}

    def do() -> str:
        actions.withdraw_swap(swap=found, at=now(), **deed)
        return _("Nobody is looked for any more.")

    return press(request, do, to=duty_url(request, found.assignment.duty_id))


@needs("rota.keep")
def give_swap(request: MemberRequest, swap_id: UUID) -> HttpResponse:
    """Somebody told a coordinator that they take it, and perhaps what they give for it."""
    found = find_swap(request, swap_id)
    if not swap_shown(found, me(request), at=now()).is_open:
        return redirect(swap_url(request, found.pk))
    one = found.assignment
    takers = who_may_answer(plan_of(one.duty.rota, at=now()), found, at=now())
    duties = coming_of(found, [each.pk for each in takers], at=now()) if found.takes_back else []
    form = TakerForm(request.POST or None, takers=takers, duties=duties, asker=one.membership.person.name)

    def keep(told: dict[str, Any]) -> str:
        said: dict[str, Any] = {"swap": found, "by": request.user, "at": now(), "channel": told["channel"]}
        given = form.given
        if given is None:
            actions.take_swap(membership=form.taker, on_behalf_of=form.taker.person, **said)
            return _("They have the duty now, and both are told.")
        if told["is_agreed"]:
            actions.write_exchange(given=given, **said)
            return _("Both duties have changed hands, and both are told.")
        actions.offer_exchange(given=given, on_behalf_of=form.taker.person, **said)
        return _("Written down. Who asked says yes or no.")

    return ask(
        request, form, keep, title=_("Who takes it?"), back=duty_url(request, one.duty_id),
        back_label=_("The duty"), submit=_("Write it down"), duty=one.duty,
    )  # fmt: skip
