"""The broker desk: find two people, write down what they did, next."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, needs
from alongside.people.models import Membership
from alongside.strengths import actions
from alongside.strengths.deskcard import card_of
from alongside.strengths.forms.desk import DeskForm, listings_of
from alongside.strengths.models import Listing
from alongside.strengths.models.finding import find_members
from alongside.strengths.refusals import EXPECTED, explain
from alongside.strengths.views.finding import find_membership
from alongside.strengths.views.showing import tell_taken
from alongside.timebank import actions as timebank
from alongside.timebank.actions import OverLimit
from alongside.ui.words import hours_text

MOST_SUGGESTED = 8


@needs("strengths.use_desk")
def desk(request: MemberRequest) -> HttpResponse:
    """Write an exchange down. A GET with what was typed so far shows who is meant, without script."""
    posted = request.POST if request.method == "POST" else None
    form = DeskForm(posted, community=request.community, today=today(), initial=_typed_so_far(request))
    over_limit = False
    if request.method == "POST" and form.is_valid():
        try:
            taken = record(request, {**form.cleaned_data})
        except EXPECTED as refusal:
            explain(refusal, form)
            over_limit = isinstance(refusal, OverLimit)
        else:
            tell_taken(request, taken, _recorded_text(taken))
            kept = urlencode({"channel": form.cleaned_data["channel"]})
            return redirect(f"{request.path}?{kept}")
    if not over_limit and not form.data.get("override_reason"):
        del form.fields["override_reason"]
    return render(request, "strengths/desk.html", {"form": form, "people_boxes": _people_boxes(request, form)})


def _people_boxes(request: MemberRequest, form: DeskForm) -> list[dict[str, Any]]:
    """The two boxes for people, with whom each means so far and everything to know of them."""
    boxes = []
    for name in ("giver", "receiver"):
        person = form.person(name)
        card = card_of(person, request.community) if person else None
        boxes.append({"name": name, "field": form[name], "person": person, "card": card})
    return boxes


def _typed_so_far(request: MemberRequest) -> dict[str, Any]:
    names = ("giver", "receiver", "minutes", "category", "helped_on", "channel", "listing", "note", "told_by")
    typed: dict[str, Any] = {name: request.GET[name] for name in names if request.GET.get(name)}
    if request.GET.get("both_agree"):
        typed["both_agree"] = True
    return typed


@transaction.atomic
def record(request: MemberRequest, details: dict[str, Any]) -> actions.Taken:
    """One exchange as a broker heard it: both agree, or one told and the other is asked.

    A refusal leaves no account behind that was opened for it.
    """
    giver, receiver = details.pop("giver"), details.pop("receiver")
    told_by = details.pop("told_by", "")
    speaker = {"giver": giver.person, "receiver": receiver.person}.get(told_by)
    accounts = [
        timebank.account_of(community=request.community, person=one.person, by=request.user, at=now())
        for one in (giver, receiver)
    ]
    return actions.record_exchange(
        giver=accounts[0],
        receiver=accounts[1],
        by=request.user,
        at=now(),
        on_behalf_of=speaker if speaker != request.user else None,
        consent_of_both=details.pop("both_agree", False),
        **details,
    )


def _recorded_text(taken: actions.Taken) -> str:
    facts = {
        "giver": taken.exchange.giver,
        "receiver": taken.exchange.receiver,
        "hours": hours_text(taken.exchange.minutes),
    }
    if taken.exchange.both_agreed:
        return _("%(giver)s helped %(receiver)s: %(hours)s credited.") % facts
    return _("%(giver)s helped %(receiver)s: %(hours)s written down, the other side is asked.") % facts


@needs("strengths.use_desk")
def find_person(request: MemberRequest) -> HttpResponse:
    """What the boxes of the desk ask while somebody types: suggestions, and who is meant."""
    field = "receiver" if request.GET.get("field") == "receiver" else "giver"
    text = request.GET.get(field, "")
    found = list(find_members(request.community, text, by_phone=True)[: MOST_SUGGESTED + 1])
    sure = found[0] if len(found) == 1 else None
    context: dict[str, Any] = {
        "field": field,
        "text": text,
        "suggested": found[:MOST_SUGGESTED],
        "more": len(found) > MOST_SUGGESTED,
        "sure": sure,
        "card": card_of(sure, request.community) if sure else None,
        "listings": _listings_now(request, field, sure),
    }
    return render(request, "strengths/_found_people.html", context)


def _listings_now(request: MemberRequest, field: str, sure: Membership | None) -> list[Listing]:
    """Offers and requests the exchange may belong to, now that one more of the two is known."""
    other_field = "giver" if field == "receiver" else "receiver"
    others = list(find_members(request.community, request.GET.get(other_field, ""), by_phone=True)[:2])
    people = {field: sure, other_field: others[0] if len(others) == 1 else None}
    return list(listings_of(request.community, today(), people["giver"], people["receiver"]))


@needs("strengths.use_desk")
def find(request: MemberRequest) -> HttpResponse:
    """Find a person and see everything a broker needs to know of them."""
    text = request.GET.get("q", "")
    found = list(find_members(request.community, text, by_phone=True)[:31])
    if len(found) == 1:
        return redirect("strengths:desk_person", request.community.slug, found[0].pk)
    context = {"text": text, "found": found[:30], "more": len(found) > 30}
    return render(request, "strengths/desk_find.html", context)


@needs("strengths.use_desk")
def desk_person(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    """One person as the desk shows them: strengths, requests and offers, history, balance."""
    membership = find_membership(request, membership_id)
    slug = request.community.slug
    context = {
        "member": membership,
        "card": card_of(membership, request.community),
        "helped_url": f"{reverse('strengths:desk', args=[slug])}?{urlencode({'giver': membership.number})}",
        "was_helped_url": f"{reverse('strengths:desk', args=[slug])}?{urlencode({'receiver': membership.number})}",
    }
    return render(request, "strengths/desk_person.html", context)
