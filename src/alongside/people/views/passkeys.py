"""Passkeys: the device itself says who somebody is. The browser's part is in `passkeys.js`.

The question a passkey answers is kept in the session, so it is asked for by POST.
"""

from allauth.core.internal import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm, LoginWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from alongside.kernel.clock import now
from alongside.people.access import SignedInRequest, note_refusal, public, recently_signed_in
from alongside.people.actions import passkeys as actions
from alongside.people.actions import signing_in
from alongside.people.models import Person, Way
from alongside.people.views.coming_back import next_after, wanted
from alongside.people.views.letters import tell_of
from alongside.people.views.waiting import wait_a_moment
from alongside.ui import flash

# What a browser may send that is no answer of a passkey at all.
NO_ANSWER = (AttributeError, KeyError, IndexError)


@public
@never_cache
@require_POST
def question(request: HttpRequest) -> HttpResponse:
    """What the browser asks of a passkey; the same for everybody."""
    return JsonResponse(auth.begin_authentication(user=None))


@public
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    if not ratelimit.consume(request, app="allauth.mfa", action="webauthn_login"):
        return wait_a_moment(request)
    authenticator = _answered(request)
    if authenticator is None:
        note_refusal(request, "people.sign_in_by_passkey")
        return render(request, "people/passkey_refused.html", {"next": wanted(request)}, status=400)
    authenticator.record_usage()
    signing_in.begin_for(
        request=request,
        person=authenticator.user,
        way=Way.PASSKEY,
        at=now(),
        shared=bool(request.POST.get("shared")),
    )
    return redirect(next_after(request, "/"))


def _answered(request: HttpRequest) -> Authenticator | None:
    """The passkey that gave a right answer, when its person may sign in."""
    form = LoginWebAuthnForm(request.POST)
    try:
        if not form.is_valid():
            return None
    except NO_ANSWER:
        return None
    authenticator: Authenticator = form.cleaned_data["credential"]
    person = authenticator.user
    return authenticator if isinstance(person, Person) and person.is_active else None


@require_POST
@recently_signed_in
@never_cache
def adding_question(request: SignedInRequest) -> HttpResponse:
    """What the browser tells a device that is to make a passkey for this person."""
    return JsonResponse(auth.begin_registration(request.user, passwordless=True))


@recently_signed_in
@require_http_methods(["GET", "POST"])
def add(request: SignedInRequest) -> HttpResponse:
    if request.method == "POST":
        form = AddWebAuthnForm(request.POST, user=request.user)
        try:
            made = form.is_valid()
        except NO_ANSWER:
            made = False
        if made:
            actions.add(
                person=request.user,
                name=form.cleaned_data["name"],
                credential=form.cleaned_data["credential"],
                at=now(),
            )
            tell_of(request, "mfa/email/webauthn_added")
            flash.done(request, _("Your passkey works from now on."))
            return redirect("people:signing_in")
        flash.sorry(request, _("No passkey was made. You can try again."))
    return render(request, "people/passkey_add.html")


@recently_signed_in
@require_http_methods(["GET", "POST"])
def remove(request: SignedInRequest, passkey_id: int) -> HttpResponse:
    mine = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.WEBAUTHN)
    passkey = get_object_or_404(mine, pk=passkey_id)
    if request.method == "POST":
        actions.remove(person=request.user, passkey=passkey, at=now())
        tell_of(request, "mfa/email/webauthn_removed")
        flash.done(request, _("The passkey opens nothing any more."))
        return redirect("people:signing_in")
    return render(request, "people/passkey_remove.html", {"name": passkey.wrap().name})
