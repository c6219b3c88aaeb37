"""Yes and no to each purpose, and sharing how to reach each other."""

from uuid import UUID

from allauth.core import ratelimit
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.kernel.channels import Channel
from alongside.kernel.clock import now, today
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.people import actions
from alongside.people.access import MemberRequest, may, needs, require
from alongside.people.forms.consenting import ContactWordsForm, SayForm
from alongside.people.models import Consent, ContactShare, Membership
from alongside.people.purposes import every as every_purpose
from alongside.people.refusals import words_for
from alongside.people.undoing import undo_url
from alongside.people.views.members import find_member, sorry_for
from alongside.ui import flash


@needs("people.say_on_purpose")
def consents(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    """What a member agreed to; a POST says yes or no to one purpose."""
    membership = find_member(request, membership_id)
    require(request, "people.say_on_purpose", membership)
    if request.method == "POST":
        return _say(request, membership)
    said_so_far = Consent.objects.of(request.community).filter(membership=membership).order_by("-at", "-id")
    latest: dict[str, Consent] = {}
    for consent in said_so_far:
        latest.setdefault(consent.purpose, consent)
    context = {
        "member": membership,
        "is_me": membership == request.membership,
        "heard_of_it": _heard_of_it(request, membership),
        "is_young": not membership.person.acts_alone(today()),
        "purposes": [(purpose, latest.get(purpose.name)) for purpose in every_purpose()],
        "history": said_so_far.select_related("by"),
        "channels": Channel.choices,
    }
    return render(request, "people/consents.html", context)


def _heard_of_it(request: MemberRequest, membership: Membership) -> bool:
    """Whether somebody writes down what a member told them; an adult answers for a child at home as for themself."""
    return membership != request.membership and not may(request, "people.answer_at_home", membership)


def _say(request: MemberRequest, membership: Membership) -> HttpResponse:
    is_me, form = membership == request.membership, SayForm(request.POST)
    if form.is_valid():
        told = Channel(form.cleaned_data.pop("channel") or Channel.PHONE)
        channel = told if _heard_of_it(request, membership) else Channel.WEB
        said = {"purpose": form.cleaned_data["purpose"], "given": form.cleaned_data["given"] == "yes"}
        actions.say_on_purpose(membership=membership, by=request.user, at=now(), channel=channel, **said)
        flash.done(request, _("Your answer is written down.") if is_me else _("Their answer is written down."))
    else:
        flash.sorry(request, _("Choose yes or no."))
    return redirect("people:consents", request.community.slug, membership.pk)


@needs("people.ask_for_contact")
def ask_contact(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    membership = find_member(request, membership_id)
    require(request, "people.see_member", membership)
    form = ContactWordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if too_often := _asks_too_often(request, membership):
            flash.sorry(request, too_often)
        else:
            _ask(request, membership, **form.cleaned_data)
        return redirect("people:member", request.community.slug, membership.pk)
    return render(request, "people/ask_contact.html", {"form": form, "member": membership})


def _asks_too_often(request: MemberRequest, asked: Membership) -> str:
    """What to say to somebody who has asked this member, or many members, too often; else ""."""
    if not ratelimit.consume(request, action="ask_again_for_contact", key=_pair(request, asked), dry_run=True):
        words = _(
            "You have asked %(name)s three times this month. Please give them time, and ask a coordinator for help."
        )
        return words % {"name": asked.person}
    if not ratelimit.consume(request, action="ask_for_contact", dry_run=True):
        return _("You have asked many people today. Please go on tomorrow.")
    return ""


def _ask(request: MemberRequest, asked: Membership, *, words: str) -> None:
    try:
        actions.ask_for_contact(asker=request.membership, asked=asked, words=words, at=now())
    except (actions.AskedForContactAlready, actions.CannotShareContact) as refusal:
        sorry_for(request, refusal)
        return
    ratelimit.consume(request, action="ask_again_for_contact", key=_pair(request, asked))
    ratelimit.consume(request, action="ask_for_contact")
    flash.done(request, _("We ask %(name)s. Nothing is shown before they agree.") % {"name": asked.person})


def _pair(request: MemberRequest, asked: Membership) -> str:
    return f"{request.membership.pk}:{asked.pk}"


@needs("people.see_members")
def contacts(request: MemberRequest) -> HttpResponse:
    """Who asked me, whom I asked, and with whom I share."""
    mine_all = ContactShare.objects.of(request.community).open().with_member(request.membership)
    shares = list(mine_all.select_related("asker__person", "asked__person").order_by("-asked_at"))
    mine = request.membership.pk
    context = {
        "to_answer": [share for share in shares if share.agreed is None and share.asked_id == mine],
        "waiting": [share for share in shares if share.agreed is None and share.asker_id == mine],
        "agreed": [(share, share.asked if share.asker_id == mine else share.asker) for share in shares if share.agreed],
    }
    return render(request, "people/contacts.html", context)


@require_POST
@needs("people.answer_contact")
def answer_contact(request: MemberRequest, share_id: UUID) -> HttpResponse:
    share = get_object_or_404(ContactShare.objects.of(request.community), pk=share_id)
    require(request, "people.answer_contact", share)
    agreed = request.POST.get("agreed") == "yes"
    try:
        actions.answer_contact(share=share, agreed=agreed, by=request.user, at=now())
    except SomeoneElseWasFaster as refusal:
        flash.sorry(request, words_for(refusal))
    else:
        told = _("You see each other's contact now.") if agreed else _("You said no. Nothing is shown.")
        flash.done(request, told, undo_url=undo_url(share, by=request.user))
    return redirect("people:contacts", request.community.slug)


@require_POST
@needs("people.end_contact")
def end_contact(request: MemberRequest, share_id: UUID) -> HttpResponse:
    share = get_object_or_404(ContactShare.objects.of(request.community), pk=share_id)
    require(request, "people.end_contact", share)
    try:
        actions.end_contact(share=share, by=request.user, at=now())
    except SomeoneElseWasFaster as refusal:
        flash.sorry(request, words_for(refusal))
    else:
        flash.done(request, _("You no longer share contact."), undo_url=undo_url(share, by=request.user))
    return redirect("people:contacts", request.community.slug)
