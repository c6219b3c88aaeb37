"""A meeting decides by show of hands. A facilitator enters the counts; somebody of each side who was there confirms.

No single person makes a decision so: it was announced on the agenda days before, it takes people of both sides there,
and two people of different sides who say that the hands were counted so.
"""

import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from alongside.decisions import subjects
from alongside.decisions.actions.closing import ReasonMissing, follow, write_down
from alongside.decisions.actions.following_up import check_seen_to
from alongside.decisions.actions.meetings import MeetingIsOver, MinutesStand, NotYetBegun, held, may_sit
from alongside.decisions.actions.minutes import NotThere
from alongside.decisions.actions.opening import NotReadyToVote
from alongside.decisions.actions.proposing import present_version
from alongside.decisions.actions.rolls import sides_of_members
from alongside.decisions.letters import hands as letters
from alongside.decisions.letters.follow_up import owner_named
from alongside.decisions.models import (
    AgendaItem,
    Attendance,
    Decision,
    HandConfirmation,
    HandVote,
    Meeting,
    Minutes,
    Proposal,
    RollEntry,
    Scrutineer,
    Version,
)
from alongside.decisions.permissions.meetings import was_there
from alongside.decisions.rules.exact import written
from alongside.decisions.rules.kinds import Cast
from alongside.decisions.rules.sides import HALF, QUARTER, QuorumKind, Tally
from alongside.kernel import activity
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people.models import Membership, Person

# Counted hands are entered so many days after the meeting at the latest: later nobody knows who was there.
ANNOUNCED_DAYS, ENTER_DAYS, CONFIRM_DAYS = 3, 3, 14
# How a room above names this way among those that may decide what is its own; the rule is the double majority.
BY_HANDS = "hands"
_CHANNELS = {
    Attendance.Way.ROOM: Channel.IN_PERSON,
    Attendance.Way.ONLINE: Channel.WEB,
    Attendance.Way.PHONE: Channel.PHONE,
}


class NotAnnounced(Refusal):
    """It did not stand on the agenda as to be decided, in these words, so many `days` before the meeting."""

    def __init__(self, *, days: int = ANNOUNCED_DAYS) -> None:
        super().__init__(f"{days} days")
        self.days = days


class TooFewThere(Refusal):
    """Of a side fewer are there than a decision takes; `side`, how many are `there`, and how many are `needed`."""

    def __init__(self, *, side: str, there: int, needed: int) -> None:
        super().__init__(f"{side}: {there} of {needed}")
        self.side, self.there, self.needed = side, there, needed


class EnteredItThemselves(Refusal):
    """Whoever writes a count down does not confirm it: two others, of different sides, look whether it was so."""


class CountsDoNotFit(Refusal):
    """Yes, no and abstentions of a side do not make the number of those who are `there`."""

    def __init__(self, *, side: str, there: int) -> None:
        super().__init__(f"{side}: {there}")
        self.side, self.there = side, there


def rolls_there(meeting: Meeting, proposal: Proposal, *, at: datetime) -> dict[str, list[Attendance]]:
    """For each side that decides those who are there and whom the proposal concerns: the roll of a show of hands."""
    concerned = sides_of_members(proposal, on=meeting.community.day_of(at))
    sides = {member.pk: of for member, of in concerned.items()}
    rows = Attendance.objects.of(meeting.community).filter(meeting=meeting).select_related("membership__person")
    found: dict[str, list[Attendance]] = {side: [] for side in meeting.sides}
    for one in rows.order_by("membership__person__search_name", "pk"):
        if one.side in found and one.side in sides.get(one.membership_id, ()):
            found[one.side].append(one)
    return found


def rolls_counted(hands: HandVote) -> dict[str, list[Attendance]]:
    """The roll of a count that waits: who was there when it was written down, whoever has left or come since."""
    community, meeting = hands.community, hands.meeting
    concerned = sides_of_members(hands.proposal, on=community.day_of(hands.at))
    sides = {member.pk: of for member, of in concerned.items()}
    rows = Attendance.objects.of(community).filter(meeting=meeting, at__lte=hands.at)
    found: dict[str, list[Attendance]] = {side: [] for side in meeting.sides}
    for one in rows.select_related("membership__person").order_by("membership__person__search_name", "pk"):
        left = one.membership.left_at
        if one.side in found and (one.side in sides.get(one.membership_id, ()) or (left and left > hands.at)):
            found[one.side].append(one)
    return found


def announced_at(item: AgendaItem, version: Version) -> datetime | None:
    """Since when people could read on the agenda that these words are to be decided; None: it is only talked about."""
    return max(item.announced_at, version.made_at) if item.announced_at else None


@transaction.atomic
def enter_hands(
    *,
    item: AgendaItem,
    membership: Membership,
    counts: Mapping[str, Tally],
    by: Person,
    at: datetime,
    key: UUID,
    owner: Membership | None = None,
    due_on: date | None = None,
    review_on: date | None = None,
) -> HandVote:
    """Write down how many of each side raised a hand, three days after the meeting at the latest.

    It waits to be confirmed; meanwhile the words stay as they are.

    The same `key` again returns the first. Raises NotYetBegun, MeetingIsOver, MinutesStand, NotAnnounced,
    NotReadyToVote, TooFewThere, CountsDoNotFit, NotOnTheRoll, DaysDoNotFit, and what `subjects.check_opening` raises.
    """
    meeting = held(item.meeting)
    if made := HandVote.objects.of(meeting.community).filter(key=key).first():
        return made  # type: ignore[no-any-return]
    _refuse_unless_going_on(meeting, at=at)
    matter = AgendaItem.objects.on(meeting).to_deal_with().filter(pk=item.pk, kind=AgendaItem.Kind.DECIDE).first()
    if matter is None:
        raise NotAnnounced
    proposal = _held_proposal(matter)
    version = present_version(proposal)
    since = announced_at(matter, version)
    if since is None or since > meeting.starts_at - timedelta(days=ANNOUNCED_DAYS):
        raise NotAnnounced
    subjects.check_opening(proposal, version, rule=BY_HANDS, sides=meeting.sides)
    rolls = rolls_there(meeting, proposal, at=at)
    _check_counts(meeting, rolls, counts)
    seated = {side: [one.membership for one in people] for side, people in rolls.items()}
    check_seen_to(owner, seated, due_on=due_on, review_on=review_on, today=meeting.community.day_of(at))
    hands: HandVote = HandVote.objects.create(
        community=meeting.community,
        meeting=meeting,
        item=matter,
        proposal=proposal,
        version=version,
        counts={side: {"yes": one.yes, "no": one.no, "abstain": one.abstain} for side, one in counts.items()},
        owner=owner,
        due_on=due_on,
        review_on=review_on,
        entered_by=membership,
        keyed_by=by,
        at=at,
        key=key,
    )
    _move(proposal, Proposal.State.VOTING, at=at)
    activity.log(did="decisions.hands_entered", about_what=hands, by_id=by.pk, at=at)
    letters.entered(hands, at=at, by=by)
    return hands


@transaction.atomic
def confirm_hands(*, hands: HandVote, membership: Membership, by: Person, at: datetime) -> HandVote:
    """Say for one's side that the hands were counted so; with the second side it is a decision, and stands.

    A side that has confirmed is not asked again. Nobody confirms for another: `by` is the member; nor what they have
    written down themselves. Raises NotThere, EnteredItThemselves, CountsDoNotFit when the list of who was there was
    put right since, SomeoneElseWasFaster when it is settled.
    """
    stands = _held_waiting(hands)
    place = was_there(stands.meeting, membership)
    if place is None or place.side not in stands.counts or membership.person_id != by.pk:
        raise NotThere
    if by.pk == stands.keyed_by_id or membership.pk == stands.entered_by_id:
        raise EnteredItThemselves
    told = {side: Tally(sum(said.values()), **said) for side, said in stands.counts.items()}
    rolls = rolls_counted(stands)
    if membership.pk not in {one.membership_id for one in rolls[place.side]}:
        raise NotThere
    _check_counts(stands.meeting, rolls, told)
    given = HandConfirmation.objects.of(stands.community).filter(hands=stands)
    if not given.filter(side=place.side).exists():
        given.create(community=stands.community, hands=stands, side=place.side, membership=membership, at=at)
        activity.log(did="decisions.hands_confirmed", about_what=stands, by_id=by.pk, at=at)
    if set(given.values_list("side", flat=True)) == set(stands.counts):
        _decide(stands, rolls, by=by, at=at)
    return stands


@transaction.atomic
def refuse_hands(*, hands: HandVote, membership: Membership, why: str, by: Person, at: datetime) -> HandVote:
    """Say that the hands were not counted so, and why; the proposal is talked over again, and may be counted anew.

    Raises ReasonMissing, NotThere, SomeoneElseWasFaster.
    """
    if not why.strip():
        raise ReasonMissing
    stands = _held_waiting(hands)
    place = was_there(stands.meeting, membership)
    if place is None or place.side not in stands.counts or membership.person_id != by.pk:
        raise NotThere
    stands.refused_by, stands.refused_why = membership, why.strip()
    _settle(stands, HandVote.State.REFUSED, at=at)
    _move(stands.proposal, Proposal.State.TALKED_OVER, at=at)
    activity.log(did="decisions.hands_refused", about_what=stands, by_id=by.pk, at=at)
    letters.refused(stands, at=at, by=by)
    return stands


def lapse_hands(*, at: datetime) -> int:
    """What nobody confirmed in time does not stand, and the proposal is talked over again. How many."""
    old = HandVote.objects.waiting().filter(at__lte=at - timedelta(days=CONFIRM_DAYS)).with_words()
    return sum(_lapse(one, at=at) for one in old.order_by("at", "id"))


@transaction.atomic
def _lapse(hands: HandVote, *, at: datetime) -> bool:
    try:
        stands = _held_waiting(hands)
    except SomeoneElseWasFaster:
        return False
    _settle(stands, HandVote.State.LAPSED, at=at)
    _move(stands.proposal, Proposal.State.TALKED_OVER, at=at)
    activity.log(did="decisions.hands_lapsed", about_what=stands, by_id=None, at=at)
    letters.lapsed(stands, at=at)
    return True


def _decide(hands: HandVote, rolls: Mapping[str, list[Attendance]], *, by: Person, at: datetime) -> None:
    """Make the decision: its roll is who was there, its count the hands, its scrutineers those who confirmed."""
    decision = Decision.objects.create(
        community=hands.community,
        proposal=hands.proposal,
        version=hands.version,
        settings={
            "quorum": {"kind": str(QuorumKind.APPROVAL), "share": str(written(QUARTER))},
            "threshold": str(written(HALF)),
        },
        is_secret=False,
        sides=list(hands.meeting.sides),
        opens_at=hands.at,
        closes_at=max(at, hands.at + timedelta(seconds=1)),
        lot_seed=secrets.token_hex(16),
        owner=hands.owner,
        due_on=hands.due_on,
        review_on=hands.review_on,
        made_by=hands.keyed_by,
        key=hands.key,
    )
    _write_rolls(decision, hands, rolls)
    cast: list[Cast] = [
        (side, word) for side, said in hands.counts.items() for word, many in said.items() for _one in range(many)
    ]
    write_down(decision, cast, at=at, absent=_absent(hands, rolls, at=at))
    hands.decision = decision
    _settle(hands, HandVote.State.STANDS, at=at)
    letters.stands(hands, at=at, by=by)
    owner_named(decision, at=at, by=by)
    follow(decision, at=at)


def _write_rolls(decision: Decision, hands: HandVote, rolls: Mapping[str, list[Attendance]]) -> None:
    community = decision.community
    RollEntry.objects.bulk_create(
        RollEntry(
            community=community,
            decision=decision,
            membership=one.membership,
            side=side,
            took_part=True,
            channel=_CHANNELS[Attendance.Way(one.way)],
        )
        for side, people in rolls.items()
        for one in people
    )
    given = HandConfirmation.objects.of(community).filter(hands=hands)
    Scrutineer.objects.bulk_create(
        Scrutineer(community=community, decision=decision, side=one.side, membership_id=one.membership_id)
        for one in given
    )


def _absent(hands: HandVote, rolls: Mapping[str, list[Attendance]], *, at: datetime) -> list[Membership]:
    """Who was invited and could have decided, and was not there."""
    there = {one.membership_id for people in rolls.values() for one in people}
    invited = {member.pk for member in may_sit(hands.meeting, at)}
    concerned = sides_of_members(hands.proposal, on=hands.community.day_of(at))
    return [
        member
        for member, sides in concerned.items()
        if member.pk in invited - there and set(sides) & set(hands.meeting.sides)
    ]


def _check_counts(meeting: Meeting, rolls: Mapping[str, list[Attendance]], counts: Mapping[str, Tally]) -> None:
    """Raises TooFewThere or CountsDoNotFit."""
    for side, people in rolls.items():
        if len(people) < meeting.least_each_side:
            raise TooFewThere(side=side, there=len(people), needed=meeting.least_each_side)
    for side, people in rolls.items():
        if side not in counts or counts[side].voted != len(people):
            raise CountsDoNotFit(side=side, there=len(people))
    if set(counts) != set(rolls):
        raise CountsDoNotFit(side=next(iter(rolls)), there=len(next(iter(rolls.values()))))


def _refuse_unless_going_on(meeting: Meeting, *, at: datetime) -> None:
    over_for_long = meeting.ended_at is not None and at > meeting.ended_at + timedelta(days=ENTER_DAYS)
    if meeting.is_called_off or over_for_long:
        raise MeetingIsOver
    if meeting.begun_at is None:
        raise NotYetBegun(starts_at=meeting.starts_at)
    if Minutes.objects.of(meeting.community).filter(meeting=meeting, state=Minutes.State.APPROVED).exists():
        raise MinutesStand


def _held_proposal(item: AgendaItem) -> Proposal:
    rows = Proposal.objects.of(item.community).select_for_update(no_key=True)
    proposal: Proposal = rows.get(pk=item.proposal_id)
    proposal.community = item.community
    if proposal.state != Proposal.State.TALKED_OVER:
        raise NotReadyToVote
    return proposal


def _held_waiting(hands: HandVote) -> HandVote:
    """The count, its meeting and its proposal held; only one that waits."""
    meeting = held(hands.meeting)
    Proposal.objects.of(meeting.community).select_for_update(no_key=True).get(pk=hands.proposal_id)
    stands: HandVote | None = HandVote.objects.of(meeting.community).waiting().with_words().filter(pk=hands.pk).first()
    if stands is None:
        raise SomeoneElseWasFaster
    stands.meeting, stands.proposal.community = meeting, meeting.community
    return stands


def _settle(hands: HandVote, state: str, *, at: datetime) -> None:
    hands.state, hands.settled_at = state, at
    hands.save(update_fields=["state", "settled_at", "decision", "refused_by", "refused_why"])


def _move(proposal: Proposal, state: str, *, at: datetime) -> None:
    Proposal.objects.of(proposal.community).filter(pk=proposal.pk).update(state=state, changed_at=at)
    proposal.state, proposal.changed_at = state, at
