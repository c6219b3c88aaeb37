"""Strengths: mine, somebody's, one section at a time, or all on one page."""

from uuid import UUID

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, may, needs, require, subject
from alongside.people.models import Membership
from alongside.strengths import actions
from alongside.strengths.forms.profiles import SectionForm, ShownToForm, initial_of
from alongside.strengths.models import Listing, StrengthsProfile
from alongside.strengths.models.profile import SectionName
from alongside.strengths.rules.pictures import Section
from alongside.strengths.views.finding import describing, find_membership
from alongside.ui import flash


def profile_of(membership: Membership) -> StrengthsProfile | None:
    """The member's profile with its strengths; None while nothing is written down."""
    profiles = StrengthsProfile.objects.of(membership.community).filter(membership=membership).with_strengths()
    profile: StrengthsProfile | None = profiles.first()
    return profile


def sections_of(profile: StrengthsProfile | None) -> list[dict[str, object]]:
    """Every section with what stands in it, in order."""
    strengths = list(profile.strengths.all()) if profile else []
    return [
        {
            "section": section.value,
            "label": SectionName(section).label,
            "strengths": [strength for strength in strengths if strength.section == section],
        }
        for section in Section
    ]


@needs("strengths.see_listings")
def mine(request: MemberRequest) -> HttpResponse:
    return redirect("strengths:profile", request.community.slug, subject(request).pk)


@needs("strengths.see_listings")
def profile(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    membership = find_membership(request, membership_id)
    require(request, "people.see_member", membership)
    found = profile_of(membership)
    require(request, "strengths.see_profile", found or StrengthsProfile(membership=membership))
    listings = Listing.objects.of(request.community).filter(membership=membership).open_on(today())
    sections = sections_of(found)
    return render(
        request,
        "strengths/profile.html",
        {
            "member": membership,
            "profile": found,
            "is_me": membership == subject(request),
            "sections": sections,
            "said_something": any(section["strengths"] for section in sections),
            "listings": listings.with_people().newest_first(),
            "may_change": may(request, "strengths.change_profile", found or StrengthsProfile(membership=membership)),
        },
    )


@needs("strengths.see_listings")
def edit_section(request: MemberRequest, membership_id: UUID, section: str) -> HttpResponse:
    """One thing a page; each page saves what is on it and leads to the next."""
    membership = find_membership(request, membership_id)
    require(request, "strengths.change_profile", StrengthsProfile(membership=membership))
    if section == "shown":
        return _edit_shown_to(request, membership)
    if section not in list(Section):
        raise Http404
    here = Section(section)
    form = SectionForm(_posted(request), section=here, initial=initial_of(profile_of(membership), here))
    if request.method == "POST" and form.is_valid():
        actions.save_profile(
            membership=membership,
            answers={here: form.answer()},
            at=now(),
            **describing(request, membership),
        )
        return redirect("strengths:edit_section", request.community.slug, membership.pk, _after(here))
    return render(request, "strengths/edit_section.html", _section_context(request, membership, form, here.value))


def _edit_shown_to(request: MemberRequest, membership: Membership) -> HttpResponse:
    found = profile_of(membership)
    shown_to = found.shown_to if found else StrengthsProfile.ShownTo.COORDINATORS
    form = ShownToForm(_posted(request), initial={"shown_to": shown_to})
    if request.method == "POST" and form.is_valid():
        actions.save_profile(
            membership=membership,
            answers={},
            shown_to=form.cleaned_data["shown_to"],
            at=now(),
            **describing(request, membership),
        )
        flash.done(request, _("Your strengths are written down. Thank you."))
        return redirect("strengths:profile", request.community.slug, membership.pk)
    return render(request, "strengths/edit_section.html", _section_context(request, membership, form, "shown"))


@needs("strengths.see_listings")
def edit_profile(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    """Everything on one page, for people who have done it before."""
    membership = find_membership(request, membership_id)
    require(request, "strengths.change_profile", StrengthsProfile(membership=membership))
    found = profile_of(membership)
    data = _posted(request)
    forms = [SectionForm(data, section=section, initial=initial_of(found, section)) for section in Section]
    shown = ShownToForm(data, initial={"shown_to": found.shown_to if found else StrengthsProfile.ShownTo.COORDINATORS})
    if request.method == "POST" and all([form.is_valid() for form in [*forms, shown]]):
        actions.save_profile(
            membership=membership,
            answers={form.section: form.answer() for form in forms},
            shown_to=shown.cleaned_data["shown_to"],
            at=now(),
            **describing(request, membership),
        )
        flash.done(request, _("The strengths of %(name)s are written down.") % {"name": membership.person})
        return redirect("strengths:profile", request.community.slug, membership.pk)
    context = {"member": membership, "forms": forms, "form": shown, "is_me": membership == subject(request)}
    return render(request, "strengths/edit_profile.html", context)


def _after(section: Section) -> str:
    following = list(Section)[list(Section).index(section) + 1 :]
    return following[0].value if following else "shown"


def _section_context(
    request: MemberRequest, membership: Membership, form: SectionForm | ShownToForm, current: str
) -> dict[str, object]:
    names = [*(section.value for section in Section), "shown"]
    position = names.index(current)
    return {
        "member": membership,
        "form": form,
        "is_me": membership == subject(request),
        "position": position + 1,
        "total": len(names),
        "previous": names[position - 1] if position else "",
        "following": names[position + 1] if position + 1 < len(names) else "",
    }


def _posted(request: MemberRequest) -> QueryDict | None:
    """What was sent, also when it is nothing at all: leaving everything empty is an answer here."""
    return request.POST if request.method == "POST" else None
