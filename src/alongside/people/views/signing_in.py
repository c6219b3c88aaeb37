"""Signing in by card or password, the locked device, and the page about one's own ways in."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from allauth.core import ratelimit
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.kernel.clock import now
from alongside.people import locking
from alongside.people.access import SignedInRequest, note_refusal, public, recently_signed_in, signed_in
from alongside.people.actions import signing_in as actions
from alongside.people.backends import forget_tries
from alongside.people.forms.signing_in import AgainForm, CardForm, LockForm, NewPasswordForm, PasswordForm
from alongside.people.models import Person, Way
from alongside.people.models.ways_in import ways_in_of
from alongside.people.views.coming_back import next_after, to_next, wanted
from alongside.people.views.letters import tell_of
from alongside.people.views.waiting import wait_a_moment
from alongside.ui import flash


class TriedTooOften(Exception):
    """Too many cards were tried from this address in a short time."""


@public
@never_cache
@sensitive_post_parameters("code", "pin")
@require_http_methods(["GET", "POST"])
def by_card(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(next_after(request, "/"))
    form = CardForm(request.POST or None)
    if form.is_valid():
        try:
            person = person_by_card(request, code=form.cleaned_data["code"], pin=form.cleaned_data["pin"])
        except TriedTooOften:
            return wait_a_moment(request)
        if person is not None:
            actions.begin_for(
                request=request, person=person, way=Way.CARD, at=now(), shared=form.cleaned_data["shared"]
            )
            return redirect(next_after(request, "/"))
        form.add_error("pin", _("This code and PIN do not open a card. Check both and try again."))
    return render(request, "people/signin_card.html", {"form": form, "next": wanted(request)})


def person_by_card(request: HttpRequest, *, code: str, pin: str) -> Person | None:
    """Whose card it is; a failed try counts for the card and for the address."""
    if not ratelimit.consume(request, action="card_failed", dry_run=True):
        raise TriedTooOften
    person = authenticate(request, card_code=code, pin=pin)
    if isinstance(person, Person):
        forget_tries(request, card_code=code)
        return person
    ratelimit.consume(request, action="card_failed")
    note_refusal(request, "people.sign_in_by_card")
    return None


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def by_password(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(next_after(request, "/"))
    form = PasswordForm(request.POST or None)
    if form.is_valid():
        email, password = form.cleaned_data["email"], form.cleaned_data["password"]
        try:
            person = person_by_password(request, email=email, password=password)
        except ValidationError as refusal:
            form.add_error("password", refusal)
        else:
            request.session["shared_wanted"] = form.cleaned_data["shared"]
            login = Login(user=person, email=email, redirect_url=wanted(request) or None)
            answer: HttpResponse = perform_password_login(request, {"email": email}, login)
            return answer
    return render(request, "people/signin_password.html", {"form": form, "next": wanted(request)})


def person_by_password(request: HttpRequest, *, email: str, password: str) -> Person:
    """Whose address and password these are. Raises ValidationError with words for people."""
    adapter = get_adapter(request)
    person = adapter.authenticate(request, email=email, password=password)
    if not isinstance(person, Person):
        note_refusal(request, "people.sign_in_by_password")
        raise adapter.validation_error("email_password_mismatch")
    forget_tries(request, email=email)
    return person


@public
@never_cache
@sensitive_post_parameters("secret")
@require_http_methods(["GET", "POST"])
def again(request: HttpRequest) -> HttpResponse:
    """The locked page: it knows who was here, and asks them to show it."""
    person = locking.locked_person_of(request)
    if person is None:
        return (
            redirect(next_after(request, "/")) if request.user.is_authenticated else to_next(request, "account_login")
        )
    ways = ways_in_of(person, now())
    if request.POST.get("way") == "code" and person.email:
        return _send_code_again(request, person)
    asks_secret = person.has_usable_password() or ways.card is not None
    form = AgainForm(request.POST or None, has_password=person.has_usable_password()) if asks_secret else None
    if form is not None and form.is_valid():
        try:
            if _opens_with_secret(request, person, form.cleaned_data["secret"]):
                return redirect(next_after(request, "/"))
        except TriedTooOften:
            return wait_a_moment(request)
        form.add_error("secret", _("That is not right. Check it and try again."))
    context = {"form": form, "person": person, "ways": ways, "next": wanted(request)}
    return render(request, "people/signin_again.html", context)


def _send_code_again(request: HttpRequest, person: Person) -> HttpResponse:
    if not ratelimit.consume(request, action="request_login_code", key=str(person.email).lower()):
        return wait_a_moment(request)
    actions.keep_email_in_step(person)
    request.session["shared_wanted"] = locking.is_shared(request)
    LoginCodeVerificationProcess.initiate(request=request, user=person, email=str(person.email).lower())
    return to_next(request, "account_confirm_login_code")


def _opens_with_secret(request: HttpRequest, person: Person, secret: str) -> bool:
    """Sign the person of a locked device in again, by password or by the PIN of their card."""
    way, shared = Way.PASSWORD, locking.is_shared(request)
    if person.has_usable_password():
        found = _knows_password(request, person, secret)
    else:
        way, found = Way.CARD, _knows_pin(request, person, secret)
    if found:
        actions.begin_for(request=request, person=person, way=way, at=now(), shared=shared)
    return found


def _knows_password(request: HttpRequest, person: Person, password: str) -> bool:
    try:
        return person_by_password(request, email=str(person.email), password=password) == person
    except ValidationError:
        return False


def _knows_pin(request: HttpRequest, person: Person, pin: str) -> bool:
    if not ratelimit.consume(request, action="card_failed", dry_run=True):
        raise TriedTooOften
    if authenticate(request, card_of=person, pin=pin) == person:
        forget_tries(request, card_of=person)
        return True
    ratelimit.consume(request, action="card_failed")
    note_refusal(request, "people.sign_in_by_card")
    return False


@public
@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Lock this device now, or before a page that asks who you are."""
    if locking.person_of(request) is not None:
        locking.lock(request)
    return to_next(request, "people:sign_in_again")


@public
@require_GET
def stay(request: HttpRequest) -> HttpResponse:
    """Somebody is still typing: the lock waits. 401 once the device is locked."""
    return HttpResponse(status=204 if request.user.is_authenticated else 401)


@public
@require_GET
def signed_out(request: HttpRequest) -> HttpResponse:
    return render(request, "people/signed_out.html")


@signed_in
@require_GET
def overview(request: SignedInRequest) -> HttpResponse:
    context = {
        "ways": ways_in_of(request.user, now()),
        "this_session": request.session.session_key,
        "lock_form": LockForm(initial={"minutes": locking.minutes_of(request)}),
        "shared": locking.is_shared(request),
    }
    return render(request, "people/signing_in.html", context)


@signed_in
@require_POST
def choose_lock(request: SignedInRequest) -> HttpResponse:
    form = LockForm(request.POST)
    if form.is_valid() and not locking.is_shared(request):
        actions.choose_lock(request=request, person=request.user, minutes=form.cleaned_data["minutes"], at=now())
        flash.done(request, _("This device will lock as you chose."))
    return redirect("people:signing_in")


@signed_in
@require_POST
def end_elsewhere(request: SignedInRequest) -> HttpResponse:
    actions.end_elsewhere(person=request.user, but_session=request.session.session_key, by=request.user, at=now())
    flash.done(request, _("You are signed out on all other devices."))
    return redirect("people:signing_in")


@recently_signed_in
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def password(request: SignedInRequest) -> HttpResponse:
    form = NewPasswordForm(request.POST or None, person=request.user)
    if form.is_valid():
        actions.choose_password(request=request, person=request.user, password=form.cleaned_data["password"], at=now())
        tell_of(request, "account/email/password_changed")
        flash.done(request, _("Your new password works from now on. Other devices are signed out."))
        return redirect("people:signing_in")
    return render(request, "people/signin_new_password.html", {"form": form})


@require_POST
@recently_signed_in
def remove_password(request: SignedInRequest) -> HttpResponse:
    actions.choose_password(request=request, person=request.user, password=None, at=now())
    tell_of(request, "account/email/password_changed")
    flash.done(request, _("You have no password any more. A code by e-mail always works."))
    return redirect("people:signing_in")
