"""What is mine: my details, my place in a community, and a way out of it all."""

from uuid import UUID

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.kernel.clock import now, today
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.people import actions, locking
from alongside.people.access import MemberRequest, SignedInRequest, needs, public, recently_signed_in, signed_in
from alongside.people.exporting import export_zip
from alongside.people.forms.members import DetailsForm, EraseForm, PlaceForm, SureForm
from alongside.people.models import JoinRequest, Membership
from alongside.people.refusals import words_for
from alongside.people.views.entrance import forgotten_by_browser
from alongside.people.views.goodbyes import zip_answer
from alongside.people.views.members import DETAILS, sorry_for
from alongside.ui import flash


@signed_in
def me(request: SignedInRequest) -> HttpResponse:
    """Everything about me, one line each; and records elsewhere that may be mine."""
    context = {
        "memberships": Membership.objects.current().of_person(request.user).select_related("community"),
        "requests": JoinRequest.objects.waiting().filter(person=request.user).select_related("community"),
        "claimable": actions.claimable(request.user),
    }
    return render(request, "people/me.html", context)


@signed_in
def details(request: SignedInRequest) -> HttpResponse:
    person = request.user
    known = {field: getattr(person, field) for field in DETAILS}
    form = DetailsForm(request.POST or None, initial=known, birth_fixed=not person.acts_alone(today()))
    if request.method == "POST" and form.is_valid():
        actions.change_details(person=person, by=person, at=now(), **form.cleaned_data)
        flash.done(request, _("Your details are written down."))
        return redirect("people:me")
    return render(request, "people/details.html", {"form": form})


@needs("people.see_noticeboard")
def my_place(request: MemberRequest) -> HttpResponse:
    """My part of town and who sees my contact, in this community alone."""
    mine = request.membership
    form = PlaceForm(request.POST or None, initial={"area": mine.area, "contact_shown": mine.contact_shown})
    if request.method == "POST" and form.is_valid():
        actions.change_place(membership=mine, by=request.user, at=now(), **form.cleaned_data)
        flash.done(request, _("Your choice is written down."))
        return redirect("people:my_place", request.community.slug)
    return render(request, "people/my_place.html", {"form": form})


@needs("people.leave")
def leave(request: MemberRequest) -> HttpResponse:
    form = SureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.leave_community(membership=request.membership, by=request.user, at=now(), **form.cleaned_data)
        except (actions.LastAdult, actions.LastOfTheirKind, SomeoneElseWasFaster) as refusal:
            form.add_error(None, words_for(refusal))
        else:
            flash.done(request, _("You have left %(community)s.") % {"community": request.community})
            return redirect("people:me")
    return render(request, "people/leave.html", {"form": form})


@signed_in
def everything(request: SignedInRequest) -> HttpResponse:
    """What the file holds, and the way to it."""
    return render(request, "people/everything.html")


@recently_signed_in
def everything_file(request: SignedInRequest) -> HttpResponse:
    return zip_answer(export_zip(request.user), "everything-of-mine")


@recently_signed_in
def erase(request: SignedInRequest) -> HttpResponse:
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.erase_person(
                person=request.user, by=request.user, at=now(), even_the_last=form.cleaned_data["even_the_last"]
            )
        except actions.LastOfTheirKind as refusal:
            form.add_error("even_the_last", words_for(refusal))
        except actions.LastAdult as refusal:
            form.add_error(None, words_for(refusal))
        else:
            shared = locking.is_shared(request)
            logout(request)
            return forgotten_by_browser(redirect("people:erased"), shared=shared)
    return render(request, "people/erase.html", {"form": form})


@public
def erased(request: HttpRequest) -> HttpResponse:
    """A last word to somebody who is a stranger now."""
    return render(request, "people/erased.html")


@require_POST
@signed_in
def claim(request: SignedInRequest, membership_id: UUID) -> HttpResponse:
    """Say "that is me" of a record that carries my confirmed e-mail address."""
    membership = get_object_or_404(actions.claimable(request.user), pk=membership_id)
    try:
        actions.claim_record(membership=membership, person=request.user, at=now())
    except (actions.NotYourRecord, actions.NotTwoRecords, actions.CannotJoinYet) as refusal:
        sorry_for(request, refusal)
        return redirect("people:me")
    flash.done(request, _("The record is yours now. Welcome to %(community)s.") % {"community": membership.community})
    return redirect("web:home", membership.community.slug)
