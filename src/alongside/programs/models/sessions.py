"""What a program holds: runs of sessions for a cohort, who leads them, and what they earned."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from alongside.gatherings.models import Gathering, Series
from alongside.people.models import (
    CommunityModel,
    CommunityQuerySet,
    HouseForeignKey,
    HouseOneToOneField,
    Membership,
    Person,
)
from alongside.programs.models.program import Program


class LicenceQuerySet(CommunityQuerySet):
    def holding(self, on: object) -> Self:
        """Licences that hold on a day; the last day counts."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on, withdrawn_at=None)


class Licence(CommunityModel):
    """That somebody may use what a program needs a licence for. The paper itself is not kept here."""

    program = HouseForeignKey(Program, models.PROTECT, related_name="licences")
    of = models.CharField(max_length=120)
    holder = models.CharField(max_length=120)
    reference = models.CharField(max_length=80, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    key = models.UUIDField()

    objects = LicenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(of="") & ~Q(holder=""), name="licence_says_of_what_and_whose"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")), name="licence_ends_after_it_starts"
            ),
            models.UniqueConstraint(fields=["community", "key"], name="licence_once_a_form"),
        ]

    def __str__(self) -> str:
        return self.of


class CohortQuerySet(CommunityQuerySet):
    def on(self, program: Program) -> Self:
        return self.filter(community=program.community_id, program=program)

    def newest_first(self) -> Self:
        return self.order_by("-number")


class Cohort(CommunityModel):
    """One run of a program's sessions, for the people who begin it together; open sessions are one long run."""

    program = HouseForeignKey(Program, models.PROTECT, related_name="cohorts")
    number = models.PositiveIntegerField()
    # The series in force: a change of the design from one session on may put another in its place.
    series = HouseOneToOneField(Series, models.PROTECT, related_name="+")
    first_day = models.DateField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    key = models.UUIDField()

    objects = CohortQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="cohort_numbers_start_at_one"),
            models.UniqueConstraint(fields=["community", "program", "number"], name="cohort_number_is_its_own"),
            models.UniqueConstraint(fields=["community", "series"], name="cohort_has_a_series_of_its_own"),
            models.UniqueConstraint(fields=["community", "key"], name="cohort_made_once_a_form"),
        ]

    def __str__(self) -> str:
        return f"{self.program_id}: {self.number}"


class CohortLeader(CommunityModel):
    """Somebody who leads a cohort's sessions. That they lead from lived experience is said by their own choice."""

    cohort = HouseForeignKey(Cohort, models.CASCADE, related_name="leaders")
    membership = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    from_lived_experience = models.BooleanField(default=False)
    since = models.DateTimeField()

    objects = CommunityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "cohort", "membership"], name="cohort_leader_once"),
        ]

    def __str__(self) -> str:
        return str(self.membership)


class SessionQuerySet(CommunityQuerySet):
    def on(self, program: Program) -> Self:
        return self.filter(community=program.community_id, cohort__program=program)

    def held(self) -> Self:
        return self.exclude(held_at=None)

    def to_come(self, at: datetime) -> Self:
        """Sessions that are neither held nor called off nor past."""
        return self.filter(held_at=None, gathering__ends_at__gt=at, gathering__state="planned")

    def in_order(self) -> Self:
        return self.order_by("cohort__number", "number")


class Session(CommunityModel):
    """One gathering of a cohort, by its number in the plan. Once held it says by which design it was."""

    cohort = HouseForeignKey(Cohort, models.PROTECT, related_name="sessions")
    number = models.PositiveIntegerField()
    gathering = HouseOneToOneField(Gathering, models.PROTECT, related_name="+")
    held_at = models.DateTimeField(null=True)
    held_version = models.PositiveIntegerField(null=True)
    # When people were reminded of it, once.
    reminded_at = models.DateTimeField(null=True)
    # What the hours of it came to, posted all together or not at all.
    credited_at = models.DateTimeField(null=True)
    credited_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    credited_minutes = models.PositiveIntegerField(null=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="session_numbers_start_at_one"),
            models.CheckConstraint(
                condition=Q(held_at=None, held_version=None) | Q(held_at__isnull=False, held_version__isnull=False),
                name="session_held_says_by_which_design",
            ),
            models.CheckConstraint(
                condition=Q(credited_at=None, credited_by=None, credited_minutes=None)
                | Q(
                    credited_at__isnull=False,
                    credited_by__isnull=False,
                    credited_minutes__isnull=False,
                    held_at__isnull=False,
                ),
                name="session_credited_was_held",
            ),
            models.UniqueConstraint(fields=["community", "gathering"], name="session_has_a_gathering_of_its_own"),
            models.UniqueConstraint(fields=["community", "cohort", "number"], name="session_number_is_its_own"),
        ]

    def __str__(self) -> str:
        return f"{self.cohort_id}: {self.number}"
