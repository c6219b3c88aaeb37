"""Everything a person can sign in with, gathered for one page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator

from alongside.people.models.person import Person
from alongside.people.models.signing_in import Device, SignInCard

RECENT_SIGN_INS = 10


@dataclass(frozen=True)
class Passkey:
    pk: int
    name: str
    made_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True)
class WaysIn:
    """`card`: the one that opens today; `recent`: the last sign-ins, newest first."""

    passkeys: Sequence[Passkey]
    card: SignInCard | None
    devices: Sequence[Device]
    recent: Sequence[Device]
    has_password: bool
    email: str

    @property
    def is_enough_without_password(self) -> bool:
        """Something else opens the account, so the password may go."""
        return bool(self.passkeys or self.card or self.email)


def ways_in_of(person: Person, at: datetime) -> WaysIn:
    """Gather what `person` can sign in with; three queries."""
    keys = Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).order_by("created_at")
    cards = SignInCard.objects.live(at).filter(membership__person=person).select_related("membership", "community")
    devices = list(Device.objects.of_person(person).order_by("-began_at")[: RECENT_SIGN_INS * 3])
    return WaysIn(
        passkeys=[
            Passkey(pk=key.pk, name=key.wrap().name, made_at=key.created_at, last_used_at=key.last_used_at)
            for key in keys
        ],
        card=cards.first(),
        devices=[device for device in devices if device.ended_at is None and device.ends_by > at],
        recent=devices[:RECENT_SIGN_INS],
        has_password=person.has_usable_password(),
        email=person.email or "",
    )
