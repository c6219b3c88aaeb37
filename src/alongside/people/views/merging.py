"""Two records of one person, looked at side by side and then made one."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.kernel.clock import now
from alongside.people import actions
from alongside.people.access import MemberRequest, needs
from alongside.people.forms.members import OtherRecordForm
from alongside.people.listing import likely_same, traits_of
from alongside.people.models import Membership
from alongside.people.refusals import words_for
from alongside.people.views.gift import keeps_a_role_from
from alongside.people.views.members import find_member
from alongside.ui import flash


@needs("people.merge")
def likely_same_people(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    """People who may be the same as this one; another may be named by hand."""
    membership = find_member(request, membership_id)
    members = Membership.objects.of(request.community).current().exclude(pk=membership.pk)
    form = OtherRecordForm(request.POST or None, people=members)
    if request.method == "POST" and form.is_valid():
        return redirect("people:merge", request.community.slug, membership.pk, form.cleaned_data["other"].pk)
    alike = likely_same(request.community, traits_of(membership), but=membership)
    return render(request, "people/likely_same.html", {"member": membership, "alike": alike, "form": form})


@needs("people.merge")
def merge(request: MemberRequest, membership_id: UUID, other_id: UUID) -> HttpResponse:
    one, other = find_member(request, membership_id), find_member(request, other_id)
    if one == other:
        raise Http404
    if request.method == "POST":
        if guarded := _guarded(request, one, other):
            return redirect("people:roles", request.community.slug, guarded.pk)
        try:
            kept = actions.merge_members(one=one, other=other, by=request.user, at=now())
        except (actions.NotTwoRecords, actions.CannotJoinYet) as refusal:
            flash.sorry(request, words_for(refusal))
            return redirect("people:members", request.community.slug)
        flash.done(request, _("The two records of %(name)s are one now.") % {"name": kept.person})
        return redirect("people:member", request.community.slug, kept.pk)
    kept, dropped = actions.which_to_keep(one, other)
    return render(request, "people/merge.html", {"kept": kept, "dropped": dropped, "member": one, "other": other})


def _guarded(request: MemberRequest, one: Membership, other: Membership) -> Membership | None:
    """Whose role stands in the way: it would move to somebody, or somebody's e-mail would open the record with it."""
    stays, ends = actions.which_to_keep(one, other)
    gains_an_email = [stays] if stays.person.is_kept_by(request.community.pk) else []
    return next((each for each in (ends, *gains_an_email) if keeps_a_role_from(request, each)), None)
