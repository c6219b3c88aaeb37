"""Small casts for every room's tests: a community, people of known standing, their browsers."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from django.test import Client

from alongside.people import actions
from alongside.people.models import Community, Membership, Role
from alongside.people.permissions import Standing, standing_of

NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
TODAY = NOON.date()


def community(name: str = "Maple Street", **about: Any) -> Community:
    """A community with nobody in it; roles of its people begin on `NOON`'s day."""
    return actions.create_community(name=name, by=None, at=NOON, **about)


def person_in(town: Community, name: str, *, roles: Iterable[str] = (Role.PARTICIPANT,), **details: Any) -> Membership:
    """A new person who belongs to `town` with `roles`; reach them by `.person`."""
    return actions.add_person(community=town, name=name, roles=roles, by=None, at=NOON, **details)


def people_in(town: Community, *names: str) -> list[Membership]:
    """Participants, one for each name."""
    return [person_in(town, name) for name in names]


def child_in(town: Community, name: str, **details: Any) -> Membership:
    """Somebody who is ten years old on `NOON`'s day."""
    return person_in(town, name, born_on=date(2016, 3, 3), **details)


def coordinator_in(town: Community, name: str = "Cora") -> Membership:
    return person_in(town, name, roles=[Role.PARTICIPANT, Role.COORDINATOR])


def also_in(town: Community, membership: Membership, *, roles: Iterable[str] = (Role.PARTICIPANT,)) -> Membership:
    """The same person's membership of a second community."""
    return actions.begin_membership(community=town, person=membership.person, roles=roles, by=None, at=NOON)


def standing_for(membership: Membership, *, on: date = TODAY) -> Standing:
    """The standing that a request of this member would carry on a day."""
    standing = standing_of(membership.person, membership.community, on=on)
    assert standing is not None, f"{membership} does not belong"
    return standing


def browser_of(membership: Membership) -> Client:
    """A browser in which this member is signed in."""
    client = Client()
    client.force_login(membership.person, backend="django.contrib.auth.backends.ModelBackend")
    return client
