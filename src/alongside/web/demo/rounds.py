"""Consent rounds of Millbrook: one in which an objection was taken up, and one that is open with an objection."""

from datetime import datetime, timedelta
from fractions import Fraction

from alongside.decisions import actions as decisions
from alongside.decisions.actions.rolls import rolls_for
from alongside.decisions.models import Decision, Draft, Objection, RollEntry
from alongside.people.models import Membership
from alongside.web.demo.history import Town
from alongside.web.demo.votes import PROVIDING, SIDES, _put_forward, _roles


def hold(town: Town, *, at: datetime) -> None:
    """The quiet hour was adopted in its second version; the round on a new kettle rota goes on for a week."""
    _adopted(town, at=at - timedelta(days=28))
    _going_on(town, at=at - timedelta(days=4))


def _adopted(town: Town, *, at: datetime) -> None:
    author = town.by_name["Walter Finch"]
    decision = _opened(
        town, author, "A quiet hour in the library",
        "On Wednesdays the library is quiet from two to four. Telephones stay in the pocket.",
        "Two quiet hours on Wednesdays.",
        at=at,
    )  # fmt: skip
    [facilitator, *rest] = _on(decision, "uses")
    objector = next(one for one in rest if one != author)
    objection = _object(
        decision, objector, "The chair exercises are at three, and people call out.", "Everybody can move"
    )
    _understood(objection, facilitator, "The exercises need a voice. From two to three would do.", at)
    early = [one for one in _everybody(decision) if one != objector][:4]
    _say(decision, early, at=at + timedelta(days=2))
    later = at + timedelta(days=4)
    draft = decisions.begin_next(proposal=decision.proposal, by=author.person, at=later)
    words = {"text": "On Wednesdays the library is quiet from two to three. Telephones stay in the pocket."}
    decisions.save_draft(proposal=decision.proposal, words=words, seen=draft.changed_at, by=author.person, at=later)
    decisions.put_into_round(
        decision=decision,
        membership=author,
        seen=Draft.objects.of(town.community).get(proposal=decision.proposal).changed_at,
        answers=[objection],
        by=author.person,
        at=later,
    )
    decisions.confirm_integrated(
        objection=objection, membership=objector, by=objector.person, at=later + timedelta(days=1)
    )
    uses = _on(decision, "uses")
    _say(decision, [*uses[:30], *_on(decision, "provides")], at=later + timedelta(days=2))
    decisions.end_round(decision=decision, by=None, at=decision.closes_at)


def _going_on(town: Town, *, at: datetime) -> None:
    decision = _opened(
        town, town.by_name["Amina Yusuf"], "Tea at the front desk, in turns",
        "Whoever comes first puts the kettle on. A list on the wall says who washes up.",
        "Everybody takes a turn with the tea.",
        at=at,
    )  # fmt: skip
    uses, provides = _on(decision, "uses"), _on(decision, "provides")
    _say(decision, [*uses[:10], *provides[:-1]], at=at + timedelta(days=1))
    objection = _object(
        decision, uses[-1], "The kettle is heavy, and the list says it is my turn.", "Nobody has to do what hurts"
    )
    _understood(objection, provides[0], "Washing up would be fine. Lifting is not.", at + timedelta(days=2))


def _opened(town: Town, author: Membership, title: str, text: str, summary: str, *, at: datetime) -> Decision:
    proposal, version = _put_forward(town, author, title, text, summary, at=at - timedelta(days=8))
    for one, sides in rolls_for(proposal, SIDES, on=town.community.day_of(at)).unsaid.items():
        side = "provides" if PROVIDING & set(_roles(town, one)) else sides[0]
        decisions.speak_for(proposal=proposal, membership=one, side=side, by=one.person, at=at)
    rolls = rolls_for(proposal, SIDES, on=town.community.day_of(at))
    return decisions.open_round(
        proposal=proposal,
        version=version,
        sides=SIDES,
        facilitators={side: members[0] for side, members in rolls.of.items()},
        closes_at=at + timedelta(days=11),
        review_on=(at + timedelta(days=190)).date(),
        by=town.by_name["Stella Marsh"].person,
        at=at,
        share=Fraction(1, 4),
        key=town.key("round", title),
    )


def _on(decision: Decision, side: str) -> list[Membership]:
    """The people of a side, those who facilitate first."""
    facilitator = decisions.facilitators_of(decision)[side]
    entries = RollEntry.objects.on(decision).filter(side=side).select_related("membership__person")
    members = [entry.membership for entry in entries.order_by("membership__number")]
    return sorted(members, key=lambda one: one != facilitator)


def _everybody(decision: Decision) -> list[Membership]:
    return [one for side in decision.sides for one in _on(decision, side)]


def _object(decision: Decision, member: Membership, reason: str, harms: str) -> Objection:
    at = decision.opens_at + timedelta(days=1)
    return decisions.object_to(
        decision=decision, membership=member, reason=reason, harms=harms, by=member.person, at=at
    )


def _understood(objection: Objection, facilitator: Membership, text: str, at: datetime) -> None:
    decisions.clarify(
        objection=objection, membership=facilitator, text=text, by=facilitator.person, at=at + timedelta(days=1)
    )


def _say(decision: Decision, members: list[Membership], *, at: datetime) -> None:
    """All consent; every fifth has a concern."""
    for place, member in enumerate(members):
        is_worried = place % 5 == 4
        decisions.give_stance(
            decision=decision,
            membership=member,
            stance="consent_with_concern" if is_worried else "consent",
            words="Let us see in half a year how it goes." if is_worried else "",
            by=member.person,
            at=at,
        )
