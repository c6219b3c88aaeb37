"""Scenes of advice processes: begun by one who decides or two, with advice from both sides and a plan."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from alongside.decisions import actions
from alongside.decisions.models import Advice, AdvicePlan, Decision
from alongside.decisions.tests.voting import NOON, SIDES, Scene, scene
from alongside.people.models import Membership

__all__ = ["DAY", "NOON", "scene"]

DAY = timedelta(days=1)
# A week to object; four weeks in all.
LAST = NOON + 28 * DAY


def begun(place: Scene, *, deciders: list[Membership] | None = None, at: datetime = NOON, **terms: Any) -> Decision:
    """The author decides, or `deciders`; the last of each side facilitates."""
    given = {
        "sides": SIDES,
        "facilitators": {side: members[-1] for side, members in place.sides.items()},
        "wait_days": 7,
        "closes_at": at + 28 * DAY,
        "by": place.everybody[0].person,
        "key": uuid4(),
        **terms,
    }
    return actions.open_advice(
        proposal=place.proposal,
        version=place.version,
        deciders=[place.everybody[0]] if deciders is None else deciders,
        at=at,
        **given,
    )


def advised(decision: Decision, member: Membership, *, at: datetime = NOON, **more: Any) -> Advice:
    given = {"affected": True, "expert": False, "text": "Open later.", "key": uuid4(), "by": member.person, **more}
    return actions.advise(decision=decision, membership=member, at=at, **given)


def heard(decision: Decision, place: Scene, *, at: datetime = NOON) -> list[Advice]:
    """Enough advice: two of those who use it, one of whom it affects, and one who provides it and knows about it."""
    return [
        advised(decision, place.sides["uses"][1], at=at),
        advised(decision, place.sides["uses"][2], at=at, text="Fetch people."),
        advised(decision, place.sides["provides"][1], at=at, affected=False, expert=True, text="Ten is early."),
    ]


def used(
    advice: Advice, decider: Membership, *, how: str = "used", why: str = "It helps.", at: datetime = NOON
) -> None:
    actions.tell_use(advice=advice, membership=decider, used=how, why=why, by=decider.person, at=at)


def published(decision: Decision, decider: Membership, *, at: datetime = NOON, text: str = "At eleven.") -> AdvicePlan:
    return actions.publish_plan(decision=decision, membership=decider, text=text, by=decider.person, at=at)


def planned(place: Scene, *, at: datetime = NOON, **terms: Any) -> Decision:
    """Begun, advised, every piece of advice answered, and the plan published, all at one moment."""
    decision = begun(place, at=at, **terms)
    decider = decision.deciders.order_by("pk")[0].membership
    for one in heard(decision, place, at=at):
        used(one, decider, at=at)
    published(decision, decider, at=at)
    return decision


def say(decision: Decision, decider: Membership, says: str = "adopt", *, at: datetime, why: str = "") -> Decision:
    return actions.decide(decision=decision, membership=decider, says=says, why=why, by=decider.person, at=at)


def objected(decision: Decision, member: Membership, *, at: datetime, **more: Any) -> Any:
    given = {"reason": "No bus runs then.", "harms": "Everybody can come.", "by": member.person, **more}
    return actions.object_to_plan(decision=decision, membership=member, at=at, **given)
