"""The work queue that several coordinators share."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.kernel.clock import now
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.people.access import MemberRequest, needs
from alongside.people.models import Membership, Person
from alongside.strengths import actions
from alongside.strengths.worklist import Listed, queue_of
from alongside.ui import flash


@needs("strengths.see_queue")
def queue(request: MemberRequest) -> HttpResponse:
    found = queue_of(request.community, at=now())
    mine = [one for one in found if one.claim and one.claim.taken_by_id == request.user.pk]
    free = [one for one in found if one.claim is None]
    others = [one for one in found if one.claim and one.claim.taken_by_id != request.user.pk]
    context = {"mine": mine, "free": free, "others": others, "nothing": not found}
    return render(request, "strengths/queue.html", context)


@require_POST
@needs("strengths.see_queue")
def take_work(request: MemberRequest) -> HttpResponse:
    """Take a piece of work, or take it over from the coordinator one saw there."""
    wanted = _find_work(request)
    if wanted is None:
        flash.note(request, _("This is dealt with already."))
        return redirect("strengths:queue", request.community.slug)
    try:
        actions.take(
            community=request.community,
            item=wanted.work.item,
            by=request.user,
            at=now(),
            instead_of=_instead_of(request),
        )
    except SomeoneElseWasFaster:
        flash.sorry(request, _("Somebody else has just taken this."))
        return redirect("strengths:queue", request.community.slug)
    return redirect(wanted.work.link)


@require_POST
@needs("strengths.see_queue")
def hand_work_back(request: MemberRequest) -> HttpResponse:
    try:
        actions.hand_back(
            community=request.community, item=request.POST.get("item", "")[:80], by=request.user, at=now()
        )
        flash.done(request, _("It is back for the others."))
    except SomeoneElseWasFaster:
        flash.note(request, _("This is not yours any more."))
    return redirect("strengths:queue", request.community.slug)


def _find_work(request: MemberRequest) -> Listed | None:
    item = request.POST.get("item", "")
    return next((one for one in queue_of(request.community, at=now()) if one.work.item == item), None)


def _instead_of(request: MemberRequest) -> Person | None:
    try:
        key = UUID(request.POST.get("instead_of", ""))
    except ValueError:
        return None
    members = Membership.objects.of(request.community).select_related("person")
    person: Person = get_object_or_404(members, person=key).person
    return person
