"""A vote closes and is counted, once; or it is called off and no ballot is kept."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from secrets import SystemRandom
from uuid import UUID

from django.db import transaction

from alongside.decisions import signals
from alongside.decisions.actions.casting import secret_of, voter_key
from alongside.decisions.actions.conciliating import begin_after
from alongside.decisions.letters import votes as letters
from alongside.decisions.models import (
    Amendment,
    Author,
    Ballot,
    BallotSecret,
    Contribution,
    Decision,
    OpenBallot,
    PaperKeying,
    Proposal,
    Receipt,
    RollEntry,
    RoundSeen,
    Say,
)
from alongside.decisions.rules.kinds import Cast, counted
from alongside.decisions.rules.publishing import published
from alongside.decisions.rules.sides import Outcome
from alongside.decisions.terms import rolls_of, terms_of
from alongside.kernel import activity
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people.models import Membership, Person


class TooEarlyToClose(Refusal):
    """Before its time a vote closes only when everybody on the rolls has voted."""


class ReasonMissing(Refusal):
    """A vote is called off for a reason, which everybody reads."""


# Who closes what is no count of ballots, by rule; `consenting` puts itself in here.
CLOSES: dict[str, Callable[..., Decision]] = {}
# What becomes of the proposal: talked over again, or done with. After a split, conciliation moves it on.
_GOES_ON = {Outcome.SPLIT, Outcome.NOT_QUORATE}


@transaction.atomic
def close(*, decision: Decision, by: Person | None, at: datetime) -> Decision:
    """Count and close, once however many try; ballots lose their voters in the same moment.

    `by` None: the clock. Raises SomeoneElseWasFaster when it is closed already, and TooEarlyToClose before
    `closes_at` while somebody on a roll has not voted.
    """
    stands = held(decision)
    rolls = RollEntry.objects.on(stands)
    if at < stands.closes_at and rolls.filter(took_part=False).exists():
        raise TooEarlyToClose
    # In an order that tells nothing of when people voted.
    cast = sorted(OpenBallot.objects.on(stands).values_list("side", "choice"))
    _untie(stands)
    write_down(stands, cast, at=at)
    activity.log(did="decisions.vote_closed", about_what=stands, by_id=by.pk if by else None, at=at)
    letters.result(stands, at=at, by=by)
    follow(stands, at=at)
    return stands


def close_due(*, at: datetime) -> int:
    """Close every vote whose time has come; return how many this call closed."""
    closed = 0
    for decision in Decision.objects.due(at).select_related("community").order_by("closes_at"):
        try:
            CLOSES.get(decision.rule, close)(decision=decision, by=None, at=at)
            closed += 1
        except SomeoneElseWasFaster:
            continue
    return closed


@transaction.atomic
def call_off(*, decision: Decision, why: str, by: Person, at: datetime) -> Decision:
    """End a vote without a result; no ballot is kept, and the proposal is talked over again.

    Raises ReasonMissing, and SomeoneElseWasFaster when it is closed already.
    """
    if not why.strip():
        raise ReasonMissing
    stands = held(decision)
    forget_ties(stands)
    ended = {"state": Decision.State.CALLED_OFF, "closed_at": at, "called_off_why": why.strip()}
    end(stands, ended)
    move_proposal(stands, Proposal.State.TALKED_OVER, at=at)
    activity.log(did="decisions.vote_called_off", about_what=stands, by_id=by.pk, at=at)
    letters.called_off(stands, at=at, by=by)
    return stands


@transaction.atomic
def open_seal(*, decision: Decision, by: Person, at: datetime) -> None:
    """Write down that a scrutineer fetches the ballots of the sides that are sealed."""
    activity.log(did="decisions.seal_opened", about_what=decision, by_id=by.pk, at=at)


def held(decision: Decision) -> Decision:
    """The decision, held until the transaction ends; only one that is open."""
    rows = Decision.objects.of(decision.community).select_related("proposal", "version", "community")
    stands: Decision = rows.select_for_update(no_key=True, of=("self",)).get(pk=decision.pk)
    if not stands.is_open:
        raise SomeoneElseWasFaster
    return stands


def _untie(decision: Decision) -> None:
    """Keep ballots and receipts, each in an order of its own by chance, and destroy what tied them to voters."""
    chance, opened = SystemRandom(), list(OpenBallot.objects.on(decision))
    named = {} if decision.is_secret else _voters(decision)
    chance.shuffle(opened)
    ballots = [
        Ballot(
            community=decision.community,
            decision=decision,
            side=one.side,
            choice=one.choice,
            membership_id=named.get(one.voter_key),
        )
        for one in opened
    ]
    chance.shuffle(opened)
    receipts = [Receipt(community=decision.community, decision=decision, code=one.receipt) for one in opened]
    Ballot.objects.bulk_create(ballots)
    Receipt.objects.bulk_create(receipts)
    forget_ties(decision)


def _voters(decision: Decision) -> dict[str, UUID]:
    secret = secret_of(decision)
    members = RollEntry.objects.on(decision).values_list("membership_id", flat=True)
    return {voter_key(secret, member): member for member in members}


def forget_ties(decision: Decision) -> None:
    """Destroy what could tie ballots to voters."""
    for model in (OpenBallot, PaperKeying, BallotSecret):
        model.objects.on(decision).delete()


def write_down(decision: Decision, cast: Sequence[Cast], *, at: datetime, absent: Collection[Membership] = ()) -> None:
    """Count what was cast by the terms of an open decision, close it with that, and keep who had how much say.

    `absent`: who was invited too, and is on no roll.
    """
    found = counted(terms_of(decision), rolls_of(decision), cast)
    result = published(terms_of(decision), found, rolls_of(decision), cast, is_secret=decision.is_secret)
    ended = {"state": Decision.State.CLOSED, "closed_at": at, "outcome": str(found.outcome), "result": result}
    end(decision, ended)
    goes_on = found.outcome in _GOES_ON
    move_proposal(decision, Proposal.State.TALKED_OVER if goes_on else Proposal.State.DECIDED, at=at)
    write_say(decision, adopted=found.outcome is Outcome.PASSED, at=at, absent=absent)


def follow(decision: Decision, *, at: datetime) -> None:
    """What follows a count: conciliation after a split, and rooms above are told once it is kept."""
    begin_after(decision, at=at)
    transaction.on_commit(lambda: signals.outcome.send_robust(Decision, decision=decision))


def end(decision: Decision, ended: dict[str, object]) -> None:
    """Write down how an open decision ended, once. Raises SomeoneElseWasFaster."""
    if not Decision.objects.of(decision.community).open().filter(pk=decision.pk).update(**ended):
        raise SomeoneElseWasFaster
    for name, value in ended.items():
        setattr(decision, name, value)


def move_proposal(decision: Decision, state: str, *, at: datetime) -> None:
    """What becomes of the proposal that was voted on."""
    voting = Proposal.objects.of(decision.community).filter(pk=decision.proposal_id, state=Proposal.State.VOTING)
    voting.update(state=state, changed_at=at)


def write_say(decision: Decision, *, adopted: bool, at: datetime, absent: Collection[Membership] = ()) -> None:
    """Keep for everybody on the rolls, and for who was invited and absent, how much say they have had."""
    community, about = decision.community, {"proposal": decision.proposal_id}
    authors = set(Author.objects.of(community).filter(**about).values_list("membership_id", flat=True))
    spoke = set(Contribution.objects.of(community).filter(**about).values_list("membership_id", flat=True))
    spoke |= set(RoundSeen.objects.on(decision).values_list("membership_id", flat=True))
    amended = Amendment.objects.of(community).makers_of_accepted(decision.proposal_id)
    day = community.day_of(at)
    on_roll = list(RollEntry.objects.on(decision).values_list("membership_id", "took_part"))
    Say.objects.bulk_create(
        Say(
            community=community,
            decision=decision,
            membership_id=member,
            day=day,
            eligible=True,
            seen=took_part or member in authors | spoke,
            took_part=took_part,
            authored=member in authors,
            amended=member in amended,
            adopted=adopted,
        )
        for member, took_part in [*on_roll, *((one.pk, False) for one in absent)]
    )
