"""Printing a sign-in card for somebody, and ending one."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, SignedInRequest, needs, require, signed_in
from alongside.people.actions import cards as actions
from alongside.people.forms.signing_in import IssueCardForm
from alongside.people.models import Membership, SignInCard
from alongside.people.rules.card_codes import spaced
from alongside.ui import flash
from alongside.ui.qr import qr

# Mark in an address that never leaves the browser: what follows # is not sent to any server.
FRAGMENT = "#"


@needs("people.issue_card")
@sensitive_post_parameters("pin")
@require_http_methods(["GET", "POST"])
def issue(request: MemberRequest, membership_id: str) -> HttpResponse:
    """Ask for the PIN, then show the card: once, on the very answer, so that nothing keeps it."""
    membership = _member(request, membership_id)
    require(request, "people.issue_card", membership)
    refused = actions.decides_for_others(membership)
    form = IssueCardForm(request.POST or None)
    if not refused and form.is_valid():
        printed = actions.issue(
            membership=membership,
            pin=form.cleaned_data["pin"],
            expires_at=form.expires_at(now()),
            by=request.user,
            at=now(),
        )
        return _card_page(request, printed, large=form.cleaned_data["large"])
    card = SignInCard.objects.of(request.community).filter(membership=membership, ended_at=None).first()
    context = {"membership": membership, "form": form, "card": card, "refused": refused}
    return render(request, "people/card_issue.html", context)


def _card_page(request: MemberRequest, printed: actions.PrintedCard, *, large: bool) -> HttpResponse:
    address = settings.PUBLIC_ADDRESS + reverse("people:sign_in_by_card")
    context = {
        "membership": printed.card.membership,
        "card": printed.card,
        "code": spaced(printed.code),
        "pin": printed.pin,
        "address": address.removeprefix("https://").removeprefix("http://"),
        "qr": qr(f"{address}{FRAGMENT}{printed.code}", scale=6),
        "large": large,
    }
    return render(request, "people/card_print.html", context)


@needs("people.issue_card")
@require_POST
def end(request: MemberRequest, membership_id: str) -> HttpResponse:
    membership = _member(request, membership_id)
    for card in SignInCard.objects.of(request.community).filter(membership=membership, ended_at=None):
        actions.end(card=card, by=request.user, at=now())
    flash.done(request, _("The card opens nothing any more."))
    return redirect("people:issue_card", request.community.slug, membership.pk)


def _member(request: MemberRequest, membership_id: str) -> Membership:
    members = Membership.objects.of(request.community).current().select_related("person", "community")
    member: Membership = get_object_or_404(members, pk=membership_id)
    return member


@signed_in
@require_POST
def end_mine(request: SignedInRequest, card_id: str) -> HttpResponse:
    card = get_object_or_404(SignInCard.objects.filter(membership__person=request.user), pk=card_id)
    actions.end(card=card, by=request.user, at=now())
    flash.done(request, _("The card opens nothing any more."))
    return redirect("people:signing_in")
