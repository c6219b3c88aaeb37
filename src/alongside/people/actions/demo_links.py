"""Links that sign one in as somebody of a made-up community, without any proof.

They work on a laptop only: never in production, never from another machine, never for real people.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db.models import Count
from django.http import HttpRequest

from alongside.kernel.clock import today
from alongside.kernel.errors import Refusal
from alongside.people.models import Community, Membership, Person, Role, RoleHeld

SALT = "people.demo_entry"
LASTS = timedelta(hours=12)
_LOOPBACK = {"127.0.0.1", "::1", "::ffff:127.0.0.1"}
_LOCAL_NAMES = {"localhost", "127.0.0.1", "[::1]"}
_SIGNS_OF_A_PROXY = ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "Via")


class NoDemoHere(Refusal):
    """This is no place for such links: production, or no made-up community."""


@dataclass(frozen=True)
class DemoLink:
    community: Community
    role: Role
    person: Person
    token: str


def links() -> list[DemoLink]:
    """One link a role and made-up community, for somebody with as few other roles as can be.

    Raises NoDemoHere in production or without a made-up community.
    """
    if settings.PRODUCTION:
        raise NoDemoHere
    found = [link for community in Community.objects.filter(is_demo=True) for link in _links_of(community)]
    if not found:
        raise NoDemoHere
    return found


def _links_of(community: Community) -> Iterator[DemoLink]:
    taken: set[UUID] = set()
    for role in Role:
        held = (
            RoleHeld.objects.of(community)
            .on(today())
            .filter(role=role, group=None, membership__in=Membership.objects.of(community).current())
            .select_related("membership__person")
            .annotate(hats=Count("membership__roles"))
            .order_by("hats", "starts_on", "membership__number")
        )
        people = [holding.membership.person for holding in held]
        person = next((person for person in people if person.pk not in taken), None)
        if person is not None:
            taken.add(person.pk)
            token = signing.dumps(str(person.pk), salt=SALT)
            yield DemoLink(community=community, role=role, person=person, token=token)


def person_behind(token: str, *, request: HttpRequest) -> Person | None:
    """Whom the link signs in; None when it is forged or old, or this is no place for it."""
    if settings.PRODUCTION or not comes_from_this_machine(request):
        return None
    try:
        person_id = signing.loads(token, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return None
    person = Person.objects.filter(pk=person_id, erased_at=None, merged_into=None).first()
    return person if person and is_made_up(person) else None


def is_made_up(person: Person) -> bool:
    """True when the person belongs to made-up communities and to no real one."""
    kinds = set(Membership.objects.current().filter(person=person).values_list("community__is_demo", flat=True))
    return kinds == {True}


def comes_from_this_machine(request: HttpRequest) -> bool:
    """True for a browser on the very machine, with nothing in between that passes requests on."""
    if any(header in request.headers for header in _SIGNS_OF_A_PROXY):
        return False
    name = request.get_host().rsplit(":", 1)[0] if not request.get_host().endswith("]") else request.get_host()
    return request.META.get("REMOTE_ADDR") in _LOOPBACK and name in _LOCAL_NAMES
