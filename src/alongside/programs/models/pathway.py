"""Where people stand on a program's pathway: steps offered, held and given up, and what was noted towards them."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alongside.decisions.models import Side
from alongside.gatherings.models import Gathering
from alongside.kernel.channels import Channel
from alongside.people.models import (
    CommunityModel,
    CommunityQuerySet,
    HouseForeignKey,
    HouseOneToOneField,
    Membership,
    Person,
)
from alongside.programs.models.program import Program
from alongside.programs.models.sessions import Session


class PathStepQuerySet(CommunityQuerySet):
    def on(self, program: Program) -> Self:
        return self.filter(community=program.community_id, program=program)

    def offered(self) -> Self:
        """What waits for an answer."""
        return self.filter(state=PathStep.State.OFFERED)

    def held(self) -> Self:
        """Steps that people are on, lapsed ones included."""
        return self.filter(state=PathStep.State.HELD)

    def going_on(self) -> Self:
        """Offered or held."""
        return self.filter(state__in=[PathStep.State.OFFERED, PathStep.State.HELD])

    def with_people(self) -> Self:
        return self.select_related("membership__person", "offered_by__person")

    def in_order(self) -> Self:
        return self.order_by("offered_at", "id")


class PathStep(CommunityModel):
    """One person's place on one step. Whoever is asked again gets a new row: what was answered stays as it was."""

    class State(models.TextChoices):
        OFFERED = "offered", _("offered")
        HELD = "held", pgettext_lazy("a step", "held")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("taken back")
        GIVEN_UP = "given up", _("given up")

    program = HouseForeignKey(Program, models.PROTECT, related_name="path_steps")
    membership = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    # The step by its name in the design, and the version of the design under which it was offered.
    step = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=9, choices=State, default=State.OFFERED)
    # Who offered it; nobody, where the house did because everything asked was there.
    offered_by = HouseForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    offered_at = models.DateTimeField()
    # They have it from elsewhere: what it asks was not counted here.
    is_brought = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    held_from = models.DateField(null=True)
    # From when the period runs in which nothing is asked yet: the first day, or that of being welcomed back.
    fresh_from = models.DateField(null=True)
    # The day it lapsed, and the day it came back; both are of the last time.
    lapsed_on = models.DateField(null=True)
    returned_on = models.DateField(null=True)
    # The last day of which the person was told that it draws near.
    told_of = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = PathStepQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["community", "membership", "state"], name="path_steps_of_somebody"),
            models.Index(fields=["community", "program", "state", "step"], name="path_steps_of_a_program"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(step="") & Q(version__gte=1), name="path_step_is_of_a_design"),
            models.CheckConstraint(
                condition=Q(state="offered", answered_at=None, held_from=None, ended_at=None)
                | Q(state="held", answered_at__isnull=False, held_from__isnull=False, ended_at=None)
                | Q(state="declined", answered_at__isnull=False, held_from=None, ended_at=None)
                | Q(state="withdrawn", answered_at=None, held_from=None, ended_at__isnull=False)
                | Q(state="given up", answered_at__isnull=False, held_from__isnull=False, ended_at__isnull=False),
                name="path_step_dates_fit_its_state",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_at__gte=F("offered_at"), answered_by__isnull=False),
                name="path_step_is_answered_by_somebody_after_the_offer",
            ),
            models.CheckConstraint(
                condition=Q(held_from=None, fresh_from=None)
                | Q(held_from__isnull=False, fresh_from__isnull=False, fresh_from__gte=F("held_from")),
                name="path_step_is_fresh_from_a_day_it_is_held",
            ),
            models.CheckConstraint(
                condition=Q(lapsed_on=None, returned_on=None)
                | Q(held_from__isnull=False, lapsed_on__isnull=False, lapsed_on__gt=F("held_from"), returned_on=None)
                | Q(
                    held_from__isnull=False,
                    lapsed_on__isnull=False,
                    returned_on__isnull=False,
                    lapsed_on__gt=F("held_from"),
                    returned_on__gte=F("lapsed_on"),
                ),
                name="path_step_lapses_while_held_and_returns_after",
            ),
            models.CheckConstraint(
                condition=Q(offered_by=None) | ~Q(offered_by=F("membership")), name="path_step_is_offered_by_another"
            ),
            models.CheckConstraint(
                condition=Q(is_brought=False) | Q(offered_by__isnull=False),
                name="path_step_brought_was_seen_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["community", "program", "membership", "step"],
                condition=Q(state__in=["offered", "held"]),
                name="path_step_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id}: {self.step}, {self.state}"

    @property
    def is_lapsed(self) -> bool:
        """Was it found to have lapsed, and not to have come back since?"""
        return self.lapsed_on is not None and self.returned_on is None


class NotedQuerySet(CommunityQuerySet):
    def on(self, program: Program) -> Self:
        return self.filter(community=program.community_id, program=program)

    def with_people(self) -> Self:
        return self.select_related("membership__person", "noted_by__person")


class TrainingDone(CommunityModel):
    """That somebody did a training, in the words of the design; nobody notes their own."""

    program = HouseForeignKey(Program, models.PROTECT, related_name="trainings")
    membership = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    what = models.CharField(max_length=120)
    # The same words without capitals and doubled spaces, by which a step finds it.
    folded = models.CharField(max_length=240)
    done_on = models.DateField()
    noted_by = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    objects = NotedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(what="") & ~Q(folded=""), name="training_done_says_what"),
            models.CheckConstraint(condition=~Q(noted_by=F("membership")), name="training_done_is_noted_by_another"),
            models.UniqueConstraint(fields=["community", "program", "membership", "folded"], name="training_done_once"),
        ]

    def __str__(self) -> str:
        return self.what


class BesideMentor(CommunityModel):
    """That somebody was at a session beside a mentor who led it; nobody notes their own."""

    program = HouseForeignKey(Program, models.PROTECT, related_name="+")
    session = HouseForeignKey(Session, models.PROTECT, related_name="apprentices")
    membership = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    mentor = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    noted_by = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    objects = NotedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(mentor=F("membership")), name="beside_mentor_is_beside_another"),
            models.CheckConstraint(condition=~Q(noted_by=F("membership")), name="beside_mentor_is_noted_by_another"),
            models.UniqueConstraint(fields=["community", "session", "membership"], name="beside_mentor_once_a_session"),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} beside {self.mentor_id}"


class LivedExperience(CommunityModel):
    """That somebody has lived with what a program is about: said by their own choice, gone when they take it back.

    Read by what plans sessions. With a name it stands on a page only where `shows_name` says so.
    """

    program = HouseForeignKey(Program, models.PROTECT, related_name="+")
    membership = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    shows_name = models.BooleanField(default=False)
    said_at = models.DateTimeField()
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)

    objects = NotedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "program", "membership"], name="lived_experience_said_once"),
        ]

    def __str__(self) -> str:
        return str(self.program_id)


class Introduction(CommunityModel):
    """A short session on what co-production is, planned for a program and led by somebody of either side."""

    program = HouseForeignKey(Program, models.PROTECT, related_name="introductions")
    gathering = HouseOneToOneField(Gathering, models.PROTECT, related_name="+")
    led_by = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    side = models.CharField(max_length=10, choices=Side)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = NotedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(side__in=Side.values), name="introduction_side_is_known"),
            models.UniqueConstraint(fields=["community", "gathering"], name="introduction_has_a_gathering_of_its_own"),
        ]

    def __str__(self) -> str:
        return str(self.gathering_id)
