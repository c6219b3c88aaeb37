"""Signed words in a link by which the reader of an e-mail stops such e-mails without signing in."""

from dataclasses import dataclass
from uuid import UUID

from django.core import signing

from alongside.people.models import Community, Person

_SALT = "alongside.notices.stop"


@dataclass(frozen=True)
class StopRequest:
    community_id: UUID
    person_id: UUID
    kind: str


def stop_token(person: Person, community: Community, kind: str) -> str:
    """A token that never runs out: old e-mails can be answered with STOP too."""
    return signing.dumps([community.pk.hex, person.pk.hex, kind], salt=_SALT)


def read_stop_token(token: str) -> StopRequest:
    """What the token asks for; raises signing.BadSignature when we did not write it."""
    community, person, kind = signing.loads(token, salt=_SALT)
    return StopRequest(community_id=UUID(community), person_id=UUID(person), kind=kind)
