"""What people without a screen ask a coordinator for: everything of theirs in one file, and to be erased."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.kernel.channels import Channel
from alongside.kernel.clock import now
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.people import actions
from alongside.people.access import MemberRequest, needs
from alongside.people.forms.members import EraseMemberForm, ToldForm
from alongside.people.models import Membership
from alongside.people.refusals import words_for
from alongside.people.views.gift import keeps_a_role_from
from alongside.people.views.members import find_member, sorry_for
from alongside.ui import flash


@needs("people.hand_over_everything")
def everything_of_member(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    membership = find_member(request, membership_id)
    if _looks_after_themself(request, membership):
        return redirect("people:member", request.community.slug, membership.pk)
    form = ToldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = Channel(form.cleaned_data["channel"])
        try:
            packed = actions.hand_over_everything(membership=membership, by=request.user, at=now(), channel=told)
        except actions.NotYoursToChange as refusal:
            form.add_error(None, words_for(refusal))
        else:
            return zip_answer(packed, "everything-of-theirs")
    return render(request, "people/everything_of_member.html", {"form": form, "member": membership})


@needs("people.erase_kept_person")
def erase_member(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    membership = find_member(request, membership_id)
    if _looks_after_themself(request, membership) or keeps_a_role_from(request, membership):
        return redirect("people:member", request.community.slug, membership.pk)
    form = EraseMemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _erased(request, form, membership):
        flash.done(request, _("Everything about this person is wiped."))
        return redirect("people:members", request.community.slug)
    return render(request, "people/erase_member.html", {"form": form, "member": membership})


def _looks_after_themself(request: MemberRequest, membership: Membership) -> bool:
    """True, and said on the next page, for people who sign in or belong elsewhere too."""
    if membership.person.is_kept_by(request.community.pk):
        return False
    sorry_for(request, actions.NotYoursToChange())
    return True


def _erased(request: MemberRequest, form: EraseMemberForm, membership: Membership) -> bool:
    told = Channel(form.cleaned_data["channel"])
    even_the_last = form.cleaned_data["even_the_last"]
    try:
        actions.erase_kept_person(
            membership=membership, by=request.user, at=now(), channel=told, even_the_last=even_the_last
        )
    except (actions.LastAdult, actions.NotYoursToChange, SomeoneElseWasFaster) as refusal:
        form.add_error(None, words_for(refusal))
    except actions.LastOfTheirKind as refusal:
        form.add_error("even_the_last", words_for(refusal))
    return not form.errors


def zip_answer(packed: bytes, name: str) -> HttpResponse:
    """A zip to keep, which no cache keeps too."""
    return HttpResponse(
        packed,
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}.zip"', "Cache-Control": "no-store"},
    )
