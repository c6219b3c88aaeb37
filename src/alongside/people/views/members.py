"""The people of a community: finding, meeting, adding and writing down."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from alongside.kernel.clock import now, today
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people import actions
from alongside.people.access import MemberRequest, may, needs, require
from alongside.people.forms.members import AddPersonForm, FindForm, MemberDetailsForm, SureForm
from alongside.people.listing import likely_same, members_page
from alongside.people.models import BodyMember, ContactShare, Membership, RoleHeld
from alongside.people.refusals import words_for
from alongside.people.rules.likeness import Traits
from alongside.people.views.gift import holds_more_than_my_gift, keeps_a_role_from
from alongside.ui import flash

DETAILS = ("name", "phone", "other_phone", "address", "born_on", "gender", "language", "preferred_channel")


def find_member(request: MemberRequest, membership_id: UUID) -> Membership:
    """A member of this very community, or 404; whether they may be seen is asked separately."""
    members = Membership.objects.of(request.community).select_related("person", "community")
    membership: Membership = get_object_or_404(members, pk=membership_id, person__erased_at=None)
    return membership


@needs("people.see_members")
def members(request: MemberRequest) -> HttpResponse:
    form = FindForm(request.GET)
    form.is_valid()
    wanted = getattr(form, "cleaned_data", {})
    page = members_page(
        request.standing,
        text=wanted.get("q", ""),
        role=wanted.get("role", ""),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    template = "people/members.html#found" if request.htmx and not request.htmx.boosted else "people/members.html"
    context = {"find": FindForm(initial=wanted), "page": page, "may_add": may(request, "people.add_person")}
    return render(request, template, context)


@needs("people.see_member")
def member(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    membership = find_member(request, membership_id)
    if membership.merged_into_id is not None and may(request, "people.merge"):
        return redirect("people:member", request.community.slug, membership.merged_into_id)
    require(request, "people.see_member", membership)
    roles = RoleHeld.objects.of(request.community).filter(membership=membership).on(today())
    shares = ContactShare.objects.of(request.community).open()
    return render(
        request,
        "people/member.html",
        {
            "member": membership,
            "is_me": membership == request.membership,
            "roles": roles.select_related("group"),
            "places": _places_seen(request, membership),
            "contact_seen": may(request, "people.see_contact", membership),
            "share": shares.between(request.membership, membership).first(),
            "may_ask": may(request, "people.ask_for_contact") and membership.person.acts_alone(today()),
            "may_answer_at_home": may(request, "people.answer_at_home", membership),
            "may_change": may(request, "people.change_details"),
            "may_give_roles": may(request, "people.give_roles"),
            "is_kept": membership.person.is_kept_by(request.community.pk),
        },
    )


def _places_seen(request: MemberRequest, membership: Membership) -> list[BodyMember]:
    """Where a member belongs, as far as whoever looks may see it."""
    places = BodyMember.objects.of(request.community).filter(membership=membership)
    found = places.select_related("household", "organisation", "group")
    return [place for place in found if may(request, "people.see_body", actions.body_of(place))]


@needs("people.add_person")
def add_person(request: MemberRequest) -> HttpResponse:
    form = AddPersonForm(request.POST or None)
    alike: list[Membership] = []
    if request.method == "POST" and form.is_valid():
        details = {**form.cleaned_data}
        if not details.pop("somebody_else"):
            alike = likely_same(request.community, _traits(details))
        if not alike:
            try:
                added = actions.add_person(community=request.community, by=request.user, at=now(), **details)
            except actions.EmailKnownHere as refusal:
                form.add_error("email", words_for(refusal))
            else:
                flash.done(request, _("%(name)s is a member now.") % {"name": added})
                return redirect(f"{request.path}?added={added.pk}")
    context = {"form": form, "alike": alike, "added": _just_added(request)}
    return render(request, "people/add_person.html", context)


def _traits(details: dict[str, object]) -> Traits:
    return Traits(
        name=str(details["name"]),
        email=str(details["email"]),
        phones=(str(details["phone"]),),
        born_on=details["born_on"],  # type: ignore[arg-type]
    )


def _just_added(request: MemberRequest) -> Membership | None:
    try:
        added = UUID(request.GET.get("added", ""))
    except ValueError:
        return None
    members = Membership.objects.of(request.community).current().select_related("person")
    found: Membership | None = members.filter(pk=added).first()
    return found


@needs("people.change_details")
def member_details(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    membership = find_member(request, membership_id)
    person = membership.person
    known = {field: getattr(person, field) for field in DETAILS} | {"email": person.contact_email}
    form = MemberDetailsForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid() and _may_write_email(request, membership, form):
        try:
            actions.change_for_member(membership=membership, by=request.user, at=now(), **form.cleaned_data)
        except actions.EmailKnownHere as refusal:
            form.add_error("email", words_for(refusal))
        except actions.NotYoursToChange as refusal:
            form.add_error(None, words_for(refusal))
        else:
            flash.done(request, _("The details of %(name)s are written down.") % {"name": person.name})
            return redirect("people:member", request.community.slug, membership.pk)
    is_kept = person.is_kept_by(request.community.pk)
    return render(request, "people/member_details.html", {"form": form, "member": membership, "is_kept": is_kept})


def _may_write_email(request: MemberRequest, membership: Membership, form: MemberDetailsForm) -> bool:
    """Whoever can read an e-mail can sign in with it, so nobody writes one for a role they may not give."""
    if "email" not in form.changed_data or not holds_more_than_my_gift(request, membership):
        return True
    form.add_error("email", _("Only a steward may do this: the role here is not yours to give."))
    return False


@needs("people.end_membership")
def end_membership(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    membership = find_member(request, membership_id)
    if keeps_a_role_from(request, membership):
        return redirect("people:roles", request.community.slug, membership.pk)
    form = SureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.leave_community(membership=membership, by=request.user, at=now(), **form.cleaned_data)
        except (actions.LastAdult, actions.LastOfTheirKind, SomeoneElseWasFaster) as refusal:
            form.add_error(None, words_for(refusal))
        else:
            flash.done(request, _("%(name)s is no longer a member.") % {"name": membership.person})
            return redirect("people:members", request.community.slug)
    return render(request, "people/end_membership.html", {"form": form, "member": membership})


def sorry_for(request: HttpRequest, refusal: Refusal) -> None:
    """Say on the next page why nothing changed."""
    flash.sorry(request, words_for(refusal))
