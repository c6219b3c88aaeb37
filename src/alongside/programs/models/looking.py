"""Looking back: the self-check of a round, and how it went in people's own words."""

from typing import Self

from django.db import models
from django.db.models import Q

from alongside.decisions.models import Side
from alongside.kernel.channels import Channel
from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey, Membership, Person
from alongside.programs.models.program import Program


class OfRoundQuerySet(CommunityQuerySet):
    def on(self, program: Program, round_number: int) -> Self:
        return self.filter(community=program.community_id, program=program, round=round_number)

    def whole(self) -> Self:
        return self.filter(total__isnull=False)

    def in_order(self) -> Self:
        return self.order_by("at", "id")


class SelfCheck(CommunityModel):
    """One person's answers in one round; `total` is empty while some are missing. Nobody else reads them."""

    program = HouseForeignKey(Program, models.CASCADE, related_name="+")
    round = models.PositiveIntegerField()
    membership = HouseForeignKey(Membership, models.CASCADE, related_name="+")
    side = models.CharField(max_length=10, choices=Side)
    # Statement → 1 to 5; `edition`: of the statements' words.
    answers = models.JSONField(default=dict, blank=True)
    edition = models.PositiveIntegerField(default=1)
    total = models.PositiveIntegerField(null=True)
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    at = models.DateTimeField()

    objects = OfRoundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(total=None) | Q(total__gte=20, total__lte=100), name="self_check_is_20_to_100"
            ),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="self_check_side_is_known"),
            models.CheckConstraint(condition=Q(round__gte=1, edition__gte=1), name="self_check_rounds_start_at_one"),
            models.UniqueConstraint(
                fields=["community", "program", "round", "membership"], name="self_check_once_a_person_and_round"
            ),
        ]

    def __str__(self) -> str:
        return f"self-check of {self.membership_id} in {self.program_id}, {self.round}"


class LookBack(CommunityModel):
    """How a round went for one person, in their words: shown with their side, never with their name."""

    program = HouseForeignKey(Program, models.CASCADE, related_name="+")
    round = models.PositiveIntegerField()
    membership = HouseForeignKey(Membership, models.CASCADE, related_name="+")
    side = models.CharField(max_length=10, choices=Side)
    went_well = models.TextField(max_length=2000, blank=True)
    went_badly = models.TextField(max_length=2000, blank=True)
    next = models.TextField(max_length=2000, blank=True)
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    at = models.DateTimeField()

    objects = OfRoundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(went_well="") | ~Q(went_badly="") | ~Q(next=""), name="look_back_says_something"
            ),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="look_back_side_is_known"),
            models.CheckConstraint(condition=Q(round__gte=1), name="look_back_rounds_start_at_one"),
            models.UniqueConstraint(
                fields=["community", "program", "round", "membership"], name="look_back_once_a_person_and_round"
            ),
        ]

    def __str__(self) -> str:
        return f"look back of {self.membership_id} in {self.program_id}, {self.round}"
