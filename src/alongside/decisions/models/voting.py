"""A joint decision: its terms, who is on which roll, who looks over the count, and which side people speak for.

How people vote is in `ballots`.
"""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alongside.decisions.models.proposals import Proposal, Version
from alongside.decisions.models.talk import Side
from alongside.decisions.rules.sides import Outcome
from alongside.kernel.channels import Channel
from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey, Membership, Person

# The kinds of votes of `rules.kinds`, rounds of consent, and advice processes.
RULES = [
    "double-majority", "gradients", "approval", "score", "schulze", "scottish-stv", "equal-power-mes", "consent",
    "advice",
]  # fmt: skip
# In these nobody casts a ballot; each has pages of its own.
NO_BALLOTS = ["consent", "advice"]


class DecisionQuerySet(CommunityQuerySet):
    def open(self) -> Self:
        return self.filter(state=Decision.State.OPEN)

    def closed(self) -> Self:
        return self.filter(state=Decision.State.CLOSED)

    def due(self, at: datetime) -> Self:
        """Votes still open whose time has come."""
        return self.open().filter(closes_at__lte=at)

    def with_words(self) -> Self:
        """Fetch proposal, version and owner in the same query."""
        return self.select_related("proposal", "version", "owner__person", "community")

    def matching(self, text: str) -> Self:
        """Decisions whose title, or words voted on, hold every word of `text`."""
        found = self
        # No text in PostgreSQL holds the null character, and asking for it is a fault there.
        for word in text[:120].replace("\x00", " ").split():
            found = found.filter(
                Q(proposal__title__icontains=word)
                | Q(version__summary__icontains=word)
                | Q(version__text__icontains=word)
            )
        return found

    def newest_first(self) -> Self:
        return self.order_by("-opens_at", "-id")


class Decision(CommunityModel):
    """One vote on one version. Its terms never change once made: the database refuses."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")
        CALLED_OFF = "called_off", _("called off")

    class OutcomeName(models.TextChoices):
        PASSED = Outcome.PASSED, _("passed")
        SPLIT = Outcome.SPLIT, _("the sides differ")
        NOT_QUORATE = Outcome.NOT_QUORATE, _("too few took part")
        NOT_PASSED = Outcome.NOT_PASSED, _("not passed")

    proposal = HouseForeignKey(Proposal, models.PROTECT, related_name="decisions")
    version = HouseForeignKey(Version, models.PROTECT, related_name="+")
    rule = models.CharField(max_length=40, default="double-majority")
    # {"quorum": {"kind": "approval", "share": "1/4"}, "threshold": "1/2"}: shares are fractions in words. Where several
    # are chosen also "seats", and for a budget "budget" and "unit": minutes, or whole units of money.
    settings = models.JSONField()
    is_secret = models.BooleanField()
    # The sides that decide, such as ["uses", "provides"], in the order in which they are shown.
    sides = models.JSONField()
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    outcome = models.CharField(max_length=11, choices=OutcomeName, blank=True)
    # What may be shown of the count: what each side says, tallies where they give nobody away, and the steps.
    result = models.JSONField(default=dict, blank=True)
    called_off_why = models.CharField(max_length=500, blank=True)
    # Published before anybody votes; settles what nothing else can.
    lot_seed = models.CharField(max_length=64)
    # Who sees to what was decided, until when, and when people look at it again.
    owner = HouseForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    key = models.UUIDField()

    objects = DecisionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["community", "-opens_at", "-id"], name="decision_newest_first"),
            models.Index(fields=["closes_at"], name="decision_still_open", condition=Q(state="open")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(rule__in=RULES), name="decision_rule_is_known"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="decision_closes_after_it_opens"),
            models.CheckConstraint(
                condition=Q(state="open", outcome="", closed_at=None)
                | Q(state="called_off", outcome="", closed_at__isnull=False)
                | Q(
                    state="closed",
                    closed_at__isnull=False,
                    outcome__in=["passed", "split", "not_quorate", "not_passed"],
                ),
                name="decision_has_an_outcome_once_closed",
            ),
            models.CheckConstraint(
                condition=(Q(state="called_off") & ~Q(called_off_why=""))
                | (~Q(state="called_off") & Q(called_off_why="")),
                name="decision_called_off_says_why",
            ),
            models.CheckConstraint(condition=~Q(lot_seed=""), name="decision_lot_has_a_seed"),
            models.UniqueConstraint(fields=["community", "key"], name="decision_made_once_a_form"),
            models.UniqueConstraint(
                fields=["community", "proposal"], condition=Q(state="open"), name="decision_open_once_a_proposal"
            ),
        ]

    def __str__(self) -> str:
        return str(self.proposal)

    @property
    def is_open(self) -> bool:
        return self.state == Decision.State.OPEN

    @property
    def has_ballots(self) -> bool:
        """A vote; neither a consent round nor an advice process."""
        return self.rule not in NO_BALLOTS

    def takes_ballots(self, at: datetime) -> bool:
        """May people vote at this moment?"""
        return self.is_open and self.has_ballots and self.opens_at <= at < self.closes_at


class RollEntryQuerySet(CommunityQuerySet):
    def on(self, decision: Decision) -> Self:
        return self.filter(community=decision.community_id, decision=decision)

    def turnout(self) -> dict[str, dict[str, int]]:
        """For each side how many took part by which channel; never how they voted. "": not yet."""
        found: dict[str, dict[str, int]] = {}
        rows = self.order_by().values_list("side", "channel").annotate(many=models.Count("pk"))
        for side, channel, many in rows:
            found.setdefault(side, {})[channel] = many
        return found


class RollEntry(CommunityModel):
    """Somebody who may vote in a decision, and for which side. It holds no time, and no word of how they voted."""

    decision = HouseForeignKey(Decision, models.PROTECT, related_name="roll")
    membership = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    side = models.CharField(max_length=10, choices=Side)
    took_part = models.BooleanField(default=False)
    channel = models.CharField(max_length=10, choices=Channel, blank=True)

    objects = RollEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "roll entries"
        indexes = [models.Index(fields=["community", "membership"], name="roll_by_member")]
        constraints = [
            models.CheckConstraint(
                condition=Q(took_part=False, channel="") | (Q(took_part=True) & ~Q(channel="")),
                name="roll_says_how_somebody_took_part",
            ),
            models.UniqueConstraint(fields=["community", "decision", "membership"], name="roll_holds_a_person_once"),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id}: {self.side}"


class SideChoice(CommunityModel):
    """For which side somebody with two speaks, on one proposal; said before voting opens."""

    proposal = HouseForeignKey(Proposal, models.CASCADE, related_name="+")
    membership = HouseForeignKey(Membership, models.CASCADE, related_name="+")
    side = models.CharField(max_length=10, choices=Side)
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    at = models.DateTimeField()

    objects = CommunityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "proposal", "membership"], name="side_choice_once_a_person_and_proposal"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id}: {self.side}"


class Scrutineer(CommunityModel):
    """One person of each side who keys in paper ballots with the other, and may count what is sealed."""

    decision = HouseForeignKey(Decision, models.PROTECT, related_name="scrutineers")
    side = models.CharField(max_length=10, choices=Side)
    membership = HouseForeignKey(Membership, models.PROTECT, related_name="+")

    objects = CommunityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "decision", "side"], name="scrutineer_once_a_side"),
            models.UniqueConstraint(
                fields=["community", "decision", "membership"], name="scrutineer_for_one_side_alone"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id}: {self.side}"
