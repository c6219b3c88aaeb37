"""Scenes of voting: a community with two sides, a proposal, an open vote, and what everybody says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from alongside.decisions import actions
from alongside.decisions.models import Author, Decision, Proposal, Version
from alongside.people.models import Community, Membership, Role
from alongside.people.tests.factories import NOON, TODAY, community, person_in

__all__ = ["LATER", "NOON", "TODAY"]

LATER = NOON + timedelta(days=7)
SIDES = ("uses", "provides")


@dataclass(frozen=True)
class Scene:
    """A community whose people stand on one side each, and a proposal that is talked over."""

    town: Community
    sides: Mapping[str, Sequence[Membership]]
    proposal: Proposal
    version: Version

    @property
    def everybody(self) -> list[Membership]:
        return [member for members in self.sides.values() for member in members]


def scene(*, uses: int = 6, provides: int = 6, **about: Any) -> Scene:
    """`uses` participants and `provides` professionals; the first participant is the author."""
    town = community(**about)
    sides = {
        "uses": [person_in(town, f"Uma {n}") for n in range(uses)],
        "provides": [person_in(town, f"Pia {n}", roles=[Role.PROFESSIONAL]) for n in range(provides)],
    }
    return Scene(town, sides, *proposal_of(sides["uses"][0]))


def proposal_of(
    author: Membership, title: str = "Open on Sundays", text: str = "We open at ten."
) -> tuple[Proposal, Version]:
    made = {"made_by": author, "keyed_by": author.person, "made_at": NOON}
    proposal = Proposal.objects.create(
        community=author.community, title=title, state="talked_over", changed_at=NOON, key=uuid4(), **made
    )
    version = Version.objects.create(community=author.community, proposal=proposal, number=1, text=text, **made)
    Author.objects.create(community=author.community, proposal=proposal, membership=author, joined_at=NOON)
    return proposal, version


_ASKED = ("rule", "options", "seats", "budget", "unit")


def opened(place: Scene, *, at: datetime = NOON, **terms: Any) -> Decision:
    """The vote of a scene, opened by the first of those who provide; the first of each side is scrutineer.

    What the ballot asks is told as `Asked` takes it.
    """
    given = {
        "sides": SIDES,
        "scrutineers": {side: members[0] for side, members in place.sides.items()},
        "closes_at": LATER,
        "by": place.sides["provides"][0].person,
        "key": uuid4(),
        "asked": actions.Asked(**{name: terms.pop(name) for name in _ASKED if name in terms}),
        **terms,
    }
    return actions.open_vote(proposal=place.proposal, version=place.version, at=at, **given)


def say(decision: Decision, members: Sequence[Membership], words: str) -> list[str]:
    """Let each member vote in turn: "yyn-" is yes, yes, no, abstain. Their receipts."""
    meant = {"y": "yes", "n": "no", "-": "abstain"}
    return [
        actions.cast(decision=decision, membership=member, choice=meant[word], by=member.person, at=decision.opens_at)
        for member, word in zip(members, words, strict=False)
    ]


def voted(place: Scene, uses: str, provides: str, **terms: Any) -> Decision:
    """A vote opened, cast and closed."""
    decision = opened(place, **terms)
    say(decision, place.sides["uses"], uses)
    say(decision, place.sides["provides"], provides)
    return actions.close(decision=decision, by=None, at=LATER)
