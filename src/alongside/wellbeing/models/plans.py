"""A person's own plan: goals in their words, one step a week, and whom they show it to. Nobody else reads it."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.channels import Channel
from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey, Membership, Person
from alongside.programs.models import Program
from alongside.wellbeing.rules.steps import LEAST_SURE, MOST_SURE


class OwnedQuerySet(CommunityQuerySet):
    def of_member(self, membership: Membership) -> Self:
        return self.filter(community=membership.community_id, membership=membership)


class GoalQuerySet(OwnedQuerySet):
    def open(self) -> Self:
        return self.filter(ended_at=None)

    def ended(self) -> Self:
        return self.exclude(ended_at=None)

    def in_order(self) -> Self:
        return self.order_by("made_at", "id")


class Goal(CommunityModel):
    """Something a person wants, as they say it. `program`: what it belongs to, if they say so."""

    class Ending(models.TextChoices):
        REACHED = "reached", _("reached")
        LET_GO = "let_go", _("let go")

    membership = HouseForeignKey(Membership, models.CASCADE, related_name="+")
    program = HouseForeignKey(Program, models.PROTECT, null=True, related_name="+")
    words = models.TextField(max_length=600)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=7, choices=Ending, blank=True)
    ending_words = models.TextField(max_length=600, blank=True)
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    key = models.UUIDField()

    objects = GoalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="goal_says_something"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="", ending_words="")
                | Q(ended_at__isnull=False, ending__in=["reached", "let_go"]),
                name="goal_ends_one_way_at_a_time",
            ),
            models.UniqueConstraint(fields=["community", "key"], name="goal_made_once_a_form"),
        ]

    def __str__(self) -> str:
        return f"goal {self.pk}"


class ActionStepQuerySet(OwnedQuerySet):
    def open(self) -> Self:
        """The one that is being written, or that has not been looked back on."""
        return self.filter(looked_back_at=None, let_go_at=None)

    def past(self) -> Self:
        return self.exclude(looked_back_at=None).order_by("-looked_back_at", "-id")


class ActionStep(CommunityModel):
    """One step for one week. A draft until it is kept; then looked back on before the next one begins.

    `confidence`: how sure the person is to do it, 0 to 10. Below 7 it is kept only with what would make it easier.
    """

    class Outcome(models.TextChoices):
        DONE = "done", _("I did it")
        PARTLY = "partly", _("I did part of it")
        NOT_YET = "not_yet", _("Not yet")

    membership = HouseForeignKey(Membership, models.CASCADE, related_name="+")
    goal = HouseForeignKey(Goal, models.SET_NULL, null=True, related_name="+")
    what = models.TextField(max_length=300, blank=True)
    how_much = models.CharField(max_length=160, blank=True)
    when = models.CharField(max_length=160, blank=True)
    how_often = models.CharField(max_length=160, blank=True)
    confidence = models.PositiveSmallIntegerField(null=True)
    easier = models.TextField(max_length=600, blank=True)
    begun_at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True)
    looked_back_at = models.DateTimeField(null=True)
    # Thrown away; for a minute it can be brought back.
    let_go_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=7, choices=Outcome, blank=True)
    outcome_words = models.TextField(max_length=600, blank=True)
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)

    objects = ActionStepQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confidence=None) | Q(confidence__range=(0, MOST_SURE)), name="step_confidence_is_0_to_10"
            ),
            models.CheckConstraint(
                condition=Q(kept_at=None)
                | (Q(confidence__isnull=False) & ~Q(what="") & ~Q(how_much="") & ~Q(when="") & ~Q(how_often="")),
                name="step_is_kept_whole",
            ),
            models.CheckConstraint(
                condition=Q(kept_at=None) | Q(confidence__gte=LEAST_SURE) | ~Q(easier=""),
                name="step_kept_unsure_says_what_is_easier",
            ),
            models.CheckConstraint(
                condition=Q(looked_back_at=None, outcome="", outcome_words="")
                | Q(looked_back_at__isnull=False, kept_at__isnull=False, outcome__in=["done", "partly", "not_yet"]),
                name="step_looked_back_on_once_kept",
            ),
            models.CheckConstraint(
                condition=Q(let_go_at=None) | Q(kept_at=None), name="step_that_is_kept_is_not_let_go"
            ),
            # Last week's comes first: the next one begins when it has been looked back on.
            models.UniqueConstraint(
                fields=["community", "membership"],
                condition=Q(looked_back_at=None, let_go_at=None),
                name="step_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"step {self.pk}"


class PlanShareQuerySet(OwnedQuerySet):
    def with_reader(self, reader: Membership) -> Self:
        """What others show this member; whoever has left shows nothing."""
        return self.filter(community=reader.community_id, reader=reader, membership__left_at=None)


class PlanShare(CommunityModel):
    """That a person shows their plan to somebody. It is theirs to begin and to end; ended means gone."""

    membership = HouseForeignKey(Membership, models.CASCADE, related_name="+")
    reader = HouseForeignKey(Membership, models.CASCADE, related_name="+")
    since = models.DateTimeField()

    objects = PlanShareQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(membership=F("reader")), name="plan_is_shown_to_somebody_else"),
            models.UniqueConstraint(fields=["community", "membership", "reader"], name="plan_is_shown_once_to_each"),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} shows {self.reader_id}"
