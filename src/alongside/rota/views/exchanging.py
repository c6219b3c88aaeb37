"""A swap both ways: what one gives for a duty, and the answer of who asked for somebody."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, needs, note_refusal
from alongside.rota import actions
from alongside.rota.both_ways import coming_of
from alongside.rota.forms import GivenForm
from alongside.rota.models import Assignment, Swap
from alongside.rota.showing_swaps import swap_shown
from alongside.rota.views.asking import ask, press
from alongside.rota.views.finding import deed_of, find_swap, keeps, me, swap_url
from alongside.ui import flash


@needs("rota.take_part")
def offer_exchange(request: MemberRequest, swap_id: UUID) -> HttpResponse:
    """I take it, and give one of mine: which?"""
    found = find_swap(request, swap_id)
    shown = swap_shown(found, me(request), at=now())
    if shown.is_theirs or not shown.is_for_them:
        _refuse(request)
    if not (shown.is_open and shown.can_give):
        flash.sorry(request, _("There is nothing that you could give for it now."))
        return redirect(swap_url(request, found.pk))
    form = GivenForm(request.POST or None, duties=coming_of(found, [me(request).pk], at=now()))
    deed = deed_of(request)

    def keep(told: dict[str, Any]) -> str:
        actions.offer_exchange(swap=found, given=form.given, at=now(), **deed)
        return _("Offered. Nothing changes until they say yes.")

    return ask(
        request, form, keep, title=_("Take it, and give one of mine"), back=swap_url(request, found.pk),
        back_label=_("The swap"), submit=_("Offer it"), duty=found.assignment.duty,
        lead=_("They see which duty you give, and say yes or no."),
    )  # fmt: skip


@needs("rota.take_part")
@require_POST
def agree_to_exchange(request: MemberRequest, swap_id: UUID) -> HttpResponse:
    """Who asked takes what is given: both duties change hands. Only what was shown is agreed to."""
    found = find_swap(request, swap_id)
    deed = _deed_of_asker(request, found)

    def do() -> str:
        actions.agree_to_exchange(swap=found, given=_as_shown(request, found), at=now(), **deed)
        return _("Both duties have changed hands.")

    return press(request, do, to=swap_url(request, found.pk))


@needs("rota.take_part")
@require_POST
def end_offer(request: MemberRequest, swap_id: UUID) -> HttpResponse:
    """No exchange: who asked does not want what is given, or who gives it keeps it. Only what was shown is ended."""
    found = find_swap(request, swap_id)
    act: Callable[..., Swap]
    if found.given is not None and found.given.membership_id == me(request).pk:
        act, deed = actions.take_offer_back, deed_of(request)
    else:
        act, deed = actions.decline_exchange, _deed_of_asker(request, found)

    def do() -> str:
        act(swap=found, given=_as_shown(request, found), at=now(), **deed)
        return _("No exchange. Somebody is looked for as before.")

    return press(request, do, to=swap_url(request, found.pk))


def _as_shown(request: MemberRequest, found: Swap) -> Assignment:
    """What is given, where it is what the page had. Raises OfferHasChanged."""
    given: Assignment | None = found.given
    if given is None or str(given.pk) != request.POST.get("given", ""):
        raise actions.OfferHasChanged
    return given


def _deed_of_asker(request: MemberRequest, found: Swap) -> dict[str, Any]:
    """For oneself, or for whoever told a coordinator; nobody else answers for who asked."""
    if found.assignment.membership_id == me(request).pk:
        return deed_of(request)
    if not keeps(request):
        _refuse(request)
    return {"by": request.user, "on_behalf_of": found.assignment.membership.person}


def _refuse(request: MemberRequest) -> None:
    note_refusal(request, "rota.take_part")
    raise PermissionDenied
