"""Scenes of meetings: one that is called, people who were there, minutes that are written, hands that were counted."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from alongside.decisions import actions
from alongside.decisions.models import AgendaItem, Correction, HandVote, Meeting, Minutes, Passage
from alongside.decisions.rules.sides import Tally
from alongside.decisions.tests.voting import Scene, scene
from alongside.people.models import Membership
from alongside.people.tests.factories import NOON, coordinator_in

__all__ = ["NOON", "START", "Scene", "scene"]

# A week after it is called; then it goes on, and then it is over.
START = NOON + timedelta(days=7)
END = START + timedelta(hours=1)


def called(cora: Membership, *, at: datetime = NOON, starts_at: datetime = START, **terms: Any) -> Meeting:
    told = {"title": "Kitchen meeting", "minutes": 60, "place": "The hall", **terms.pop("told", {})}
    given = {"decides_by": actions.DecidesBy(least_each_side=1), "by": cora.person, "key": uuid4(), **terms}
    return actions.call_meeting(membership=cora, told=actions.MeetingTold(starts_at=starts_at, **told), at=at, **given)


def brought(
    meeting: Meeting, member: Membership, title: str = "More light", *, at: datetime = NOON, **terms: Any
) -> AgendaItem:
    told = actions.ItemTold(title, terms.pop("wanted", 20), **terms.pop("told", {}))
    given = {"by": member.person, "key": uuid4(), **terms}
    return actions.bring_item(meeting=meeting, membership=member, told=told, at=at, **given)


def seated(meeting: Meeting, place: Scene, *, uses: int = 2, provides: int = 2, at: datetime = START) -> Meeting:
    """The first of each side came."""
    came = {
        member: actions.Seat(side)
        for side, many in (("uses", uses), ("provides", provides))
        for member in place.sides[side][:many]
    }
    return actions.keep_attendance(meeting=meeting, came=came, by=meeting.made_by.person, at=at)


def wrote(item: AgendaItem, member: Membership, said: str = "It is dark.", *, number: int = 0, **terms: Any) -> Passage:
    given = {"agreed": "", "by": member.person, "at": END, **terms}
    return actions.write_passage(item=item, membership=member, said=said, number=number, **given)


def over(place: Scene, *, uses: int = 2, provides: int = 2) -> tuple[Meeting, AgendaItem, Membership]:
    """A meeting that is over, with one matter that was talked about and written down; and who called it."""
    cora = coordinator_in(place.town)
    meeting = called(cora)
    item = brought(meeting, place.sides["uses"][0])
    seated(meeting, place, uses=uses, provides=provides)
    actions.take_item(item=item, by=cora.person, at=START)
    meeting = actions.end_meeting(meeting=meeting, by=cora.person, at=END)
    wrote(item, place.sides["uses"][0])
    return meeting, item, cora


def put_forward(place: Scene, **there: int) -> tuple[Meeting, AgendaItem, Membership]:
    meeting, item, cora = over(place, **there)
    actions.put_minutes_forward(meeting=meeting, by=cora.person, at=END)
    return meeting, item, cora


def approve(meeting: Meeting, members: Sequence[Membership], *, revision: int = 1) -> None:
    for member in members:
        actions.approve_minutes(meeting=meeting, membership=member, revision=revision, by=member.person, at=END)


def corrected(meeting: Meeting, member: Membership, *, revision: int = 1, **terms: Any) -> Correction:
    given = {"words": "It was not dark.", "by": member.person, "at": END, "key": uuid4(), **terms}
    return actions.ask_correction(meeting=meeting, membership=member, revision=revision, **given)


def state_of(meeting: Meeting) -> str:
    return str(Minutes.objects.get(meeting=meeting).state)


def to_decide(place: Scene, *, at: datetime = NOON, uses: int = 3, provides: int = 2) -> tuple[AgendaItem, Membership]:
    """A meeting that goes on, at which the proposal of the scene is to be decided; and who called it."""
    cora = coordinator_in(place.town)
    meeting = called(cora)
    told = {"proposal": place.proposal, "decides": True}
    item = brought(meeting, place.sides["uses"][0], place.proposal.title, at=at, told=told)
    seated(meeting, place, uses=uses, provides=provides)
    return actions.take_item(item=item, by=cora.person, at=START), cora


def raised(item: AgendaItem, cora: Membership, uses: str = "3,0,0", provides: str = "2,0,0", **terms: Any) -> HandVote:
    """Hands that were counted: "yes,no,abstain" of each side."""
    counts = {}
    for side, told in (("uses", uses), ("provides", provides)):
        yes, no, abstain = map(int, told.split(","))
        counts[side] = Tally(yes + no + abstain, yes, no, abstain)
    given = {"counts": counts, "by": cora.person, "at": START, "key": uuid4(), **terms}
    return actions.enter_hands(item=item, membership=cora, **given)


def confirm(hands: HandVote, *members: Membership) -> HandVote:
    for member in members:
        hands = actions.confirm_hands(hands=hands, membership=member, by=member.person, at=START)
    return hands
