"""A vote closes and is counted, once; or it is called off and no ballot is kept."""

from collections.abc import Callable, Mapping
from datetime import datetime
from fractions import Fraction
from secrets import SystemRandom
from uuid import UUID

from django.db import transaction

from alongside.decisions import signals
from alongside.decisions.actions.casting import secret_of, voter_key
from alongside.decisions.letters import votes as letters
from alongside.decisions.models import (
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
    Say,
)
from alongside.decisions.rules.exact import share
from alongside.decisions.rules.publishing import published
from alongside.decisions.rules.recounting import quorum_of, recount, tallied
from alongside.decisions.rules.sides import Decided, Outcome, Quorum, Tally
from alongside.kernel import activity
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people.models import Person


class TooEarlyToClose(Refusal):
    """Before its time a vote closes only when everybody on the rolls has voted."""


class ReasonMissing(Refusal):
    """A vote is called off for a reason, which everybody reads."""


# Who closes what is no count of ballots, by rule; `consenting` puts itself in here.
CLOSES: dict[str, Callable[..., Decision]] = {}
# What becomes of the proposal: talked over again, or done with.
_GOES_ON = {Outcome.SPLIT, Outcome.NOT_QUORATE}


@transaction.atomic
def close(*, decision: Decision, by: Person | None, at: datetime) -> Decision:
    """Count and close, once however many try; ballots lose their voters in the same moment.

    `by` None: the clock. Raises SomeoneElseWasFaster when it is closed already, and TooEarlyToClose before
    `closes_at` while somebody on a roll has not voted.
    """
    stands = _held(decision)
    rolls = RollEntry.objects.on(stands)
    if at < stands.closes_at and rolls.filter(took_part=False).exists():
        raise TooEarlyToClose
    sides = _counted(stands)
    quorum, threshold = terms_of(stands)
    decided = recount(stands.rule, sides, quorum=quorum, threshold=threshold)
    _untie(stands)
    _write_down(stands, decided, sides, at=at)
    _write_say(stands, decided, at=at)
    activity.log(did="decisions.vote_closed", about_what=stands, by_id=by.pk if by else None, at=at)
    letters.result(stands, at=at, by=by)
    transaction.on_commit(lambda: signals.outcome.send_robust(Decision, decision=stands))
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
    stands = _held(decision)
    _forget_ties(stands)
    ended = {"state": Decision.State.CALLED_OFF, "closed_at": at, "called_off_why": why.strip()}
    _end(stands, ended)
    _move_proposal(stands, Proposal.State.TALKED_OVER, at=at)
    activity.log(did="decisions.vote_called_off", about_what=stands, by_id=by.pk, at=at)
    letters.called_off(stands, at=at, by=by)
    return stands


@transaction.atomic
def open_seal(*, decision: Decision, by: Person, at: datetime) -> None:
    """Write down that a scrutineer fetches the ballots of the sides that are sealed."""
    activity.log(did="decisions.seal_opened", about_what=decision, by_id=by.pk, at=at)


def terms_of(decision: Decision) -> tuple[Quorum, Fraction]:
    """The quorum and the threshold of a decision."""
    kept = decision.settings
    return quorum_of(kept["quorum"]["kind"], kept["quorum"]["share"]), share(kept["threshold"])


def _held(decision: Decision) -> Decision:
    """The decision, held until the transaction ends; only one that is open."""
    rows = Decision.objects.of(decision.community).select_related("proposal", "version", "community")
    stands: Decision = rows.select_for_update(no_key=True, of=("self",)).get(pk=decision.pk)
    if not stands.is_open:
        raise SomeoneElseWasFaster
    return stands


def _counted(decision: Decision) -> Mapping[str, Tally]:
    on_roll = dict.fromkeys(decision.sides, 0)
    for side in RollEntry.objects.on(decision).values_list("side", flat=True):
        on_roll[side] += 1
    return tallied(OpenBallot.objects.on(decision).values_list("side", "choice"), on_roll)


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
    _forget_ties(decision)


def _voters(decision: Decision) -> dict[str, UUID]:
    secret = secret_of(decision)
    members = RollEntry.objects.on(decision).values_list("membership_id", flat=True)
    return {voter_key(secret, member): member for member in members}


def _forget_ties(decision: Decision) -> None:
    for model in (OpenBallot, PaperKeying, BallotSecret):
        model.objects.on(decision).delete()


def _write_down(decision: Decision, decided: Decided, sides: Mapping[str, Tally], *, at: datetime) -> None:
    quorum, threshold = terms_of(decision)
    result = published(decided, sides, quorum=quorum, threshold=threshold, is_secret=decision.is_secret)
    ended = {"state": Decision.State.CLOSED, "closed_at": at, "outcome": str(decided.outcome), "result": result}
    _end(decision, ended)
    goes_on = decided.outcome in _GOES_ON
    _move_proposal(decision, Proposal.State.TALKED_OVER if goes_on else Proposal.State.DECIDED, at=at)


def _end(decision: Decision, ended: dict[str, object]) -> None:
    if not Decision.objects.of(decision.community).open().filter(pk=decision.pk).update(**ended):
        raise SomeoneElseWasFaster
    for name, value in ended.items():
        setattr(decision, name, value)


def _move_proposal(decision: Decision, state: str, *, at: datetime) -> None:
    voting = Proposal.objects.of(decision.community).filter(pk=decision.proposal_id, state=Proposal.State.VOTING)
    voting.update(state=state, changed_at=at)


def _write_say(decision: Decision, decided: Decided, *, at: datetime) -> None:
    community, about = decision.community, {"proposal": decision.proposal_id}
    authors = set(Author.objects.of(community).filter(**about).values_list("membership_id", flat=True))
    spoke = set(Contribution.objects.of(community).filter(**about).values_list("membership_id", flat=True))
    day = community.day_of(at)
    Say.objects.bulk_create(
        Say(
            community=community,
            decision=decision,
            membership_id=entry.membership_id,
            day=day,
            eligible=True,
            seen=entry.took_part or entry.membership_id in authors | spoke,
            took_part=entry.took_part,
            authored=entry.membership_id in authors,
            adopted=decided.passed,
        )
        for entry in RollEntry.objects.on(decision)
    )
