"""Asking to belong, answering, inviting, and coming in by invitation."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.kernel.clock import now
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.kernel.ids import new_id
from alongside.people import actions
from alongside.people.access import MemberRequest, needs, public, signed_in
from alongside.people.actions import signing_in
from alongside.people.forms.joining import AnswerForm, AskForm, JoinByNameForm
from alongside.people.models import Community, JoinRequest, Way
from alongside.people.refusals import words_for
from alongside.people.undoing import undo_url
from alongside.people.views.members import sorry_for
from alongside.ui import flash


@public
def join(request: MemberRequest) -> HttpResponse:
    """What the community is, and the door: to strangers a community that invites does not exist."""
    if request.standing is not None:
        return redirect("web:home", request.community.slug)
    if request.community is None or request.community.join_policy != Community.JoinPolicy.ASK:
        raise Http404
    form = AskForm(request.POST or None)
    if request.method == "POST" and request.user.is_authenticated and form.is_valid():
        try:
            actions.ask_to_join(community=request.community, person=request.user, at=now(), **form.cleaned_data)
        except (actions.AskedAlready, actions.AlreadyBelongs, actions.NotOpenToAsking) as refusal:
            sorry_for(request, refusal)
        else:
            flash.done(request, _("Your request is on its way. A coordinator will answer."))
        return redirect("people:join", request.community.slug)
    return render(request, "people/join.html", {"form": form, "latest": latest_request(request)})


def latest_request(request: MemberRequest) -> JoinRequest | None:
    """The last time this person asked this community, however it was answered."""
    if not request.user.is_authenticated:
        return None
    asked = JoinRequest.objects.of(request.community).filter(person=request.user)
    latest: JoinRequest | None = asked.order_by("-asked_at").first()
    return latest


@require_POST
@signed_in
def withdraw(request: MemberRequest) -> HttpResponse:
    waiting = JoinRequest.objects.of(request.community).waiting().filter(person=request.user).first()
    if waiting is not None:
        try:
            actions.withdraw_request(request=waiting, by=request.user, at=now())
            flash.done(request, _("You took your request back."))
        except SomeoneElseWasFaster as refusal:
            sorry_for(request, refusal)
    return redirect("people:join", request.community.slug)


@needs("people.answer_requests")
def join_requests(request: MemberRequest) -> HttpResponse:
    asked = JoinRequest.objects.of(request.community).select_related("person", "answered_by")
    waiting = asked.waiting().order_by("asked_at")
    answered = asked.exclude(answer=JoinRequest.Answer.WAITING).order_by("-answered_at")[:20]
    return render(request, "people/join_requests.html", {"waiting": waiting, "answered": answered})


@needs("people.answer_requests")
def answer_request(request: MemberRequest, request_id: UUID) -> HttpResponse:
    asked = JoinRequest.objects.of(request.community).select_related("person", "community")
    join_request = get_object_or_404(asked, pk=request_id)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            words = _answered(join_request, request, **form.cleaned_data)
        except actions.ReasonMissing as refusal:
            form.add_error("reason", words_for(refusal))
        except SomeoneElseWasFaster as refusal:
            sorry_for(request, refusal)
            return redirect("people:join_requests", request.community.slug)
        else:
            flash.done(request, words, undo_url=undo_url(join_request, by=request.user))
            return redirect("people:join_requests", request.community.slug)
    return render(request, "people/answer_request.html", {"form": form, "asked": join_request})


def _answered(join_request: JoinRequest, request: MemberRequest, *, answer: str, reason: str) -> str:
    if answer == "approve":
        membership = actions.approve_request(request=join_request, by=request.user, at=now())
        return _("%(name)s is a member now.") % {"name": membership}
    actions.decline_request(request=join_request, reason=reason, by=request.user, at=now())
    return _("You said no to %(name)s. They can read your reason.") % {"name": join_request.person}


@public
def invited(request: MemberRequest, code: str) -> HttpResponse:
    """Where the link or card leads: in as oneself, or with a name alone."""
    if request.standing is not None:
        return redirect("web:home", request.community.slug)
    if request.community is None:
        return _over(request)
    try:
        if request.method == "POST":
            return _come_in(request, code)
        actions.find_invitation(community=request.community, code=code, at=now())
    except actions.InvitationOver:
        return _over(request)
    except actions.AlreadyBelongs:
        return redirect("web:home", request.community.slug)
    return render(request, "people/invited.html", {"form": JoinByNameForm(), "code": code})


def _over(request: MemberRequest) -> HttpResponse:
    """The same page whether there is such a community or not: it must not tell which."""
    request.community = None  # type: ignore[assignment]
    return render(request, "people/invitation_over.html", status=410)


def _come_in(request: MemberRequest, code: str) -> HttpResponse:
    if request.user.is_authenticated:
        actions.accept_invitation(community=request.community, code=code, person=request.user, at=now())
        return welcomed(request)
    form = JoinByNameForm(request.POST)
    if not form.is_valid():
        actions.find_invitation(community=request.community, code=code, at=now())
        return render(request, "people/invited.html", {"form": form, "code": code})
    try:
        membership = actions.accept_invitation_by_name(
            community=request.community, code=code, at=now(), **form.cleaned_data
        )
    except actions.FormSentBefore as refusal:
        return _ask_anew(request, code, form, words_for(refusal))
    signing_in.begin_for(request=request, person=membership.person, way=Way.INVITATION, at=now())
    return welcomed(request)


def _ask_anew(request: MemberRequest, code: str, form: JoinByNameForm, why: str) -> HttpResponse:
    """The name as typed, in a form with a key of its own."""
    actions.find_invitation(community=request.community, code=code, at=now())
    form.data = {"name": form.cleaned_data["name"], "key": str(new_id())}
    form.add_error(None, why)
    return render(request, "people/invited.html", {"form": form, "code": code})


def welcomed(request: HttpRequest) -> HttpResponse:
    community = request.community  # type: ignore[attr-defined]
    flash.done(request, _("Welcome to %(community)s.") % {"community": community})
    return redirect("web:home", community.slug)
