"""Scenes of the rules: a community with a time bank and two sides, a proposal about values, and its vote."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.urls import reverse

from alongside.charter import actions
from alongside.charter.in_force import values_in_force
from alongside.charter.rules.values import Values, difference
from alongside.decisions import actions as decisions
from alongside.decisions.models import Decision, Draft, Proposal, Version
from alongside.decisions.tests.voting import LATER, NOON, Scene, opened, say
from alongside.people.models import Community, Membership, Role
from alongside.people.tests.factories import community, person_in
from alongside.timebank import actions as timebank

__all__ = ["LATER", "NOON"]


def town_with_rules(**about: Any) -> Community:
    """A community with nobody in it, a time bank, and the first version of its rules."""
    town = community(**about)
    timebank.open_time_bank(community=town, by=None, at=NOON)
    actions.begin(community=town, by=None, at=NOON)
    return town


def everybody_in(town: Community, *, each: int = 6) -> dict[str, list[Membership]]:
    """As many who use it as who provide it."""
    return {
        "uses": [person_in(town, f"Uma {n}") for n in range(each)],
        "provides": [person_in(town, f"Pia {n}", roles=[Role.PROFESSIONAL]) for n in range(each)],
    }


def changed(town: Community, **values: Any) -> dict[str, Any]:
    """The change from what holds to `values`."""
    return difference(values_in_force(town), {**values_in_force(town), **values})


def proposed(author: Membership, change: dict[str, Any], title: str = "More room to receive") -> Proposal:
    """A draft that would set values."""
    return actions.propose(
        membership=author, title=title, change=change, words={"text": "Fifteen hours."}, by=author.person, at=NOON,
        key=uuid4(),
    )  # fmt: skip


def put_forward(proposal: Proposal, author: Membership, at: datetime = NOON) -> Version:
    draft = Draft.objects.get(proposal=proposal)
    return decisions.put_forward(proposal=proposal, membership=author, seen=draft.changed_at, by=author.person, at=at)


def scene_about(change: Callable[[Community], dict[str, Any]] | None = None, **values: Any) -> Scene:
    """A community of two sides, and a proposal of its first participant that would set `values`."""
    town = town_with_rules()
    sides = everybody_in(town)
    author = sides["uses"][0]
    proposal = proposed(author, change(town) if change else changed(town, **values))
    version = put_forward(proposal, author)
    proposal.refresh_from_db()
    proposal.community = town
    return Scene(town, sides, proposal, version)


def decided(
    place: Scene, uses: str = "yyyyyy", provides: str = "yyyyyy", *, at: datetime = NOON, **terms: Any
) -> Decision:
    """The vote on it, closed a week after it was opened. What came of it waits for the room to act."""
    decision = opened(place, at=at, closes_at=at + timedelta(days=7), **terms)
    say(decision, place.sides["uses"], uses)
    say(decision, place.sides["provides"], provides)
    return decisions.close(decision=decision, by=None, at=at + timedelta(days=7))


def in_force(town: Community) -> Values:
    return values_in_force(town)


def url(name: str, town: Community, *args: object) -> str:
    """An address of this room in a community."""
    return reverse(f"charter:{name}", args=[town.slug, *args])
