"""Conciliation: it begins with a split, people volunteer, the lot seats them, and they agree on words or stop."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from alongside.decisions.actions.casting import NotOnTheRoll
from alongside.decisions.actions.deeds import Deed
from alongside.decisions.actions.proposing import content_of, present_version, put_forward
from alongside.decisions.letters import conciliation as letters
from alongside.decisions.models import (
    Conciliation,
    ConciliationMessage,
    Conciliator,
    Decision,
    Draft,
    Proposal,
    RollEntry,
    Version,
)
from alongside.decisions.models.conciliation import fingerprint
from alongside.decisions.rules.lots import volunteers
from alongside.decisions.rules.sides import Outcome, conciliation_size
from alongside.decisions.rules.sides import conciliation as seats_by_lot
from alongside.kernel import activity
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people.models import Membership, Person

ROUNDS, DAYS, CALL_DAYS = 2, 14, 4


class CallIsOver(Refusal):
    """Seats are drawn already, or the conciliation is over: nobody volunteers now."""


class OneSideMissing(Refusal):
    """Nobody of a side has volunteered, so there is nobody to sit with; `side` is its name."""

    def __init__(self, *, side: str) -> None:
        super().__init__(side)
        self.side = side


class NotSeated(Refusal):
    """Only those who sit speak, write and agree, and only while they look for a new version."""


def begin_after(decision: Decision, *, at: datetime) -> Conciliation | None:
    """After a split vote of yes and no: begin the next round, or, after the last one, leave things as they are.

    In the closing's own transaction. None for every other outcome or kind of vote, and after the last round.
    """
    if decision.outcome != Outcome.SPLIT or decision.rule != "double-majority":
        return None
    community, proposal = decision.community, decision.proposal
    rounds = Conciliation.objects.of(community).filter(proposal=proposal).count()
    if rounds >= ROUNDS:
        _move(proposal, Proposal.State.DECIDED, at=at)
        letters.no_more_rounds(decision, at=at)
        return None
    day = community.day_of(at)
    begun: Conciliation = Conciliation.objects.create(
        community=community,
        decision=decision,
        proposal=proposal,
        round=rounds + 1,
        seats=conciliation_size(_rolls(decision)),
        opened_at=at,
        calls_until=day + timedelta(days=CALL_DAYS),
        ends_on=day + timedelta(days=DAYS),
    )
    _move(proposal, Proposal.State.SPLIT, at=at)
    letters.volunteers_wanted(begun, at=at)
    return begun


@transaction.atomic
def volunteer(
    *,
    conciliation: Conciliation,
    membership: Membership,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Conciliator:
    """Be willing to sit for the side on whose roll one stands. Twice is once. Raises NotOnTheRoll or CallIsOver."""
    stands = _held(conciliation)
    if not stands.takes_volunteers(stands.community.day_of(at)):
        raise CallIsOver
    entry = RollEntry.objects.on(stands.decision).filter(membership=membership).first()
    if entry is None:
        raise NotOnTheRoll
    deed = Deed(by, at, on_behalf_of, channel)
    willing: Conciliator
    willing, is_new = Conciliator.objects.get_or_create(
        community=stands.community,
        conciliation=stands,
        membership=membership,
        defaults={"side": entry.side, "at": at, **deed.keyed()},
    )
    if is_new:
        deed.log("decisions.volunteered", willing)
    return willing


@transaction.atomic
def step_back(
    *,
    conciliation: Conciliation,
    membership: Membership,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> None:
    """Be no volunteer any more, before the draw or after; the next of the side moves up into the seat.

    Whoever did not volunteer steps back from nothing. Raises NotSeated once the conciliation is over.
    """
    stands = _held(conciliation)
    if stands.state == Conciliation.State.OVER:
        raise NotSeated
    mine = Conciliator.objects.of_round(stands).filter(membership=membership).first()
    if mine is not None:
        vacate(mine, at=at)
        Deed(by, at, on_behalf_of, channel).log("decisions.stepped_back", stands)


def vacate(conciliator: Conciliator, *, at: datetime) -> None:
    """Take somebody out of a conciliation; into their seat moves the next of their side, and is told."""
    round_ = conciliator.conciliation
    if conciliator.is_seated:
        waiting = Conciliator.objects.of_round(round_).filter(side=conciliator.side, is_seated=False)
        follows = waiting.exclude(place=None).with_people().order_by("place").first()
        if follows is not None:
            follows.is_seated = True
            follows.save(update_fields=["is_seated"])
            letters.seated(round_, follows, at=at)
    conciliator.delete()


@transaction.atomic
def draw_seats(*, conciliation: Conciliation, by: Person | None, at: datetime) -> Conciliation:
    """Seat as many of each side as both can fill, by the lot whose seed was published before the vote.

    `by` None: the clock. Raises OneSideMissing, and SomeoneElseWasFaster when the seats are drawn already.
    """
    stands = _held(conciliation)
    if stands.state != Conciliation.State.CALLING:
        raise SomeoneElseWasFaster
    willing = {str(one.membership_id): one for one in Conciliator.objects.of_round(stands)}
    by_side = {side: [key for key, one in willing.items() if one.side == side] for side in stands.decision.sides}
    for side, people in by_side.items():
        if not people:
            raise OneSideMissing(side=side)
    seed = stands.decision.lot_seed
    drawn = seats_by_lot(_rolls(stands.decision), by_side, seed=seed)
    for side, people in by_side.items():
        order = volunteers(people, seats=len(people), seed=seed, side=side)
        for place, key in enumerate(order, start=1):
            willing[key].place, willing[key].is_seated = place, key in drawn.members[side]
    Conciliator.objects.bulk_update(willing.values(), ["place", "is_seated"])
    stands.state, stands.drawn_at = Conciliation.State.SITTING, at
    stands.seats = min(len(seated) for seated in drawn.members.values())
    stands.save(update_fields=["state", "drawn_at", "seats"])
    activity.log(did="decisions.seats_drawn", about_what=stands, by_id=by.pk if by else None, at=at)
    for seat in Conciliator.objects.of_round(stands).seated().with_people():
        letters.seated(stands, seat, at=at)
    return stands


@transaction.atomic
def say_among_them(
    *,
    conciliation: Conciliation,
    membership: Membership,
    text: str,
    by: Person,
    at: datetime,
    key: UUID,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> ConciliationMessage:
    """Write to the others who sit; everybody on the rolls may read it. The same `key` again returns the first."""
    stands = _held(conciliation)
    seat = _seat(stands, membership)
    deed = Deed(by, at, on_behalf_of, channel)
    said: ConciliationMessage
    said, is_new = ConciliationMessage.objects.get_or_create(
        community=stands.community,
        key=key,
        defaults={
            "conciliation": stands,
            "membership": membership,
            "side": seat.side,
            "text": text,
            "at": at,
            **deed.keyed(),
        },
    )
    if is_new:
        deed.log("decisions.said_in_conciliation", said)
        letters.message(said, speaker=deed.speaker, at=at)
    return said


@transaction.atomic
def begin_together(
    *,
    conciliation: Conciliation,
    membership: Membership,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Draft:
    """Take the words voted on into a draft that all who sit write; the draft that is there, if there is one."""
    stands = _held(conciliation)
    _seat(stands, membership)
    present = present_version(stands.proposal)
    made = {"changed_at": at, "based_on": present.number, **content_of(present)}
    draft: Draft
    draft, is_new = Draft.objects.get_or_create(community=stands.community, proposal=stands.proposal, defaults=made)
    if is_new:
        Deed(by, at, on_behalf_of, channel).log("decisions.next_version_begun", stands.proposal)
    return draft


@transaction.atomic
def agree_to_words(
    *,
    conciliation: Conciliation,
    membership: Membership,
    seen: datetime,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Version | None:
    """Agree to the draft as it was `seen`. Once somebody of each side has, it is put forward as the next version.

    Any later change of a word makes it another draft, to which nobody has agreed. Raises NotSeated, NothingProposed,
    NothingChanged, or SomeoneElseWasFaster when the draft is no longer the one that was seen.
    """
    stands = _held(conciliation)
    seat = _seat(stands, membership)
    draft = Draft.objects.of(stands.community).filter(proposal=stands.proposal, changed_at=seen).first()
    if draft is None:
        raise SomeoneElseWasFaster
    seat.agreed_to = fingerprint(draft)
    seat.save(update_fields=["agreed_to"])
    deed = Deed(by, at, on_behalf_of, channel)
    deed.log("decisions.agreed_to_words", seat)
    if not _sides(stands, agreed_to=seat.agreed_to):
        return None
    _end(stands, Conciliation.Ending.NEW_VERSION, at=at)
    _move(stands.proposal, Proposal.State.TALKED_OVER, at=at)
    version = put_forward(
        proposal=stands.proposal,
        membership=membership,
        seen=seen,
        by=by,
        at=at,
        on_behalf_of=on_behalf_of,
        channel=channel,
    )
    letters.found(stands, version, at=at)
    return version


@transaction.atomic
def would_stop(
    *,
    conciliation: Conciliation,
    membership: Membership,
    stop: bool,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Conciliation:
    """Say that one would end it without a new version, or no longer; it ends once somebody of each side would."""
    stands = _held(conciliation)
    seat = _seat(stands, membership)
    seat.would_stop_at = at if stop else None
    seat.save(update_fields=["would_stop_at"])
    Deed(by, at, on_behalf_of, channel).log("decisions.would_stop" if stop else "decisions.would_go_on", seat)
    if stop and _sides(stands, would_stop_at__isnull=False):
        _leave_as_it_is(stands, Conciliation.Ending.AGREED_TO_STOP, at=at)
    return stands


def go_on_by_the_clock(*, at: datetime) -> tuple[int, int]:
    """Draw the seats of every call that is over, and end what has run out of time. How many of each."""
    drawn = ended = 0
    for one in Conciliation.objects.running().with_words().order_by("ends_on"):
        day = one.community.day_of(at)
        try:
            if day > one.ends_on:
                _run_out(one, at=at)
                ended += 1
            elif one.state == Conciliation.State.CALLING and day > one.calls_until:
                draw_seats(conciliation=one, by=None, at=at)
                drawn += 1
        except (OneSideMissing, SomeoneElseWasFaster):
            continue
    return drawn, ended


@transaction.atomic
def _run_out(conciliation: Conciliation, *, at: datetime) -> None:
    stands = _held(conciliation)
    if stands.state == Conciliation.State.OVER:
        raise SomeoneElseWasFaster
    _leave_as_it_is(stands, Conciliation.Ending.OUT_OF_TIME, at=at)
    activity.log(did="decisions.conciliation_ran_out", about_what=stands, by_id=None, at=at)


def _held(conciliation: Conciliation) -> Conciliation:
    """The conciliation as it stands now, its proposal held until the transaction ends."""
    proposals = Proposal.objects.of(conciliation.community).select_for_update(no_key=True)
    proposal = proposals.get(pk=conciliation.proposal_id)
    stands: Conciliation = Conciliation.objects.of(conciliation.community).with_words().get(pk=conciliation.pk)
    proposal.community = stands.decision.community = stands.community
    stands.proposal = stands.decision.proposal = proposal
    return stands


def _seat(conciliation: Conciliation, membership: Membership) -> Conciliator:
    seats = Conciliator.objects.of_round(conciliation).seated().filter(membership=membership)
    seat: Conciliator | None = seats.first() if conciliation.state == Conciliation.State.SITTING else None
    if seat is None:
        raise NotSeated
    return seat


def _sides(conciliation: Conciliation, **said: object) -> bool:
    """Has somebody who sits for each side said so?"""
    found = Conciliator.objects.of_round(conciliation).seated().filter(**said).order_by().values_list("side", flat=True)
    return set(found) == set(conciliation.decision.sides)


def _leave_as_it_is(conciliation: Conciliation, ending: str, *, at: datetime) -> None:
    _end(conciliation, ending, at=at)
    _move(conciliation.proposal, Proposal.State.DECIDED, at=at)
    letters.nothing_found(conciliation, at=at)


def _end(conciliation: Conciliation, ending: str, *, at: datetime) -> None:
    conciliation.state, conciliation.ending, conciliation.ended_at = Conciliation.State.OVER, ending, at
    conciliation.save(update_fields=["state", "ending", "ended_at"])


def _move(proposal: Proposal, state: str, *, at: datetime) -> None:
    Proposal.objects.of(proposal.community).filter(pk=proposal.pk).update(state=state, changed_at=at)
    proposal.state, proposal.changed_at = state, at


def _rolls(decision: Decision) -> Mapping[str, int]:
    on_roll = dict.fromkeys(decision.sides, 0)
    for side in RollEntry.objects.on(decision).values_list("side", flat=True):
        on_roll[side] += 1
    return on_roll
