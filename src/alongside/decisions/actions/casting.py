"""People vote: by themselves, through a helper who has their leave, or on paper.

Everything that concerns ballots takes the decision's lock first. So a ballot that meets the close is either there
before the count, or refused after it.
"""

import hmac
import secrets
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from alongside.decisions.actions.deeds import Deed
from alongside.decisions.models import BallotSecret, Decision, OpenBallot, Option, RollEntry
from alongside.decisions.rules.ballots import NotABallot, checked, ranks_of
from alongside.decisions.rules.kinds import KINDS
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal
from alongside.people.models import Membership, Person

# Letters and figures that nobody takes for one another, spoken or written.
_READABLE = "ABCDEFGHJKMNPQRSTVWXYZ23456789"


class VotingIsOver(Refusal):
    """The vote is closed, called off or past its time; the ballot was not counted."""


class NotOnTheRoll(Refusal):
    """The rolls were frozen when voting opened, and this person is on none, or no longer belongs."""


class NotCounted(Refusal):
    """The ballot says nothing that this vote can count; `why` as in `rules.ballots.NotABallot`."""

    def __init__(self, *, why: str) -> None:
        super().__init__(why)
        self.why = why


@transaction.atomic
def cast(
    *,
    decision: Decision,
    membership: Membership,
    choice: str,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> str:
    """Vote, or change one's vote; the last word before the close counts. Returns the receipt's code.

    The receipt stays the same when the vote is changed. Raises VotingIsOver, NotOnTheRoll, NotCounted.
    `choice` is written as `rules.ballots` says for the style of the vote.
    """
    stands = locked(decision, moment=at)
    receipt = put_in(stands, membership, choice, channel=channel)
    Deed(by, at, on_behalf_of, channel).log("decisions.voted", stands)
    return receipt


def locked(decision: Decision, *, moment: datetime) -> Decision:
    """The decision, held until the transaction ends. Raises VotingIsOver unless it takes ballots."""
    stands: Decision = (
        Decision.objects.of(decision.community).select_for_update(no_key=True, of=("self",)).get(pk=decision.pk)
    )
    stands.community = decision.community
    if not stands.takes_ballots(moment):
        raise VotingIsOver
    return stands


def put_in(decision: Decision, membership: Membership, choice: str, *, channel: str) -> str:
    """Put a ballot in, in place of an earlier one of the same voter; for use under `locked`."""
    entry = RollEntry.objects.on(decision).filter(membership=membership.pk, membership__left_at=None).first()
    if entry is None:
        raise NotOnTheRoll
    choice = checked_choice(decision, choice, side=entry.side)
    key = voter_key(secret_of(decision), membership.pk)
    ballots = OpenBallot.objects.on(decision).filter(voter_key=key)
    ballot = ballots.first()
    if ballot is None:
        ballot = OpenBallot.objects.create(
            community=decision.community,
            decision=decision,
            voter_key=key,
            side=entry.side,
            choice=choice,
            receipt=_new_receipt(),
        )
    else:
        ballots.update(choice=choice)
    RollEntry.objects.on(decision).filter(pk=entry.pk).update(took_part=True, channel=channel)
    code: str = ballot.receipt
    return code


def checked_choice(decision: Decision, choice: str, *, side: str) -> str:
    """What a ballot of a side says, written as it is kept. Raises NotCounted."""
    kind, options = KINDS[decision.rule], list(Option.objects.on(decision))
    try:
        said = checked(kind.style, choice, options=len(options))
    except NotABallot as fault:
        raise NotCounted(why=fault.why) from None
    if kind.by_side and any(options[number - 1].side != side for number in ranks_of(said)):
        raise NotCounted(why="unknown")
    return said


def receipt_of(decision: Decision, membership: Membership) -> str:
    """The code of a member's receipt while the vote is open; "" when they have not voted, or it is over."""
    secret = BallotSecret.objects.on(decision).values_list("secret", flat=True).first()
    if secret is None:
        return ""
    key = voter_key(bytes(secret), membership.pk)
    found: str = OpenBallot.objects.on(decision).filter(voter_key=key).values_list("receipt", flat=True).first() or ""
    return found


def secret_of(decision: Decision) -> bytes:
    return bytes(BallotSecret.objects.on(decision).get().secret)


def voter_key(secret: bytes, membership_id: UUID) -> str:
    """What a ballot hangs on while it can be changed: told from a membership only by who holds the secret."""
    return hmac.new(secret, membership_id.bytes, sha256).hexdigest()


def paper_code(secret: bytes, membership_id: UUID) -> str:
    """The code on a member's paper ballot: 10 letters and figures, such as "K7PM3-XQDA2"."""
    drawn = hmac.new(secret, b"paper:" + membership_id.bytes, sha256).digest()
    letters = "".join(_READABLE[byte % len(_READABLE)] for byte in drawn[:10])
    return f"{letters[:5]}-{letters[5:]}"


def _new_receipt() -> str:
    letters = "".join(secrets.choice(_READABLE) for _ in range(12))
    return "-".join((letters[:4], letters[4:8], letters[8:]))
