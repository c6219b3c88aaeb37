"""Who has which duty, and what became of it."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey, Membership, Person
from alongside.rota.models.families import Family
from alongside.rota.models.rotas import Duty, Rota


class AssignmentQuerySet(CommunityQuerySet):
    def on(self, rota: Rota) -> Self:
        return self.filter(community=rota.community_id, duty__rota=rota)

    def standing(self) -> Self:
        """Those that hold: not given up, and of a duty that takes place."""
        return self.filter(ended_at=None, duty__called_off_at=None)

    def published(self) -> Self:
        return self.exclude(duty__rota__published_at=None)

    def by(self, membership: Membership) -> Self:
        return self.filter(community=membership.community_id, membership=membership)

    def coming(self, at: datetime) -> Self:
        return self.filter(duty__ends_at__gt=at)

    def in_order(self) -> Self:
        return self.order_by("duty__starts_at", "duty__name", "place", "id")

    def with_people(self) -> Self:
        return self.select_related("duty__rota__program", "membership__person")


class Assignment(CommunityModel):
    """One person on one duty. `place` counts from 1: nobody takes a place that somebody has.

    `is_fixed`: set by hand, so that a search leaves it. Nobody has two duties at once: a trigger sees to it.
    """

    class Ended(models.TextChoices):
        SWAPPED = "swapped", _("somebody else took it")
        CHANGED = "changed", _("changed by hand")
        PLANNED_ANEW = "planned_anew", _("planned anew")
        CHECK = "check", _("a check ran out")
        LEFT = "left", _("left the program")

    class Outcome(models.TextChoices):
        DONE = "done", _("done")
        NOT_DONE = "not_done", _("not done")

    duty = HouseForeignKey(Duty, models.CASCADE, related_name="assignments")
    family = HouseForeignKey(Family, models.PROTECT, related_name="assignments")
    membership = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    is_fixed = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=12, choices=Ended, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    credited_minutes = models.PositiveIntegerField(null=True)
    credited_at = models.DateTimeField(null=True)
    credited_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["community", "membership"], name="assignments_of_somebody")]
        constraints = [
            models.CheckConstraint(condition=Q(place__gte=1), name="assignment_places_start_at_one"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_why="")
                | Q(
                    ended_at__isnull=False,
                    ended_why__in=["swapped", "changed", "planned_anew", "check", "left"],
                    outcome="",
                ),
                name="assignment_ends_for_a_reason_before_it_is_done",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", settled_at=None)
                | Q(outcome__in=["done", "not_done"], settled_at__isnull=False),
                name="assignment_outcome_is_said_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(credited_at=None, credited_by=None, credited_minutes=None)
                | Q(
                    credited_at__isnull=False,
                    credited_by__isnull=False,
                    credited_minutes__isnull=False,
                    credited_minutes__gte=1,
                    outcome="done",
                ),
                name="assignment_credited_was_done",
            ),
            models.UniqueConstraint(
                fields=["community", "duty", "place"], condition=Q(ended_at=None), name="assignment_one_a_place"
            ),
            models.UniqueConstraint(
                fields=["community", "duty", "membership"], condition=Q(ended_at=None), name="assignment_once_a_duty"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} on {self.duty_id}"
