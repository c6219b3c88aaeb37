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
from alongside.people.models import Membership, Person
from alongside.strengths import actions
from alongside.strengths.deskcard import card_of, card_of_body
from alongside.strengths.forms.desk import DeskForm, listings_of
from alongside.strengths.models import Listing
from alongside.strengths.models.finding import who_is_meant
from alongside.strengths.models.parties import speakers_for
from alongside.strengths.refusals import EXPECTED, explain
from alongside.strengths.views.finding import find_membership
from alongside.strengths.views.showing import tell_taken
from alongside.timebank import actions as timebank
from alongside.timebank.actions import OverLimit
from alongside.timebank.models import Account
from alongside.ui.words import hours_text

MOST_SUGGESTED = 8
MOST_FOUND = 30


@needs("strengths.use_desk")
def desk(request: MemberRequest) -> HttpResponse:
    """Write an exchange down; `look` shows who is meant by what was typed so far, without script.

    Looking posts as well: names, numbers and a note do not belong in an address. Links to the desk bring names along.
    """
    posted = request.POST if request.method == "POST" and "look" not in request.POST else None
    form = DeskForm(posted, community=request.community, today=today(), initial=_typed_so_far(request))
    over_limit = False
    if form.is_valid():
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
        party = form.party(name)
        boxes.append({"name": name, "field": form[name], **_shown(request, party)})
    return boxes


def _shown(request: MemberRequest, party: Membership | Account | None) -> dict[str, Any]:
    """A party as templates take it: a person or a body, with the card."""
    if isinstance(party, Account):
        return {"person": None, "body": party, "card": card_of_body(party)}
    return {"person": party, "body": None, "card": card_of(party, request.community) if party else None}


def _typed_so_far(request: MemberRequest) -> dict[str, Any]:
    names = ("giver", "receiver", "minutes", "category", "helped_on", "channel", "listing", "note", "told_by")
    so_far = request.POST if "look" in request.POST else request.GET
    typed: dict[str, Any] = {name: so_far[name] for name in names if so_far.get(name)}
    if so_far.get("both_agree"):
        typed["both_agree"] = True
    return typed


@transaction.atomic
def record(request: MemberRequest, details: dict[str, Any]) -> actions.Taken:
    """One exchange as a broker heard it: both agree, or one told and the other is asked.

    A refusal leaves no account behind that was opened for it.
    """
    parties = {"giver": details.pop("giver"), "receiver": details.pop("receiver")}
    speaker = _speaker(request, parties.get(details.pop("told_by", "")))
    accounts = [_account_of(request, one) for one in parties.values()]
    return actions.record_exchange(
        giver=accounts[0],
        receiver=accounts[1],
        by=request.user,
        at=now(),
        on_behalf_of=speaker if speaker != request.user else None,
        consent_of_both=details.pop("both_agree", False),
        **details,
    )


def _account_of(request: MemberRequest, party: Membership | Account) -> Account:
    """The account of a party; opened for a member who has none yet."""
    if isinstance(party, Account):
        return party
    return timebank.account_of(community=request.community, person=party.person, by=request.user, at=now())


def _speaker(request: MemberRequest, party: Membership | Account | None) -> Person | None:
    """Whose word it is. For a body one of those who speak for it, the broker themself before others."""
    if isinstance(party, Account):
        speakers = speakers_for(party)
        if not speakers:
            raise actions.SpeaksForNeither
        return request.user if request.user in speakers else speakers[0]
    return party.person if party else None


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
    meant = who_is_meant(request.community, text, at_most=MOST_SUGGESTED)
    shown = _shown(request, meant.sure)
    context: dict[str, Any] = {
        "field": field,
        "text": text,
        "suggested": meant.members[:MOST_SUGGESTED],
        "bodies": meant.bodies[:MOST_SUGGESTED],
        "more": max(len(meant.members), len(meant.bodies)) > MOST_SUGGESTED,
        "sure": shown["person"],
        "sure_body": shown["body"],
        "card": shown["card"],
        "listings": _listings_now(request, field, shown["person"]),
    }
    return render(request, "strengths/_found_people.html", context)


def _listings_now(request: MemberRequest, field: str, sure: Membership | None) -> list[Listing]:
    """Offers and requests the exchange may belong to, now that one more of the two is known."""
    other_field = "giver" if field == "receiver" else "receiver"
    other = who_is_meant(request.community, request.GET.get(other_field, ""), at_most=1).sure
    people = {field: sure, other_field: other if isinstance(other, Membership) else None}
    return list(listings_of(request.community, today(), people["giver"], people["receiver"]))


@needs("strengths.use_desk")
def find(request: MemberRequest) -> HttpResponse:
    """Find a person and see everything a broker needs to know of them; or a body with an account."""
    text = request.GET.get("q", "")
    meant = who_is_meant(request.community, text, at_most=MOST_FOUND)
    found, bodies = meant.members, meant.bodies
    if len(found) == 1 and not bodies:
        return redirect("strengths:desk_person", request.community.slug, found[0].pk)
    more = max(len(found), len(bodies)) > MOST_FOUND
    rows = [{"body": body, **_desk_urls(request, str(body))} for body in bodies[:MOST_FOUND]]
    context = {"text": text, "found": found[:MOST_FOUND], "bodies": rows, "more": more}
    return render(request, "strengths/desk_find.html", context)


@needs("strengths.use_desk")
def desk_person(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    """One person as the desk shows them: strengths, requests and offers, history, balance."""
    membership = find_membership(request, membership_id)
    context = {
        "member": membership,
        "card": card_of(membership, request.community),
        **_desk_urls(request, str(membership.number)),
    }
    return render(request, "strengths/desk_person.html", context)


def _desk_urls(request: MemberRequest, who: str) -> dict[str, str]:
    """The desk with one box filled in already."""
    desk_url = reverse("strengths:desk", args=[request.community.slug])
    return {
        "helped_url": f"{desk_url}?{urlencode({'giver': who})}",
        "was_helped_url": f"{desk_url}?{urlencode({'receiver': who})}",
    }
