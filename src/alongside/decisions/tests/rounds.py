"""Scenes of consent rounds: opened between two sides, with objections in every part of their lives."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from alongside.decisions import actions
from alongside.decisions.models import Decision, Draft, Objection, Version
from alongside.decisions.tests.voting import LATER, NOON, SIDES, TODAY, Scene, scene
from alongside.people.models import Membership

__all__ = ["LATER", "NOON", "scene"]


def round_of(place: Scene, *, at: datetime = NOON, **terms: Any) -> Decision:
    """A round of a scene; the first of each side facilitates."""
    given = {
        "sides": SIDES,
        "facilitators": {side: members[0] for side, members in place.sides.items()},
        "closes_at": LATER,
        "review_on": TODAY + timedelta(days=180),
        "by": place.sides["provides"][0].person,
        "key": uuid4(),
        **terms,
    }
    return actions.open_round(proposal=place.proposal, version=place.version, at=at, **given)


def stand(decision: Decision, *members: Membership, stance: str = "consent", at: datetime = NOON, **more: Any) -> None:
    """Each of them says where they stand."""
    for member in members:
        actions.give_stance(decision=decision, membership=member, stance=stance, by=member.person, at=at, **more)


def objected(decision: Decision, member: Membership, *, at: datetime = NOON, **more: Any) -> Objection:
    given = {"reason": "No bus runs on Sundays.", "harms": "Everybody can come.", **more}
    return actions.object_to(decision=decision, membership=member, by=member.person, at=at, **given)


def understood(decision: Decision, member: Membership, facilitator: Membership, *, at: datetime = NOON) -> Objection:
    """An objection, and what a facilitator understood of it."""
    objection = objected(decision, member, at=at)
    clarify(objection, facilitator, at=at)
    return fresh(objection)


def clarify(objection: Objection, facilitator: Membership, *, at: datetime = NOON) -> None:
    actions.clarify(
        objection=objection, membership=facilitator, text="The last bus is on Saturday.", by=facilitator.person, at=at
    )


def next_version(
    decision: Decision, author: Membership, *answers: Objection, text: str = "We open at ten, and fetch people.",
    at: datetime = NOON,
) -> Version:  # fmt: skip
    """Written by the author and put into the round, meant to take up `answers`."""
    draft = actions.begin_next(proposal=decision.proposal, by=author.person, at=at)
    actions.save_draft(proposal=decision.proposal, words={"text": text}, seen=draft.changed_at, by=author.person, at=at)
    seen = Draft.objects.get(proposal=decision.proposal).changed_at
    return actions.put_into_round(
        decision=decision, membership=author, seen=seen, answers=answers, by=author.person, at=at
    )


def find(objection: Objection, facilitator: Membership, reason: str = "Only a preference.") -> None:
    actions.find_not_qualified(
        objection=objection, membership=facilitator, reason=reason, by=facilitator.person, at=NOON
    )


def fresh(objection: Objection) -> Objection:
    """The row as it is now."""
    rows = Objection.objects.select_related("decision__community", "decision__proposal", "membership")
    found: Objection = rows.get(pk=objection.pk)
    return found
