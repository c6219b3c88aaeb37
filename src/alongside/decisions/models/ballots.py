"""How people vote. While a vote is open a ballot can still be changed, so it hangs on a keyed hash of its voter.

At the close the key is destroyed, and what stays are ballots without voters and receipts without ballots.
No row here holds a time or an id that tells one.
"""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from alongside.decisions.models.talk import Side
from alongside.decisions.models.voting import Decision
from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey, Membership

# As `rules.ballots` writes it; long enough for 24 options with their points.
LONGEST_CHOICE = 160


class Unordered(CommunityModel):
    """A row whose id tells nothing of when it was made."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)

    class Meta:
        abstract = True


class BallotQuerySet(CommunityQuerySet):
    def on(self, decision: Decision) -> "BallotQuerySet":
        return self.filter(community=decision.community_id, decision=decision)


class BallotSecret(Unordered):
    """The key that ties ballots to voters while a vote is open. Its end is the end of the tie."""

    decision = HouseForeignKey(Decision, models.PROTECT, related_name="+")
    secret = models.BinaryField(max_length=32)

    objects = BallotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "decision"], name="ballot_secret_once_a_decision"),
        ]

    def __str__(self) -> str:
        return "secret"


class OpenBallot(Unordered):
    """A ballot that its voter may still change. `voter_key`: HMAC of the membership by the decision's secret."""

    decision = HouseForeignKey(Decision, models.PROTECT, related_name="+")
    voter_key = models.CharField(max_length=64)
    side = models.CharField(max_length=10, choices=Side)
    choice = models.CharField(max_length=LONGEST_CHOICE)
    receipt = models.CharField(max_length=20)

    objects = BallotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(choice=""), name="open_ballot_says_something"),
            models.UniqueConstraint(fields=["community", "decision", "voter_key"], name="open_ballot_once_a_voter"),
            models.UniqueConstraint(fields=["community", "decision", "receipt"], name="open_ballot_receipt_is_its_own"),
        ]

    def __str__(self) -> str:
        return "an open ballot"


class PaperKeying(Unordered):
    """A paper ballot as one scrutineer read it. It counts when another, of another side, has read the same."""

    decision = HouseForeignKey(Decision, models.PROTECT, related_name="+")
    # The code printed on the paper; names stand nowhere beside it.
    code = models.CharField(max_length=12)
    choice = models.CharField(max_length=LONGEST_CHOICE)
    keyed_for = models.CharField(max_length=10, choices=Side)

    objects = BallotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(choice=""), name="paper_keying_says_something"),
            models.UniqueConstraint(
                fields=["community", "decision", "code", "keyed_for"], name="paper_keying_once_a_code_and_side"
            ),
        ]

    def __str__(self) -> str:
        return "a paper ballot"


class Ballot(Unordered):
    """A ballot after the close: a side and what it says. It never changes, and names somebody only in an open vote."""

    decision = HouseForeignKey(Decision, models.PROTECT, related_name="ballots")
    side = models.CharField(max_length=10, choices=Side)
    choice = models.CharField(max_length=LONGEST_CHOICE)
    membership = HouseForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")

    objects = BallotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(choice=""), name="ballot_says_something"),
            models.UniqueConstraint(
                fields=["community", "decision", "membership"],
                condition=Q(membership__isnull=False),
                name="ballot_of_a_named_voter_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side}: {self.choice}"


class Receipt(Unordered):
    """A code that somebody got for their vote: who finds it here knows that their vote was counted."""

    decision = HouseForeignKey(Decision, models.PROTECT, related_name="receipts")
    code = models.CharField(max_length=20)

    objects = BallotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "decision", "code"], name="receipt_code_is_its_own"),
        ]

    def __str__(self) -> str:
        return self.code
