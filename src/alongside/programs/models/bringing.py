"""What each side brings: hours given in delivery, lines of the budget, and agreements in words."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.decisions.models import Side
from alongside.kernel.channels import Channel
from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey, Membership, Person
from alongside.programs.models.program import Aim, Program, Stage
from alongside.programs.rules.given import KINDS


class InputQuerySet(CommunityQuerySet):
    def on(self, program: Program) -> Self:
        return self.filter(community=program.community_id, program=program)

    def standing(self) -> Self:
        """What no later entry has put right."""
        return self.filter(corrected_by=None)

    def latest_first(self) -> Self:
        return self.order_by("-day", "-id")


class Input(CommunityModel):
    """Time that went into a program's delivery. It never changes: a later entry `corrects` it, once.

    Paid hours are written down as paid, and earn no credit. `membership` is empty for what nobody is named for.
    """

    program = HouseForeignKey(Program, models.PROTECT, related_name="inputs")
    membership = HouseForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    side = models.CharField(max_length=10, choices=Side)
    kind = models.CharField(max_length=10, choices=[(key, _(text)) for key, text in KINDS.items()])
    minutes = models.PositiveIntegerField()
    is_paid = models.BooleanField(default=False)
    day = models.DateField()
    what = models.CharField(max_length=200, blank=True)
    corrects = HouseForeignKey("self", models.PROTECT, null=True, related_name="corrected_by")
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    at = models.DateTimeField()
    key = models.UUIDField()

    objects = InputQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="input_kind_is_known"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="input_side_is_known"),
            # Nought puts an entry right that should not be there at all.
            models.CheckConstraint(
                condition=Q(minutes__gte=1) | Q(corrects__isnull=False), name="input_takes_time_unless_it_corrects"
            ),
            models.UniqueConstraint(fields=["community", "corrects"], name="input_is_corrected_once"),
            models.UniqueConstraint(fields=["community", "key"], name="input_once_a_form"),
        ]

    def __str__(self) -> str:
        return f"{self.minutes} min, {self.kind}"


class BudgetLineQuerySet(CommunityQuerySet):
    def on(self, program: Program) -> Self:
        return self.filter(community=program.community_id, program=program)

    def standing(self) -> Self:
        return self.filter(taken_off_at=None)

    def in_order(self) -> Self:
        return self.order_by("round", "at", "id")


class BudgetLine(CommunityModel):
    """Money (in the smallest unit of its currency) or time set aside, what for, and in which stage it was agreed."""

    program = HouseForeignKey(Program, models.PROTECT, related_name="budget")
    round = models.PositiveIntegerField()
    stage = models.CharField(max_length=13, choices=Stage)
    aim = models.CharField(max_length=12, choices=Aim)
    what_for = models.CharField(max_length=200)
    amount_minor = models.PositiveBigIntegerField(default=0)
    currency = models.CharField(max_length=3, blank=True)
    minutes = models.PositiveIntegerField(default=0)
    taken_off_at = models.DateTimeField(null=True)
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    at = models.DateTimeField()
    key = models.UUIDField()

    objects = BudgetLineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(aim__in=Aim.values), name="budget_aim_is_known"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="budget_stage_is_known"),
            models.CheckConstraint(condition=~Q(what_for=""), name="budget_line_says_what_for"),
            models.CheckConstraint(
                condition=Q(amount_minor__gte=1) | Q(minutes__gte=1), name="budget_line_is_not_nought"
            ),
            models.CheckConstraint(
                condition=Q(amount_minor=0, currency="") | (Q(amount_minor__gte=1) & ~Q(currency="")),
                name="budget_money_has_a_currency",
            ),
            models.UniqueConstraint(fields=["community", "key"], name="budget_line_once_a_form"),
        ]

    def __str__(self) -> str:
        return self.what_for


class CommitmentQuerySet(CommunityQuerySet):
    def on(self, program: Program) -> Self:
        return self.filter(community=program.community_id, program=program)

    def with_sides(self) -> Self:
        return self.prefetch_related("agreed__membership__person")


class Commitment(CommunityModel):
    """Who brings what, as words; it stands once somebody of each leading side has agreed. It never changes."""

    program = HouseForeignKey(Program, models.PROTECT, related_name="commitments")
    round = models.PositiveIntegerField()
    words = models.TextField(max_length=3000)
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    at = models.DateTimeField()
    key = models.UUIDField()

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="commitment_says_something"),
            models.UniqueConstraint(fields=["community", "key"], name="commitment_once_a_form"),
        ]

    def __str__(self) -> str:
        return self.words[:60]


class CommitmentSide(CommunityModel):
    """Somebody agreed for a side, and when."""

    commitment = HouseForeignKey(Commitment, models.CASCADE, related_name="agreed")
    side = models.CharField(max_length=10, choices=Side)
    membership = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    at = models.DateTimeField()

    objects = CommunityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(side__in=Side.values), name="commitment_side_is_known"),
            # Nobody agrees for both sides: then one person alone could bind them.
            models.UniqueConstraint(fields=["community", "commitment", "membership"], name="commitment_once_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} for {self.side}"
