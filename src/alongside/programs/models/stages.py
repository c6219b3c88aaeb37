"""The stages a program goes through: who leads each, what it has produced, and when both sides called it finished."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from alongside.decisions.models import Side
from alongside.kernel.channels import Channel
from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey, Membership, Person
from alongside.programs.models.program import Program, Stage


class StageRunQuerySet(CommunityQuerySet):
    def on(self, program: Program) -> Self:
        return self.filter(community=program.community_id, program=program)

    def open(self) -> Self:
        return self.filter(finished_at=None)

    def in_order(self) -> Self:
        return self.order_by("began_at", "id")


class StageRun(CommunityModel):
    """One stage of one round. `makes`: what it must produce, as the design said when it began."""

    program = HouseForeignKey(Program, models.PROTECT, related_name="stage_runs")
    round = models.PositiveIntegerField()
    stage = models.CharField(max_length=13, choices=Stage)
    makes = models.JSONField(default=list, blank=True)
    began_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = StageRunQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="stage_is_known"),
            models.CheckConstraint(condition=Q(round__gte=1), name="stage_rounds_start_at_one"),
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(finished_at__gte=F("began_at")), name="stage_ends_after_it_begins"
            ),
            models.UniqueConstraint(fields=["community", "program", "round", "stage"], name="stage_once_a_round"),
            models.UniqueConstraint(
                fields=["community", "program"], condition=Q(finished_at=None), name="stage_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program_id}: {self.stage}, {self.round}"


class StageLead(CommunityModel):
    """Who leads a stage for one side. A stage is finished once those of every side that leads have said so."""

    run = HouseForeignKey(StageRun, models.CASCADE, related_name="leads")
    side = models.CharField(max_length=10, choices=Side)
    membership = HouseForeignKey(Membership, models.CASCADE, related_name="+")
    since = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    objects = CommunityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "run", "side"], name="stage_has_one_lead_a_side"),
            # Nobody leads for both sides: then one person alone could finish it.
            models.UniqueConstraint(fields=["community", "run", "membership"], name="stage_lead_for_one_side"),
        ]

    def __str__(self) -> str:
        return f"{self.membership} for {self.side}"


class StageProduct(CommunityModel):
    """Something a stage has produced: which of what it must make, and in what words or where it is to be read."""

    run = HouseForeignKey(StageRun, models.CASCADE, related_name="products")
    makes = models.CharField(max_length=160)
    told = models.TextField(max_length=3000)
    membership = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    at = models.DateTimeField()
    key = models.UUIDField()

    objects = CommunityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(told="") & ~Q(makes=""), name="stage_product_says_something"),
            models.UniqueConstraint(fields=["community", "key"], name="stage_product_once_a_form"),
        ]

    def __str__(self) -> str:
        return self.makes
