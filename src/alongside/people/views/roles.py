"""Giving roles for a time, and ending them."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.kernel.clock import now, today
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.people import actions
from alongside.people.access import MemberRequest, needs, note_refusal
from alongside.people.forms.members import GiveRoleForm, SureForm
from alongside.people.models import RoleHeld
from alongside.people.refusals import words_for
from alongside.people.undoing import undo_url
from alongside.people.views.gift import gift_of
from alongside.people.views.members import find_member, sorry_for
from alongside.ui import flash


@needs("people.give_roles")
def roles(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    membership = find_member(request, membership_id)
    gift = gift_of(request)
    form = GiveRoleForm(request.POST or None, community=request.community, gift=gift)
    if request.method == "POST" and form.is_valid():
        try:
            given = actions.give_role(membership=membership, by=request.user, at=now(), **form.cleaned_data)
        except (actions.RoleHeldAlready, actions.EndsBeforeItStarts, SomeoneElseWasFaster) as refusal:
            form.add_error(None, words_for(refusal))
        else:
            words = {"name": membership.person, "role": given.get_role_display()}
            flash.done(request, _("%(name)s is now %(role)s.") % words, undo_url=undo_url(given, by=request.user))
            return redirect("people:roles", request.community.slug, membership.pk)
    held = RoleHeld.objects.of(request.community).filter(membership=membership).select_related("group")
    running = held.filter(ended_at=None).exclude(ends_on__lt=today()).order_by("starts_on")
    past = held.exclude(pk__in=running.values("pk")).order_by("-ends_on")
    context = {"member": membership, "form": form, "running": running, "past": past, "gift": gift}
    return render(request, "people/roles.html", context)


@require_POST
@needs("people.give_roles")
def end_role(request: MemberRequest, membership_id: UUID, role_id: UUID) -> HttpResponse:
    held = RoleHeld.objects.of(request.community).select_related("membership__person", "community")
    role_held = get_object_or_404(held, pk=role_id, membership_id=membership_id)
    form = SureForm(request.POST)
    form.is_valid()
    if role_held.role not in gift_of(request):
        note_refusal(request, "people.give_roles")
        flash.sorry(request, _("Only a steward may end this role."))
        return redirect("people:roles", request.community.slug, membership_id)
    try:
        actions.end_role(role_held=role_held, by=request.user, at=now(), **form.cleaned_data)
    except (actions.LastOfTheirKind, SomeoneElseWasFaster) as refusal:
        sorry_for(request, refusal)
    else:
        flash.done(request, _("The role has ended."), undo_url=undo_url(role_held, by=request.user))
    return redirect("people:roles", request.community.slug, membership_id)
