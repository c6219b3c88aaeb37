"""The sign-up desk: who has a place, who waits, and signing up others, one by one or from a paper list."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from alongside.gatherings import actions
from alongside.gatherings.forms.taking_part import DeskForm, PaperListForm
from alongside.gatherings.models import Booking, Gathering
from alongside.gatherings.refusals import EXPECTED, explain, words_for
from alongside.gatherings.views.finding import find_gathering, parts_of, people_here, tabs
from alongside.gatherings.words import part_name
from alongside.kernel.channels import Channel
from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, needs
from alongside.people.models import Membership
from alongside.ui import flash


@needs("gatherings.look_after")
def desk(request: MemberRequest, gathering_id: UUID) -> HttpResponse:
    """One name and Enter; the page is ready for the next."""
    found = find_gathering(request, gathering_id, "gatherings.look_after")
    posted = request.method == "POST"
    form = DeskForm(
        request.POST if posted and "names" not in request.POST else None, parts=parts_of(found),
        people=people_here(request),
    )  # fmt: skip
    paper = PaperListForm(request.POST if posted and "names" in request.POST else None, people=people_here(request))
    if paper.is_bound and paper.is_valid() and _from_paper(request, found, paper):
        return redirect("gatherings:desk", request.community.slug, found.pk)
    if form.is_bound and form.is_valid() and _sign_up(request, found, form):
        return redirect("gatherings:desk", request.community.slug, found.pk)
    context = {
        "gathering": found, "tabs": tabs(request, found, "desk"), "form": form, "paper": paper,
        "is_open": found.is_open(now()), **_lists(found),
    }  # fmt: skip
    return render(request, "gatherings/desk.html", context)


def _lists(found: Gathering) -> dict[str, Any]:
    rows = Booking.objects.of(found.community).filter(gathering=found)
    return {
        "booked": [_row(one) for one in rows.booked().with_people().with_seats().by_name()],
        "waiting": [_row(one) for one in rows.in_line().with_people().with_seats()],
        "standing_by": [_row(one) for one in rows.on_stand_by().with_people().with_seats()],
        "parts": [{"part": one, "name": part_name(one)} for one in parts_of(found)],
    }


def _row(booking: Booking) -> dict[str, Any]:
    seats = [f"{part_name(seat.part)} ×{seat.count}" for seat in booking.seats.all()]
    return {"booking": booking, "takes": ", ".join(seats)}


def _sign_up(request: MemberRequest, found: Gathering, form: DeskForm) -> bool:
    member: Membership = form.cleaned_data["whose"]
    member.community = request.community
    try:
        made = actions.book(
            gathering=found, membership=member, parts=form.wanted(), needs=form.cleaned_data["needs"], by=request.user,
            at=now(), on_behalf_of=member.person, channel=form.cleaned_data["channel"],
        )  # fmt: skip
    except EXPECTED as refusal:
        explain(refusal, form)
        return False
    words = _("%(name)s has a place.") if made.is_booked else _("%(name)s is on the waiting list.")
    flash.done(request, words % {"name": member.person})
    return True


def _from_paper(request: MemberRequest, found: Gathering, form: PaperListForm) -> bool:
    """Everybody on the list, in its order; who cannot be signed up is named with the reason."""
    at, many, faults = now(), 0, 0
    for member in form.cleaned_data["names"]:
        member.community = request.community
        try:
            actions.book(
                gathering=found, membership=member, by=request.user, at=at, on_behalf_of=member.person,
                channel=Channel.PAPER,
            )  # fmt: skip
            many += 1
        except EXPECTED as refusal:
            faults += 1
            form.add_error("names", f"{member.person}: {words_for(refusal)}")
    if many:
        words = ngettext("%(many)s person is signed up.", "%(many)s people are signed up.", many)
        flash.done(request, words % {"many": many})
    return not faults


@require_POST
@needs("gatherings.look_after")
def give_up(request: MemberRequest, booking_id: UUID) -> HttpResponse:
    """Somebody said by phone that they cannot come."""
    return _for_them(request, booking_id, actions.leave, _("%(name)s does not come. The next in line moves up."))


@require_POST
@needs("gatherings.look_after")
def confirm_for(request: MemberRequest, booking_id: UUID) -> HttpResponse:
    """Somebody said by phone that they come."""
    return _for_them(request, booking_id, actions.confirm, _("%(name)s comes."))


def _for_them(request: MemberRequest, booking_id: UUID, deed: Any, words: str) -> HttpResponse:
    booking = find_booking(request, booking_id)
    member = booking.membership
    try:
        deed(
            gathering=booking.gathering, membership=member, by=request.user, at=now(), on_behalf_of=member.person,
            channel=Channel.PHONE,
        )  # fmt: skip
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
    else:
        flash.done(request, words % {"name": member.person})
    return redirect("gatherings:desk", request.community.slug, booking.gathering_id)


def find_booking(request: MemberRequest, booking_id: UUID) -> Booking:
    """A booking at a gathering that one looks after, or 404."""
    rows = Booking.objects.of(request.community).with_people()
    booking: Booking = get_object_or_404(rows, pk=booking_id)
    booking.gathering = find_gathering(request, booking.gathering_id, "gatherings.look_after")
    booking.membership.community = request.community
    return booking
