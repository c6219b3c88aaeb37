"""Invitations: made, printed, taken back."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.kernel.clock import now
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.people import actions
from alongside.people.access import MemberRequest, needs
from alongside.people.forms.joining import InviteForm
from alongside.people.invitation_codes import code_hash, code_of
from alongside.people.models import Invitation
from alongside.people.undoing import undo_url
from alongside.people.views.members import sorry_for
from alongside.ui import flash
from alongside.ui.qr import qr


@needs("people.invite")
def invitations(request: MemberRequest) -> HttpResponse:
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.invite(
            community=request.community,
            by=request.user,
            at=now(),
            expires_at=now() + form.lasting(),
            uses=form.cleaned_data["uses"],
            note=form.cleaned_data["note"],
        )
        return redirect("people:invitation_card", request.community.slug, made.pk)
    made_so_far = Invitation.objects.of(request.community).select_related("made_by").order_by("-made_at")
    usable = set(made_so_far.usable(at=now()).values_list("pk", flat=True))
    context = {"form": form, "invitations": [(each, each.pk in usable) for each in made_so_far[:100]]}
    return render(request, "people/invitations.html", context)


@needs("people.invite")
def invitation_card(request: MemberRequest, invitation_id: UUID) -> HttpResponse:
    """A card to print or a link to send; only while it still lets people in."""
    usable = Invitation.objects.of(request.community).usable(at=now())
    invitation = get_object_or_404(usable, pk=invitation_id)
    code = code_of(invitation.pk)
    address = settings.PUBLIC_ADDRESS + reverse("people:invited", args=[request.community.slug, code])
    context = {
        "invitation": invitation,
        "code": code,
        "address": address,
        "qr": qr(address, scale=6),
        "prints": code_hash(code) == invitation.code_hash,
        "back_url": reverse("people:invitations", args=[request.community.slug]),
    }
    return render(request, "people/invitation_card.html", context)


@require_POST
@needs("people.invite")
def revoke_invitation(request: MemberRequest, invitation_id: UUID) -> HttpResponse:
    invitation = get_object_or_404(Invitation.objects.of(request.community), pk=invitation_id)
    try:
        actions.revoke_invitation(invitation=invitation, by=request.user, at=now())
    except SomeoneElseWasFaster as refusal:
        sorry_for(request, refusal)
    else:
        told = _("The invitation is taken back. It lets nobody in any more.")
        flash.done(request, told, undo_url=undo_url(invitation, by=request.user))
    return redirect("people:invitations", request.community.slug)
