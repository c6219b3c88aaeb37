"""A person's passkeys: made on a device, kept as public keys."""

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction

from alongside.kernel import activity
from alongside.kernel.text import clean_text
from alongside.people.models import Person


@transaction.atomic
def add(*, person: Person, name: str, credential: dict[str, Any], at: datetime) -> Authenticator:
    """Keep a passkey whose answer was found right."""
    passkey: Authenticator = WebAuthn.add(person, clean_text(name, max_length=60), credential).instance
    activity.log(did="people.passkey_added", about_what=person, by_id=person.pk, at=at)
    return passkey


@transaction.atomic
def remove(*, person: Person, passkey: Authenticator, at: datetime) -> None:
    """The passkey opens nothing any more."""
    passkey.delete()
    activity.log(did="people.passkey_removed", about_what=person, by_id=person.pk, at=at)
