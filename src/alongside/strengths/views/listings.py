"""Offers and requests: found, read, put up, changed and taken down."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, may, needs, subject
from alongside.people.undoing import undo_url
from alongside.strengths import actions
from alongside.strengths.forms.listings import DAY_NAMES, PART_NAMES, FilterForm, ListingForm, initial_of, language_name
from alongside.strengths.models import Exchange, Listing, StrengthsProfile
from alongside.strengths.models.listing import ListingQuerySet
from alongside.strengths.rules import week
from alongside.strengths.views.finding import DESCRIBE, describing, find_listing, lister, page_of, whose
from alongside.strengths.views.profiles import profile_of
from alongside.ui import flash

MARKS = {"pause": actions.pause, "resume": actions.resume, "close": actions.close}


@needs("strengths.see_listings")
def listings(request: MemberRequest, kind: str) -> HttpResponse:
    """Open offers, or open requests, that answer to what was looked for."""
    form = FilterForm(request.GET, community=request.community)
    chosen = form.chosen
    found = Listing.objects.of(request.community).filter(kind=kind).open_on(today())
    rows, older = page_of(_narrowed(found, chosen).with_people().newest_first(), before=request.GET.get("before", ""))
    wanted = {name: getattr(value, "pk", value) for name, value in chosen.items()}
    context = {
        "kind": kind,
        "form": form,
        "rows": rows,
        "looked_for": bool(chosen),
        "more_filters": bool(set(chosen) - {"words", "category"}),
        "older_url": f"?{urlencode({**wanted, 'before': older})}" if older else "",
        "tabs": _tabs(request, kind),
    }
    template = (
        "strengths/listings.html#found" if request.htmx and not request.htmx.boosted else "strengths/listings.html"
    )
    return render(request, template, context)


def _narrowed(found: ListingQuerySet, chosen: dict[str, Any]) -> ListingQuerySet:
    simple = {name: chosen[name] for name in ("category", "urgency", "size") if name in chosen}
    found = found.filter(**simple).matching(chosen.get("words", "")).in_language(chosen.get("language", ""))
    if "area" in chosen:
        found = found.filter(area__icontains=chosen["area"].strip())
    if "where" in chosen:
        found = found.filter(where__in={chosen["where"], Listing.Where.EITHER})
    if "day" in chosen:
        found = found.with_time_in(week.pack((chosen["day"], part) for part in week.Part))
    return found


@needs("strengths.see_listings")
def my_listings(request: MemberRequest) -> HttpResponse:
    """Everything I have put up, open or over."""
    whose_they_are = lister(request, DESCRIBE)
    found = Listing.objects.of(request.community).filter(membership=whose_they_are).with_people().newest_first()
    rows, older = page_of(found, before=request.GET.get("before", ""))
    older_url = f"?{urlencode({'before': older})}" if older else ""
    context = {"rows": rows, "older_url": older_url, "today": today(), "tabs": _tabs(request, "mine")}
    return render(request, "strengths/my_listings.html", context)


@needs("strengths.see_listings")
def listing(request: MemberRequest, listing_id: UUID) -> HttpResponse:
    found = find_listing(request, listing_id, "strengths.see_listing")
    may_change = may(request, "strengths.change_listing", found)
    exchanges = Exchange.objects.of(request.community).filter(listing=found).with_sides().newest_first()
    is_open = found.is_open_on(today())
    profile = profile_of(found.membership) or StrengthsProfile(membership=found.membership)
    return render(
        request,
        "strengths/listing.html",
        {
            "listing": found,
            "is_past": found.closed_at is None and found.open_until < today(),
            "may_change": may_change,
            "may_see_person": may(request, "people.see_member", found.membership)
            and may(request, "strengths.see_profile", profile),
            "may_ask": is_open and found.membership_id != subject(request).pk,
            "week": _week_of(found),
            "languages": [language_name(code) for code in found.language_codes],
            "exchanges": exchanges[:20] if may(request, "strengths.see_exchanges_of_listing", found) else [],
        },
    )


def _week_of(listing: Listing) -> list[dict[str, Any]]:
    """The days on which it suits, and the parts of each."""
    pieces = list(week.unpack(listing.week))
    return [
        {"day": DAY_NAMES[day], "parts": [PART_NAMES[part] for other, part in pieces if other == day]}
        for day in sorted({day for day, _part in pieces})
    ]


@needs("strengths.post_listing")
def new_listing(request: MemberRequest, kind: str) -> HttpResponse:
    membership = whose(request, "strengths.change_listing")
    form = ListingForm(
        request.POST or None,
        community=request.community,
        today=today(),
        for_somebody=membership != subject(request),
        initial={"area": membership.area},
    )
    if request.method == "POST" and form.is_valid():
        details = {**form.cleaned_data}
        who = describing(request, membership, channel=details.pop("channel", ""))
        made = actions.put_up(membership=membership, kind=kind, at=now(), **who, **details)
        flash.done(request, _("“%(title)s” is up for everybody to see.") % {"title": made.title})
        return redirect("strengths:listing", request.community.slug, made.pk)
    context = {"form": form, "kind": kind, "member": membership, "is_me": membership == subject(request)}
    return render(request, "strengths/edit_listing.html", context)


@needs("strengths.post_listing")
def edit_listing(request: MemberRequest, listing_id: UUID) -> HttpResponse:
    found = find_listing(request, listing_id, "strengths.change_listing")
    form = ListingForm(
        request.POST or None,
        community=request.community,
        today=today(),
        for_somebody=found.membership_id != subject(request).pk,
        initial=initial_of(found),
    )
    if request.method == "POST" and form.is_valid():
        details = {name: value for name, value in form.cleaned_data.items() if name != "key"}
        who = describing(request, found.membership, channel=details.pop("channel", ""))
        actions.change(listing=found, at=now(), **who, **details)
        flash.done(request, _("“%(title)s” is changed.") % {"title": found.title})
        return redirect("strengths:listing", request.community.slug, found.pk)
    context = {
        "form": form,
        "kind": found.kind,
        "listing": found,
        "member": found.membership,
        "is_me": found.membership_id == subject(request).pk,
    }
    return render(request, "strengths/edit_listing.html", context)


@require_POST
@needs("strengths.post_listing")
def mark_listing(request: MemberRequest, listing_id: UUID, mark: str) -> HttpResponse:
    """Pause, resume, close, or keep up for longer."""
    found = find_listing(request, listing_id, "strengths.change_listing")
    who = describing(request, found.membership)
    if mark == "keep":
        actions.keep_open(listing=found, today=today(), at=now(), **who)
    elif mark in MARKS:
        MARKS[mark](listing=found, at=now(), **who)
    else:
        raise Http404
    flash.done(request, _marked_text(mark, found), undo_url=undo_url(found, by=request.user))
    return redirect("strengths:listing", request.community.slug, found.pk)


def _marked_text(mark: str, listing: Listing) -> str:
    texts = {
        "pause": _("“%(title)s” is paused. Nobody sees it until you go on."),
        "resume": _("“%(title)s” is up again."),
        "close": _("“%(title)s” is taken down."),
        "keep": _("“%(title)s” stays up for three more months."),
    }
    return texts[mark] % {"title": listing.title}


def _tabs(request: MemberRequest, current: str) -> list[dict[str, object]]:
    slug = request.community.slug
    return [
        {"label": _("Offers"), "url": reverse("strengths:offers", args=[slug]), "current": current == "offer"},
        {"label": _("Requests"), "url": reverse("strengths:requests", args=[slug]), "current": current == "request"},
        {"label": _("Mine"), "url": reverse("strengths:my_listings", args=[slug]), "current": current == "mine"},
        {"label": _("My strengths"), "url": reverse("strengths:mine", args=[slug]), "current": False},
    ]
