"""One person of every kind, in two communities that know nothing of each other."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from alongside.kernel.clock import now
from alongside.people import actions as people
from alongside.people.models import Community, Membership, Role
from alongside.people.tests.factories import person_in

EVERYBODY = frozenset({"public", "signed in"})
ROLE_WORDS = {
    Role.PARTICIPANT: "participant",
    Role.PEER_LEADER: "peer leader",
    Role.PROFESSIONAL: "professional",
    Role.COORDINATOR: "coordinator",
    Role.STEWARD: "steward",
    Role.COMMISSIONER: "commissioner",
}


@dataclass(frozen=True)
class Actor:
    """Somebody who knocks: the words of the permission table that are true of them at home."""

    name: str
    words: frozenset[str]
    membership: Membership | None = None


@dataclass
class Town:
    """A community and the people in it by the word for what they do; `things`: objects for addresses."""

    community: Community
    members: dict[str, Membership]
    things: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Cast:
    home: Town
    away: Town
    actors: tuple[Actor, ...]


def gather(furnish: Callable[[Town], None]) -> Cast:
    """Make both towns and everybody in them. `furnish` puts the things of each room into a town."""
    home, away = town("Maple Street"), town("River Bend")
    furnish(home)
    furnish(away)
    return Cast(home, away, tuple(actors(home)))


def town(name: str) -> Town:
    """A community with one person for every role, one whom pages are about, a safeguarding lead
    (named in `safeguarding_samples`), and one who left."""
    place = people.create_community(name=name, by=None, at=now())
    members = {word: person_in(place, word.title(), roles=[role]) for role, word in ROLE_WORDS.items()}
    members["themself"] = person_in(place, "Thea", email=f"thea@{place.slug}.example", phone="0700 900 100")
    members["delegate"] = person_in(place, "Dana")
    members["lead"] = person_in(place, "Lea")
    members["former"] = person_in(place, "Fern")
    people.leave_community(membership=members["former"], by=members["former"].person, at=now())
    return Town(place, members)


def actors(home: Town) -> list[Actor]:
    """Everybody who knocks at every door, with what may be said of them."""
    members = home.members
    cast = [Actor("stranger", frozenset({"public", "stranger"}))]
    for word in ROLE_WORDS.values():
        cast.append(Actor(word, EVERYBODY | {"member", word}, members[word]))
    for word in ("themself", "delegate", "lead"):
        cast.append(Actor(word, EVERYBODY | {"member", "participant", word}, members[word]))
    cast.append(Actor("former", EVERYBODY, members["former"]))
    return cast
