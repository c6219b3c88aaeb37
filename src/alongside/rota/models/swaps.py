"""Duties for which somebody else is looked for: given away, or exchanged for another."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.channels import Channel
from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey, Membership, Person
from alongside.rota.models.assignments import Assignment


class SwapQuerySet(CommunityQuerySet):
    def open(self) -> Self:
        """Somebody is looked for, and nobody has answered yet."""
        return self.filter(state=Swap.State.ASKED)

    def offered(self) -> Self:
        """Somebody would take it, and gives a duty of theirs."""
        return self.filter(state=Swap.State.OFFERED)

    def unsettled(self) -> Self:
        return self.filter(state__in=[Swap.State.ASKED, Swap.State.OFFERED])

    def coming(self, at: datetime) -> Self:
        return self.filter(assignment__duty__starts_at__gt=at, assignment__ended_at=None)

    def with_duty(self) -> Self:
        return self.select_related(
            "assignment__duty__rota__program", "assignment__membership__person", "asked_of__person",
            "given__duty__rota__program", "given__membership__person",
        )  # fmt: skip


class Swap(CommunityModel):
    """That somebody looks for another to take a duty: anybody who may, or one person whom they ask.

    `takes_back`: they would do a duty of whoever takes it. `given`: that duty, as the one who answers offers it;
    both change hands once who asked agrees. `taken` and `came_back`: what the two have from then on.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("somebody is looked for")
        OFFERED = "offered", _("an exchange is offered")
        TAKEN = "taken", _("taken")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("not needed any more")

    assignment = HouseForeignKey(Assignment, models.CASCADE, related_name="swaps")
    asked_of = HouseForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    takes_back = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField()
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    given = HouseForeignKey(Assignment, models.CASCADE, null=True, related_name="+")
    offered_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    taken = HouseForeignKey(Assignment, models.SET_NULL, null=True, related_name="+")
    came_back = HouseForeignKey(Assignment, models.CASCADE, null=True, related_name="+")
    key = models.UUIDField()

    objects = SwapQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["asked", "offered"], settled_at=None)
                | Q(state__in=["taken", "declined", "withdrawn"], settled_at__isnull=False),
                name="swap_is_settled_at_a_time",
            ),
            models.CheckConstraint(condition=Q(taken=None) | Q(state="taken"), name="swap_taken_says_so"),
            models.CheckConstraint(
                condition=~Q(state="declined") | Q(asked_of__isnull=False), name="swap_is_declined_by_who_was_asked"
            ),
            models.CheckConstraint(
                condition=Q(given=None, offered_at=None) | Q(given__isnull=False, offered_at__isnull=False),
                name="swap_is_offered_at_a_time",
            ),
            models.CheckConstraint(
                condition=(Q(state="offered") & Q(given__isnull=False))
                | (Q(state__in=["asked", "declined"]) & Q(given=None))
                | Q(state__in=["taken", "withdrawn"]),
                name="swap_offered_says_what_is_given",
            ),
            models.CheckConstraint(
                condition=Q(given=None) | Q(takes_back=True), name="swap_gives_where_something_is_taken_back"
            ),
            models.CheckConstraint(
                condition=Q(state="taken", given__isnull=False, came_back__isnull=False)
                | (Q(came_back=None) & (~Q(state="taken") | Q(given=None))),
                name="swap_what_was_given_came_back",
            ),
            models.UniqueConstraint(
                fields=["community", "assignment"],
                condition=Q(state__in=["asked", "offered"]),
                name="swap_one_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["community", "given"], condition=Q(state="offered"), name="swap_gives_a_duty_once_at_a_time"
            ),
            models.UniqueConstraint(fields=["community", "key"], name="swap_asked_once_a_form"),
        ]

    def __str__(self) -> str:
        return f"swap {self.pk}"
