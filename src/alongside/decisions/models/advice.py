"""The advice process: who decides, who is asked, what they advise, how it was used, and what is to be decided.

The process itself is a `Decision` of the rule "advice"; how many decide and how long everybody can object stands in
its settings, which never change. The facilitators of the sides, should somebody object, are its scrutineers.
"""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.decisions.models.talk import Side
from alongside.decisions.models.voting import Decision
from alongside.kernel.channels import Channel
from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey, Membership, Person


class OnDecisionQuerySet(CommunityQuerySet):
    def on(self, decision: Decision) -> Self:
        return self.filter(community=decision.community_id, decision=decision)

    def with_people(self) -> Self:
        return self.select_related("membership__person")


class AdvicePlan(CommunityModel):
    """What those who decide mean to decide, in their words, and since when everybody can read it and object."""

    decision = HouseForeignKey(Decision, models.PROTECT, related_name="plans")
    text = models.CharField(max_length=2000, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    # The consent round in which it goes on, because somebody objected.
    goes_on_as = HouseForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="+")
    # When who decides was told that they may, and that the last day is near.
    told_ready_at = models.DateTimeField(null=True, blank=True)
    told_late_at = models.DateTimeField(null=True, blank=True)

    objects = OnDecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(text="", published_at=None) | (~Q(text="") & Q(published_at__isnull=False)),
                name="plan_is_published_with_its_words",
            ),
            models.CheckConstraint(
                condition=Q(goes_on_as=None) | Q(published_at__isnull=False), name="plan_is_objected_to_once_published"
            ),
            models.UniqueConstraint(fields=["community", "decision"], name="plan_once_a_decision"),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.text[:40]}"

    @property
    def wait(self) -> timedelta:
        """So long everybody can object before anything is decided."""
        return timedelta(days=self.decision.settings["wait_days"])

    @property
    def earliest(self) -> datetime | None:
        """From then on it may be decided; None while it is not published."""
        return self.published_at + self.wait if self.published_at else None


class DeciderQuerySet(OnDecisionQuerySet):
    def seated(self) -> Self:
        """Those who decide now: nobody who gave it up or has left."""
        return self.filter(stepped_down_at=None)


class Decider(CommunityModel):
    """Who decides, alone or with somebody of another side, and what they say in the end."""

    class Says(models.TextChoices):
        ADOPT = "adopt", _("do it")
        LEAVE = "leave", _("leave things as they are")

    decision = HouseForeignKey(Decision, models.PROTECT, related_name="deciders")
    membership = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    side = models.CharField(max_length=10, choices=Side)
    says = models.CharField(max_length=5, choices=Says, blank=True)
    why = models.CharField(max_length=1000, blank=True)
    said_at = models.DateTimeField(null=True, blank=True)
    stepped_down_at = models.DateTimeField(null=True, blank=True)

    objects = DeciderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(says="", said_at=None) | (Q(says__in=["adopt", "leave"]) & Q(said_at__isnull=False)),
                name="decider_says_one_of_two_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["community", "decision", "side"],
                condition=Q(stepped_down_at=None),
                name="decider_seated_once_a_side",
            ),
            models.UniqueConstraint(
                fields=["community", "decision", "membership"],
                condition=Q(stepped_down_at=None),
                name="decider_seated_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id}: {self.says}"


class AdviceAsked(CommunityModel):
    """Somebody whose advice is asked for by name. Others may advise without."""

    decision = HouseForeignKey(Decision, models.PROTECT, related_name="asked")
    membership = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    asked_by = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OnDecisionQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "people asked for advice"
        constraints = [
            models.UniqueConstraint(fields=["community", "decision", "membership"], name="advice_asked_once_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} on {self.decision_id}"


class AdviceQuerySet(OnDecisionQuerySet):
    def unanswered(self) -> Self:
        """What nobody has told the use of."""
        return self.filter(used="")

    def in_order(self) -> Self:
        return self.order_by("at", "id")


class Advice(CommunityModel):
    """What somebody advised, because it affects them or they know about it; and how it was used."""

    class Used(models.TextChoices):
        YES = "used", _("used")
        PARTLY = "partly", _("used in part")
        NO = "not_used", _("not used")

    decision = HouseForeignKey(Decision, models.PROTECT, related_name="advice")
    membership = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    # The side they speak for, "" where they belong to none of those that decide.
    side = models.CharField(max_length=10, choices=Side, blank=True)
    affected = models.BooleanField()
    expert = models.BooleanField()
    text = models.CharField(max_length=2000, blank=True)
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    at = models.DateTimeField()
    used = models.CharField(max_length=8, choices=Used, blank=True)
    why = models.CharField(max_length=1000, blank=True)
    used_by = HouseForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    used_at = models.DateTimeField(null=True, blank=True)
    # Its words are gone because the person they came from asked for it.
    words_erased_at = models.DateTimeField(null=True, blank=True)
    key = models.UUIDField()

    objects = AdviceQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "advice"
        indexes = [models.Index(fields=["community", "decision", "at", "id"], name="advice_by_decision")]
        constraints = [
            models.CheckConstraint(
                condition=Q(affected=True) | Q(expert=True), name="advice_from_who_is_affected_or_knows"
            ),
            models.CheckConstraint(
                condition=(~Q(text="") & Q(words_erased_at=None)) | Q(text="", words_erased_at__isnull=False),
                name="advice_says_something_or_was_erased",
            ),
            models.CheckConstraint(
                condition=Q(used="", used_by=None, used_at=None, why="")
                | (Q(used__in=["used", "partly", "not_used"]) & Q(used_by__isnull=False) & Q(used_at__isnull=False)),
                name="advice_use_is_told_by_whom_and_when",
            ),
            models.UniqueConstraint(fields=["community", "key"], name="advice_given_once_a_form"),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id}: {self.text[:40]}"
