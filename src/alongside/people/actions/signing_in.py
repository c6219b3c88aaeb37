"""Signing in and out, and what a person keeps to sign in with."""

from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import SESSION_KEY, update_session_auth_hash
from django.contrib.auth import login as django_login
from django.contrib.auth import logout as django_logout
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from alongside.kernel import activity
from alongside.kernel.clock import now
from alongside.people import locking
from alongside.people.models import Device, Person, Way
from alongside.people.rules.browsers import browser_name

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# How long a device stays signed in: one's own, and one that others use too.
OWN_DEVICE = timedelta(days=30)
SHARED_DEVICE = timedelta(hours=2)
KEPT_AFTER_END = timedelta(days=90)
UNFINISHED_FOR = timedelta(days=7)


@transaction.atomic
def begin_for(*, request: HttpRequest, person: Person, way: Way, at: datetime, shared: bool = False) -> Device:
    """Sign `person` in on this device, and remember where and how.

    The session gets a new key each time, so one planted beforehand is worth nothing. On a
    `shared` device the session ends with the browser, after two hours or after ten quiet minutes.
    """
    _forget_session_of_device(request, at=at)
    had_a_session = SESSION_KEY in request.session
    django_login(request, person, backend=BACKEND)
    if had_a_session:
        request.session.cycle_key()
    lasts = SHARED_DEVICE if shared else OWN_DEVICE
    request.session.set_expiry(0 if shared else int(lasts.total_seconds()))
    locking.start(request, shared=shared, at=at, by_card=way == Way.CARD)
    if not request.session.session_key:
        request.session.create()
    device = Device.objects.create(
        person=person,
        session_key=str(request.session.session_key),
        way=way,
        browser=browser_name(request.headers.get("User-Agent", "")),
        shared=shared,
        began_at=at,
        ends_by=at + lasts,
    )
    activity.log(did=f"people.signed_in_by_{way}", about_what=person, by_id=person.pk, at=at)
    return device


def _forget_session_of_device(request: HttpRequest, *, at: datetime) -> None:
    if request.session.session_key:
        Device.objects.filter(session_key=request.session.session_key).update(ended_at=at, session_key="")


@transaction.atomic
def end(*, request: HttpRequest, at: datetime) -> None:
    """Sign out on this device, also when it is locked. Nothing happens when nobody is signed in."""
    person = locking.person_of(request)
    if person is not None:
        activity.log(did="people.signed_out", about_what=person, by_id=person.pk, at=at)
    _forget_session_of_device(request, at=at)
    django_logout(request)


@transaction.atomic
def end_elsewhere(*, person: Person, but_session: str | None, by: Person | None, at: datetime) -> int:
    """Sign `person` out on every device save the one with `but_session`; how many that were."""
    devices = Device.objects.of_person(person).signed_in()
    if but_session:
        devices = devices.exclude(session_key=but_session)
    ended = _end_devices(devices, at=at)
    activity.log(did="people.signed_out_elsewhere", about_what=person, by_id=by.pk if by else None, at=at)
    return ended


@transaction.atomic
def lose_what_was_prepared(*, request: HttpRequest, email_address: EmailAddress, **_signal: Any) -> None:
    """Whoever proves an address by its code shuts the password, passkeys and sessions made before.

    An address may be written down by somebody else, who may have opened the account first. People
    who prove a new address of their own while signed in keep everything, unless a card signed them in:
    whoever printed it knows its PIN too.
    """
    person = email_address.user
    is_here = request.user == person
    if is_here and locking.by_card_since(request) is None:
        return
    devices = Device.objects.of_person(person).signed_in().exclude(session_key=request.session.session_key or "")
    _end_devices(devices, at=now())
    Authenticator.objects.filter(user=person).delete()
    if person.has_usable_password():
        person.set_unusable_password()
        person.save(update_fields=["password"])
        if is_here:
            _keep_signed_in(request, person)


def _keep_signed_in(request: HttpRequest, person: Person) -> None:
    """After a change of password this device, the only one left, stays signed in under a new key."""
    update_session_auth_hash(request, person)
    Device.objects.of_person(person).signed_in().update(session_key=request.session.session_key)


def _end_devices(devices: QuerySet[Device], *, at: datetime) -> int:
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for key in devices.exclude(session_key="").values_list("session_key", flat=True):
        store(session_key=key).delete()
    return devices.update(ended_at=at, session_key="")


@transaction.atomic
def choose_lock(*, request: HttpRequest, person: Person, minutes: int, at: datetime) -> None:
    """Lock this device after so many quiet minutes; 0 means not until signing out."""
    locking.set_minutes(request, minutes)
    activity.log(did="people.lock_chosen", about_what=person, by_id=person.pk, at=at)


@transaction.atomic
def choose_password(*, request: HttpRequest, person: Person, password: str | None, at: datetime) -> None:
    """Set the person's password, or do away with it (None). Their other devices are signed out."""
    if password is None:
        person.set_unusable_password()
    else:
        person.set_password(password)
    person.save(update_fields=["password"])
    others = Device.objects.of_person(person).signed_in().exclude(session_key=request.session.session_key or "")
    _end_devices(others, at=at)
    _keep_signed_in(request, person)
    did = "people.password_removed" if password is None else "people.password_chosen"
    activity.log(did=did, about_what=person, by_id=person.pk, at=at)


def person_with(email: str) -> Person | None:
    """Whose account an address opens: that of the person who has this very address now.

    Databases take some letters for others (a dotless i for an i); a code must not go to such a lookalike.
    """
    found = Person.objects.filter(email__iexact=email, erased_at=None, merged_into=None).first()
    return found if found and str(found.email).lower() == email.lower() else None


def keep_email_in_step(person: Person) -> None:
    """Make the addresses that open the person's account those that `Person.email` names, and no other.

    Called when somebody is about to sign in or to get a code, as `Person.email` may have changed. A new address
    counts as verified once a code sent there has been typed in; an earlier address opens nothing any more.
    """
    addresses = EmailAddress.objects.filter(user=person)
    if not person.email:
        addresses.delete()
        return
    email = person.email.lower()
    addresses.exclude(email=email).delete()
    addresses.get_or_create(user=person, email=email, defaults={"primary": True, "verified": False})


@transaction.atomic
def forget_ways_in(*, person: Person, at: datetime) -> None:
    """Close every way in of a person who was erased or merged; whoever does that writes it down."""
    _end_devices(Device.objects.of_person(person).signed_in(), at=at)
    EmailAddress.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()


@transaction.atomic
def sweep(*, at: datetime) -> int:
    """Forget old sign-ins and attempts, and accounts that nobody ever finished; how many accounts.

    An account is unfinished when, a week after it was asked for, its e-mail was never confirmed
    and nobody has let the person into a community.
    """
    Device.objects.filter(ended_at=None, ends_by__lt=at).update(ended_at=at, session_key="")
    Device.objects.filter(ended_at__lt=at - KEPT_AFTER_END).delete()
    AccessAttempt.objects.filter(attempt_time__lt=at - KEPT_AFTER_END).delete()
    unfinished = Person.objects.filter(
        made_at__lt=at - UNFINISHED_FOR, last_login=None, erased_at=None, merged_into=None, memberships=None
    ).filter(Q(emailaddress__verified=False), ~Q(emailaddress__verified=True))
    swept = [*unfinished.distinct()]
    for person in swept:
        activity.log(did="people.unfinished_account_dropped", about_what=person, by_id=None, at=at)
        person.delete()
    return len(swept)
