"""A community's own rules, version by version: what they set, and the decision that set it."""

from typing import Self

from django.db import models
from django.db.models import Q

from alongside.decisions.models import Decision
from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey, Person


class CharterVersionQuerySet(CommunityQuerySet):
    def newest_first(self) -> Self:
        return self.order_by("-number")

    def decided(self) -> Self:
        """Versions that came of a joint decision; the others were set by those who began the community."""
        return self.exclude(decision=None)


class CharterVersion(CommunityModel):
    """The rules as they were from one moment to the next version. They never change once made: the database refuses.

    The rows that the rules set, in `timebank` and `decisions`, are what holds; triggers keep them equal to the newest
    version (migration 0003), so that nothing but a version can set them.
    """

    number = models.PositiveIntegerField()
    decision = HouseForeignKey(Decision, models.PROTECT, null=True, related_name="+")
    floor_minutes = models.BigIntegerField()
    soft_floor_minutes = models.BigIntegerField(null=True)
    ceiling_minutes = models.BigIntegerField(null=True)
    soft_ceiling_minutes = models.BigIntegerField(null=True)
    auto_confirm_days = models.PositiveSmallIntegerField()
    hold_days = models.PositiveSmallIntegerField()
    inactive_days = models.PositiveSmallIntegerField()
    recognised_work_credits = models.BooleanField()
    house_rules = models.TextField(blank=True, max_length=3000)
    # How many lines each list has: none can be slipped in afterwards.
    categories_count = models.PositiveSmallIntegerField()
    recognised_work_count = models.PositiveSmallIntegerField()
    # Who set it, while the community had one side alone; a decision has no single maker.
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    objects = CharterVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="charter_numbers_start_at_one"),
            models.CheckConstraint(
                condition=Q(decision=None) | Q(made_by=None), name="charter_decided_has_no_single_maker"
            ),
            models.UniqueConstraint(fields=["community", "number"], name="charter_number_is_its_own"),
            models.UniqueConstraint(fields=["community", "decision"], name="charter_once_a_decision"),
        ]

    def __str__(self) -> str:
        return f"rules of {self.community_id}, {self.number}"


class CharterLineQuerySet(CommunityQuerySet):
    def in_order(self) -> Self:
        return self.order_by("kind", "position")


class CharterLine(CommunityModel):
    """One kind of help, or of recognised work, in a version; `target` is the row of the time bank that it sets."""

    class Kind(models.TextChoices):
        CATEGORIES = "categories"
        RECOGNISED_WORK = "recognised_work"

    version = HouseForeignKey(CharterVersion, models.PROTECT, related_name="lines")
    kind = models.CharField(max_length=15, choices=Kind)
    position = models.PositiveSmallIntegerField()
    target = models.UUIDField()
    name = models.CharField(max_length=80)
    division = models.PositiveSmallIntegerField()

    objects = CharterLineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(position__gte=1), name="charter_line_positions_start_at_one"),
            models.CheckConstraint(
                condition=Q(kind__in=["categories", "recognised_work"]), name="charter_line_kind_is_known"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="charter_line_has_a_name"),
            models.CheckConstraint(condition=Q(division__range=(1, 9)), name="charter_line_division_is_of_icatus"),
            models.UniqueConstraint(
                fields=["community", "version", "kind", "position"], name="charter_line_place_is_its_own"
            ),
            models.UniqueConstraint(fields=["community", "version", "target"], name="charter_line_once_a_target"),
        ]

    def __str__(self) -> str:
        return self.name
