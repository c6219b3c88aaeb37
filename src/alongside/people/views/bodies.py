"""Households, organisations and groups: one set of pages for the three."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.kernel.clock import now
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.people import actions
from alongside.people.access import MemberRequest, may, needs, require
from alongside.people.actions.bodies import AnyBody
from alongside.people.body_kinds import BodyKind
from alongside.people.forms.bodies import PlaceInBodyForm
from alongside.people.listing import seen_members
from alongside.people.models import BodyMember, Role
from alongside.people.refusals import words_for
from alongside.people.undoing import undo_url
from alongside.people.views.members import sorry_for
from alongside.ui import flash


def find_body(request: MemberRequest, kind: BodyKind, body_id: UUID, permission: str) -> AnyBody:
    """A body of this community and kind, or 404; 403 when this person may not."""
    body: AnyBody = get_object_or_404(kind.model.objects.of(request.community), pk=body_id)
    require(request, permission, body)
    return body


@needs("people.see_bodies")
def bodies(request: MemberRequest, kind: BodyKind) -> HttpResponse:
    found = kind.model.objects.of(request.community).filter(closed_at=None).order_by("name")
    if kind.is_household and not request.standing.has(Role.COORDINATOR):
        found = found.filter(members__membership=request.membership)
    context = {"kind": kind, "bodies": found, "may_make": may(request, "people.make_body")}
    return render(request, "people/bodies.html", context)


@needs("people.make_body")
def make_body(request: MemberRequest, kind: BodyKind) -> HttpResponse:
    form = kind.form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        body = actions.make_body(
            kind=kind.model,
            community=request.community,
            leader=request.membership,
            by=request.user,
            at=now(),
            **form.cleaned_data,
        )
        flash.done(request, _("%(name)s is there now. You stand for it.") % {"name": body.name})
        return redirect("people:body", request.community.slug, kind.word, body.pk)
    return render(request, "people/make_body.html", {"kind": kind, "form": form})


@needs("people.see_body")
def body(request: MemberRequest, kind: BodyKind, body_id: UUID) -> HttpResponse:
    found = find_body(request, kind, body_id, "people.see_body")
    form = _place_form(request, kind)
    return _body_page(request, kind, found, form)


@require_POST
@needs("people.change_body")
def add_to_body(request: MemberRequest, kind: BodyKind, body_id: UUID) -> HttpResponse:
    found = find_body(request, kind, body_id, "people.change_body")
    form = _place_form(request, kind, request.POST)
    if form.is_valid() and _take_place(request, found, form):
        return redirect("people:body", request.community.slug, kind.word, found.pk)
    return _body_page(request, kind, found, form)


def _place_form(request: MemberRequest, kind: BodyKind, data: Any = None) -> PlaceInBodyForm:
    children = request.standing.has(Role.COORDINATOR)
    return PlaceInBodyForm(data, people=seen_members(request.standing), household=kind.is_household, children=children)


def _body_page(request: MemberRequest, kind: BodyKind, found: AnyBody, form: PlaceInBodyForm) -> HttpResponse:
    may_change = may(request, "people.change_body", found)
    places = BodyMember.objects.of(request.community).filter(**{str(found._meta.model_name): found})
    if not kind.is_household and not may_change:
        places = places.filter(membership__in=seen_members(request.standing))
    context = {
        "kind": kind,
        "body": found,
        "places": places.select_related("membership__person").order_by("part", "since"),
        "form": form,
        "may_change": may_change and found.closed_at is None,
    }
    return render(request, "people/body.html", context)


def _take_place(request: MemberRequest, found: AnyBody, form: PlaceInBodyForm) -> bool:
    """False when the form has something to say."""
    member, part = form.cleaned_data["member"], form.cleaned_data["part"]
    try:
        actions.join_body(body=found, membership=member, part=part, by=request.user, at=now())
    except SomeoneElseWasFaster as refusal:
        sorry_for(request, refusal)
        return True
    except (actions.InItAlready, actions.NotGrown, actions.NotAChild) as refusal:
        form.add_error("part" if not isinstance(refusal, actions.InItAlready) else "member", words_for(refusal))
        return False
    flash.done(request, _("%(name)s has a place here now.") % {"name": member.person})
    return True


@require_POST
@needs("people.see_body")
def end_place(request: MemberRequest, kind: BodyKind, body_id: UUID, place_id: UUID) -> HttpResponse:
    """Those who stand for the body may end any place; everybody may end their own."""
    found = find_body(request, kind, body_id, "people.see_body")
    places = BodyMember.objects.of(request.community).select_related("membership")
    place = get_object_or_404(places, pk=place_id, **{str(found._meta.model_name): found})
    if place.membership != request.membership:
        require(request, "people.change_body", found)
    try:
        actions.leave_body(place=place, by=request.user, at=now())
    except (actions.LastWhoLeads, SomeoneElseWasFaster) as refusal:
        sorry_for(request, refusal)
        return redirect("people:body", request.community.slug, kind.word, found.pk)
    flash.done(request, _("The place is given up."), undo_url=undo_url(place, by=request.user))
    return redirect("people:bodies", request.community.slug, kind.word)


@require_POST
@needs("people.change_body")
def close_body(request: MemberRequest, kind: BodyKind, body_id: UUID) -> HttpResponse:
    found = find_body(request, kind, body_id, "people.change_body")
    try:
        actions.close_body(body=found, by=request.user, at=now())
    except SomeoneElseWasFaster as refusal:
        sorry_for(request, refusal)
    else:
        flash.done(request, _("%(name)s is closed. Its history stays.") % {"name": found.name})
    return redirect("people:bodies", request.community.slug, kind.word)
