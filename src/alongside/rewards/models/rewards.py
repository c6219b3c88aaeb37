"""A reward as a program has agreed on it now, and how many of it are taken."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey
from alongside.programs.models import Program


class RewardQuerySet(CommunityQuerySet):
    def on(self, program: Program) -> Self:
        return self.filter(community=program.community_id, program=program)

    def agreed(self) -> Self:
        """Those that the design of today has, of programs that go on."""
        return self.filter(is_agreed=True, program__ended_at=None)

    def got_by(self, way: str) -> Self:
        return self.filter(way=way)

    def in_order(self) -> Self:
        return self.order_by("program__title", "name", "id")


class Reward(CommunityModel):
    """One reward of one program, by its key in the design. This row is held by whoever takes from its stock.

    `terms`: its values in the design. `stock`: never less than what is taken, whatever is agreed later; None: no end.
    `taken`: how many are issued or redeemed; the database counts.
    """

    class Way(models.TextChoices):
        EARNED = "earned", _("earned by time")
        BOUGHT = "bought", _("from the catalogue, for hours")
        DRAWN = "drawn", _("in a draw")

    program = HouseForeignKey(Program, models.PROTECT, related_name="+")
    key = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    way = models.CharField(max_length=6, choices=Way)
    terms = models.JSONField(default=dict)
    stock = models.PositiveIntegerField(null=True)
    taken = models.PositiveIntegerField(default=0, editable=False)
    is_agreed = models.BooleanField(default=True)

    objects = RewardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="reward_has_a_name"),
            models.CheckConstraint(condition=Q(way__in=["earned", "bought", "drawn"]), name="reward_way_is_known"),
            models.CheckConstraint(
                condition=Q(stock=None) | Q(taken__lte=F("stock")), name="reward_taken_is_no_more_than_there_are"
            ),
            models.UniqueConstraint(fields=["community", "program", "key"], name="reward_once_in_a_program"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def left(self) -> int | None:
        """How many can still be given; None: no end."""
        return None if self.stock is None else self.stock - self.taken

    @property
    def is_gone(self) -> bool:
        return self.left is not None and self.left <= 0

    def term(self, name: str, usual: Any = None) -> Any:
        """A value of the design, or what is usual where it says nothing."""
        return self.terms.get(name, usual)
