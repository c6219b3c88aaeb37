"""Whom I show my plan to, and what others show me."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.kernel.channels import Channel
from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, needs, note_refusal
from alongside.people.listing import seen_members
from alongside.wellbeing import actions
from alongside.wellbeing.forms import ShowForm
from alongside.wellbeing.views.asking import ask, press
from alongside.wellbeing.views.finding import share_of_mine, share_with_me
from alongside.wellbeing.views.plans import plan_of
from alongside.wellbeing.whose import Speaker


def _home(request: MemberRequest) -> str:
    return reverse("wellbeing:plan", args=[request.community.slug])


def _only_oneself(request: MemberRequest) -> None:
    """Who reads a plan is chosen by its person, never for them."""
    if request.acting_for is not None:
        note_refusal(request, "wellbeing.keep_plan")
        raise PermissionDenied


@needs("wellbeing.keep_plan")
def show(request: MemberRequest) -> HttpResponse:
    """Show my plan to one more person."""
    _only_oneself(request)
    people = seen_members(request.standing).exclude(pk=request.membership.pk)
    form = ShowForm(request.POST or None, people=people)

    def keep(told: dict[str, Any]) -> str:
        reader = told["reader"]
        actions.show_plan(membership=request.membership, reader=reader, by=request.user, at=now())
        return _("%(name)s reads your plan from now on. You can stop at any time.") % {"name": reader.person}

    return ask(
        request, form, keep, title=_("Show my plan to somebody"), back=_home(request), back_label=_("My plan"),
        submit=_("Show it"), lead=_("They read your goals and your steps. They do not read what you keep for visits."),
    )  # fmt: skip


@needs("wellbeing.keep_plan")
@require_POST
def stop(request: MemberRequest, my_share_id: UUID) -> HttpResponse:
    """Show my plan to them no more."""
    _only_oneself(request)
    share = share_of_mine(request, my_share_id)

    def do() -> str:
        actions.stop_showing(share=share, by=request.user, at=now())
        return _("%(name)s does not read your plan any more.") % {"name": share.reader.person}

    return press(request, do, to=_home(request))


@needs("wellbeing.keep_plan")
def shown(request: MemberRequest, share_id: UUID) -> HttpResponse:
    """A plan that somebody shows me, to be read."""
    _only_oneself(request)
    share = share_with_me(request, share_id)
    theirs = Speaker(share.membership, request.user, None, Channel.WEB)
    return render(request, "wellbeing/shown.html", {**plan_of(theirs), "person": share.membership.person})
