"""Who takes part in a program: since when, how they came, in which cohort, and why they left."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.channels import Channel
from alongside.people.models import (
    CommunityModel,
    CommunityQuerySet,
    HouseForeignKey,
    Household,
    Membership,
    Person,
)
from alongside.programs.models.program import Program


class EnrolmentQuerySet(CommunityQuerySet):
    def on(self, program: Program) -> Self:
        return self.filter(community=program.community_id, program=program)

    def here(self) -> Self:
        """People who take part now."""
        return self.filter(state=Enrolment.State.IN)

    def waiting(self) -> Self:
        """The waiting list, the first in line first."""
        return self.filter(state=Enrolment.State.WAITING).order_by("asked_at", "id")

    def going_on(self) -> Self:
        """Those who are in, or wait."""
        return self.exclude(state=Enrolment.State.LEFT)

    def with_people(self) -> Self:
        return self.select_related("membership__person", "household", "cohort")


class Enrolment(CommunityModel):
    """One person's part in a program. Whoever comes back gets a new row: what was stays as it was."""

    class State(models.TextChoices):
        WAITING = "waiting", _("on the waiting list")
        IN = "in", _("takes part")
        LEFT = "left", _("has left")

    class Way(models.TextChoices):
        PERSON = "person", _("by oneself")
        HOUSEHOLD = "household", _("as a household")
        REFERRAL = "referral", _("somebody referred them")
        INTRODUCTION = "introduction", _("somebody introduced them")

    class Why(models.TextChoices):
        """Why somebody left; nobody must say."""

        DONE = "done", _("got what they came for")
        TIME = "time", _("no time now")
        HEALTH = "health", _("not well enough now")
        MOVED = "moved", _("moved away")
        NOT_FOR_ME = "not for me", _("it was not for them")
        NOT_SAID = "not said", _("they would rather not say")

    program = HouseForeignKey(Program, models.PROTECT, related_name="enrolments")
    membership = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    household = HouseForeignKey(Household, models.SET_NULL, null=True, blank=True, related_name="+")
    cohort = HouseForeignKey("programs.Cohort", models.PROTECT, null=True, blank=True, related_name="enrolments")
    # The role in the design by its name there; "" where the design has none.
    role = models.CharField(max_length=40, blank=True)
    way = models.CharField(max_length=12, choices=Way, default=Way.PERSON)
    introduced_by = HouseForeignKey(Membership, models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=7, choices=State, default=State.IN)
    asked_at = models.DateTimeField()
    since = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    left_why = models.CharField(max_length=10, choices=Why, blank=True)
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["community", "program", "state", "asked_at"], name="enrolments_in_line")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", since=None, left_at=None, left_why="")
                | Q(state="in", since__isnull=False, left_at=None, left_why="")
                | (Q(state="left", left_at__isnull=False) & ~Q(left_why="")),
                name="enrolment_dates_fit_its_state",
            ),
            models.CheckConstraint(
                condition=Q(household=None) | Q(way="household"), name="enrolment_of_a_household_says_so"
            ),
            models.UniqueConstraint(
                fields=["community", "program", "membership"],
                condition=~Q(state="left"),
                name="enrolment_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership} in {self.program_id}"
