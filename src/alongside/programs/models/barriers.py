"""Barriers: what is in the way, who looks after it, what was answered, and when people look again."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alongside.decisions.models import Side
from alongside.kernel.channels import Channel
from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey, Membership, Person
from alongside.programs.models.program import Program
from alongside.programs.rules.barriers import KINDS


class BarrierQuerySet(CommunityQuerySet):
    def on(self, program: Program) -> Self:
        return self.filter(community=program.community_id, program=program)

    def open(self) -> Self:
        return self.filter(closed_at=None)

    def closed(self) -> Self:
        return self.exclude(closed_at=None)

    def due(self, *, on: date) -> Self:
        """Open ones that somebody looks after, whose day has come, and who was not told of that day."""
        told = Q(reminded_for=None) | ~Q(reminded_for=F("review_on"))
        return self.open().filter(told, review_on__lte=on).exclude(owner=None)

    def with_people(self) -> Self:
        return self.select_related("owner__person", "raised_by__person")

    def soonest_first(self) -> Self:
        return self.order_by(F("review_on").asc(nulls_first=True), "at", "id")


class Barrier(CommunityModel):
    """Something in the way. Who raised it without a name (`is_named` False) is on no page; `side` then only if many."""

    program = HouseForeignKey(Program, models.PROTECT, related_name="barriers")
    kind = models.CharField(max_length=14, choices=[(key, _(text)) for key, text in KINDS.items()])
    words = models.TextField(max_length=2000, blank=True)
    side = models.CharField(max_length=10, choices=Side, blank=True)
    raised_by = HouseForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    is_named = models.BooleanField(default=True)
    owner = HouseForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    review_on = models.DateField(null=True)
    # The day of looking again of which the owner has been told.
    reminded_for = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    keyed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    at = models.DateTimeField()
    key = models.UUIDField()

    objects = BarrierQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="barrier_kind_is_known"),
            models.CheckConstraint(
                condition=~Q(words="") | Q(raised_by=None), name="barrier_says_something_until_erased"
            ),
            models.CheckConstraint(condition=Q(side="") | Q(side__in=Side.values), name="barrier_side_is_known"),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("at")), name="barrier_closes_after_it_is_raised"
            ),
            models.UniqueConstraint(fields=["community", "key"], name="barrier_once_a_form"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.words[:60]}"


class BarrierAnswer(CommunityModel):
    """What was answered, by whom, and when people look again; a later look adds a further one."""

    barrier = HouseForeignKey(Barrier, models.CASCADE, related_name="answers")
    words = models.TextField(max_length=2000)
    review_on = models.DateField(null=True)
    membership = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    at = models.DateTimeField()
    key = models.UUIDField()

    objects = CommunityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="barrier_answer_says_something"),
            models.UniqueConstraint(fields=["community", "key"], name="barrier_answer_once_a_form"),
        ]

    def __str__(self) -> str:
        return self.words[:60]
