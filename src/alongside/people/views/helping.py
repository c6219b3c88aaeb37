"""People who act for others: named, seen, ended; and choosing whom to act for."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.kernel.channels import Channel
from alongside.kernel.clock import now, today
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.people import abilities, acting, actions
from alongside.people.access import MemberRequest, may, needs, require
from alongside.people.forms.helping import ActForm, NameHelperForm
from alongside.people.helping import agreements_of, people_i_may_act_for
from alongside.people.models import Delegation, Role
from alongside.people.refusals import words_for
from alongside.people.trail import trail_of
from alongside.people.undoing import undo_url
from alongside.people.views.members import find_member, sorry_for
from alongside.ui import flash


@needs("people.see_helpers")
def helpers(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    membership = find_member(request, membership_id)
    require(request, "people.see_helpers", membership)
    context = {
        "member": membership,
        "is_me": membership == request.membership,
        "agreements": agreements_of(membership),
        "trail": trail_of(membership),
        "may_name": may(request, "people.name_helper", membership) and bool(abilities.every()),
    }
    return render(request, "people/helpers.html", context)


@needs("people.name_helper")
def name_helper(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    membership = find_member(request, membership_id)
    require(request, "people.name_helper", membership)
    is_me = membership == request.membership
    form = NameHelperForm(request.POST or None, membership=membership, by_themself=is_me, today=today())
    if request.method == "POST" and form.is_valid():
        agreed = {"consent_how": Channel.WEB, **form.cleaned_data}
        to, named = agreed.pop("to"), agreed.pop("helper")
        helper = named if to == "member" else None
        try:
            actions.let_act(membership=membership, helper=helper, by=request.user, at=now(), **agreed)
        except actions.HelperNotFit as refusal:
            form.add_error("helper", words_for(refusal))
        except actions.ExpiryOutOfRange as refusal:
            form.add_error("expires_on", words_for(refusal))
        except actions.ConsentInTheFuture as refusal:
            form.add_error("consent_on", words_for(refusal))
        else:
            flash.done(request, _("It is written down. It can be ended at any time."))
            return redirect("people:helpers", request.community.slug, membership.pk)
    return render(request, "people/name_helper.html", {"form": form, "member": membership, "is_me": is_me})


@require_POST
@needs("people.end_helper")
def end_helper(request: MemberRequest, delegation_id: UUID) -> HttpResponse:
    delegation = get_object_or_404(Delegation.objects.of(request.community), pk=delegation_id)
    require(request, "people.end_helper", delegation)
    try:
        actions.end_delegation(delegation=delegation, by=request.user, at=now())
    except SomeoneElseWasFaster as refusal:
        sorry_for(request, refusal)
    else:
        told = _("This has ended. Nobody can act under it any more.")
        flash.done(request, told, undo_url=undo_url(delegation, by=request.user))
    if may(request, "people.see_helpers", delegation.membership):
        return redirect("people:helpers", request.community.slug, delegation.membership_id)
    return redirect("people:acting", request.community.slug)


@needs("people.act_for")
def act_for(request: MemberRequest) -> HttpResponse:
    """The people one may act for; a POST begins."""
    helped = people_i_may_act_for(request.standing, text=request.GET.get("q", ""))
    if request.method == "POST":
        form = ActForm(request.POST, community=request.community)
        if form.is_valid():
            membership = form.cleaned_data["membership"]
            require(request, "people.act_for_member", membership)
            acting.begin(request, membership, Channel(form.cleaned_data["channel"]))
            flash.done(request, _("You act for %(name)s now.") % {"name": membership.person})
            return redirect("people:member", request.community.slug, membership.pk)
        flash.sorry(request, _("Choose a person from the list."))
        return redirect("people:acting", request.community.slug)
    # Coordinators mostly act on a telephone call; helpers sit beside the person or at home.
    usual = Channel.PHONE if request.standing.has(Role.COORDINATOR) else Channel.WEB
    context = {"helped": helped, "channels": Channel.choices, "usual_channel": usual}
    return render(request, "people/acting.html", context)


@require_POST
@needs("people.see_noticeboard")
def stop_acting(request: MemberRequest) -> HttpResponse:
    acting.end(request)
    flash.done(request, _("You act for yourself again."))
    return redirect("web:home", request.community.slug)
