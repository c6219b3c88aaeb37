"""People come into a community, and their details change."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Q

from alongside.kernel import activity
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal
from alongside.kernel.text import clean_text
from alongside.people.models import Community, Membership, Person, Role, RoleHeld


class NameMissing(Refusal):
    """A person needs a name of at least one visible character."""


class AlreadyBelongs(Refusal):
    """The person belongs to the community already; `membership` is theirs."""

    def __init__(self, *, membership: Membership) -> None:
        super().__init__(str(membership.pk))
        self.membership = membership


class EmailKnownHere(Refusal):
    """Someone of this very community has this e-mail address; `membership` is theirs."""

    def __init__(self, *, membership: Membership) -> None:
        super().__init__(str(membership.pk))
        self.membership = membership


class NumberTaken(Refusal):
    """Another member has this member number."""

    def __init__(self, *, number: int) -> None:
        super().__init__(str(number))
        self.number = number


@transaction.atomic
def add_person(
    *,
    community: Community,
    name: str,
    by: Person | None,
    at: datetime,
    email: str | None = None,
    area: str = "",
    joined_on: date | None = None,
    number: int | None = None,
    roles: Iterable[str] = (Role.PARTICIPANT,),
    channel: Channel = Channel.WEB,
    **details: Any,
) -> Membership:
    """Add a new person to the community; a name is enough.

    `details`: further fields of Person (phone, born_on, address, gender, language …).
    An e-mail address in use by someone of another community is kept as one to write to, and
    nothing tells the caller so. Raises NameMissing, EmailKnownHere or NumberTaken.
    """
    if not clean_text(name, max_length=120):
        raise NameMissing
    details.setdefault("language", community.language)
    person = Person.objects.create_person(name=name, **place_email(email, community=community), **details)
    membership = begin_membership(
        community=community,
        person=person,
        roles=roles,
        by=by,
        at=at,
        area=clean_text(area, max_length=80),
        joined_on=joined_on,
        number=number,
    )
    activity.log(did="people.added", about_what=membership, by_id=by.pk if by else None, at=at, channel=channel)
    return membership


def place_email(email: str | None, *, community: Community, owner: Person | None = None) -> dict[str, Any]:
    """The fields of Person that hold `email`: confirmed-able when free, else only to write to.

    Someone of another community may have the address; that must not show here. The owner of
    the address finds the record after signing in and says whether it is theirs.
    Raises EmailKnownHere when somebody else of this community has it.
    """
    email = Person.objects.normalize_email(email)
    if not email:
        return {"email": None, "unproved_email": ""}
    others = Person.objects.exclude(pk=owner.pk) if owner else Person.objects.all()
    # Both kinds of address are refused alike, or a second try would tell which of them the first became.
    same = others.filter(Q(email__iexact=email) | Q(unproved_email__iexact=email))
    here = Membership.objects.of(community).current().filter(person__in=same).first()
    if here is not None:
        raise EmailKnownHere(membership=here)
    if others.filter(email__iexact=email).exists():
        return {"email": None, "unproved_email": email}
    return {"email": email, "unproved_email": ""}


def begin_membership(
    *,
    community: Community,
    person: Person,
    roles: Iterable[str],
    by: Person | None,
    at: datetime,
    area: str = "",
    joined_on: date | None = None,
    number: int | None = None,
) -> Membership:
    """Let a person belong, or belong again, with roles that begin the day they join.

    A part of other actions: call it inside their transaction; it leaves no activity entry.
    Raises AlreadyBelongs or NumberTaken.
    """
    # One at a time, so that two people never get the same number.
    Community.objects.select_for_update(no_key=True).get(pk=community.pk)
    membership = Membership.objects.of(community).filter(person=person).first()
    if membership is not None and membership.left_at is None:
        raise AlreadyBelongs(membership=membership)
    if membership is None:
        membership = Membership(community=community, person=person, number=_free_number(community, number))
    membership.left_at, membership.added_by, membership.area = None, by, area
    membership.joined_on = joined_on or community.day_of(at)
    membership.save()
    RoleHeld.objects.bulk_create(
        RoleHeld(community=community, membership=membership, role=role, starts_on=membership.joined_on, given_by=by)
        for role in dict.fromkeys(roles)
    )
    return membership


def _free_number(community: Community, wanted: int | None) -> int:
    numbers = Membership.objects.of(community)
    if wanted is not None:
        if numbers.filter(number=wanted).exists():
            raise NumberTaken(number=wanted)
        return wanted
    highest: int | None = numbers.aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1
