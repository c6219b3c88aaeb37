"""Words taken from view by the house rules: who reported them, who took them away, and the appeal against it."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.decisions.models.proposals import Proposal
from alongside.decisions.models.talk import Contribution
from alongside.kernel.channels import Channel
from alongside.people.models import (
    CommunityModel,
    CommunityQuerySet,
    HouseForeignKey,
    HouseOneToOneField,
    Membership,
    Person,
)


class HouseRule(models.TextChoices):
    """The rules for which words may be taken from view; there are no others."""

    RESPECT = "respect", _("It insults or threatens somebody")
    PRIVATE = "private", _("It tells private things about somebody")
    PUTS_DOWN = "puts_down", _("It puts people down for who they are")
    ADVERTISES = "advertises", _("It advertises something")
    ELSEWHERE = "elsewhere", _("It is about something else")


class OwnHouseRules(CommunityModel):
    """How people talk here, in the community's own words; without a row, or without words, those it began with."""

    words = models.TextField(_("how we talk"), max_length=3000, blank=True)
    changed_at = models.DateTimeField()

    objects = CommunityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "own house rules"
        constraints = [models.UniqueConstraint(fields=["community"], name="own_house_rules_once_a_community")]

    def __str__(self) -> str:
        return f"house rules of {self.community_id}"


class ModerationEntryQuerySet(CommunityQuerySet):
    def with_outcome(self) -> Self:
        """Fetch who did it and what about in the same query, and the appeals in one further."""
        appeals = models.Prefetch("appeal", Appeal.objects.select_related("decided_by__person"))
        return self.select_related("moderator__person", "proposal").prefetch_related(appeals)

    def newest_first(self) -> Self:
        return self.order_by("-at", "-id")


class ModerationEntry(CommunityModel):
    """One taking from view, in the log that everybody may read. It names neither the words nor who said them."""

    proposal = HouseForeignKey(Proposal, models.CASCADE, related_name="+")
    # None once the words were erased with whoever said them.
    contribution = HouseForeignKey(Contribution, models.SET_NULL, null=True, blank=True, related_name="moderated")
    rule = models.CharField(max_length=10, choices=HouseRule)
    # For whoever said it; the log does not show them, for they may speak of what was said.
    words = models.TextField(max_length=1000)
    moderator = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ModerationEntryQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["community", "-at", "-id"], name="moderation_newest_first")]
        constraints = [
            models.CheckConstraint(condition=Q(rule__in=HouseRule.values), name="moderation_names_a_rule"),
            models.CheckConstraint(condition=~Q(words=""), name="moderation_says_why"),
        ]

    def __str__(self) -> str:
        return str(self.get_rule_display())


class AppealQuerySet(CommunityQuerySet):
    def waiting(self) -> Self:
        return self.filter(outcome=Appeal.Outcome.WAITS)


class Appeal(CommunityModel):
    """What somebody says against their words being taken from view; somebody else decides, once."""

    class Outcome(models.TextChoices):
        WAITS = "waits", _("waits for a decision")
        RESTORED = "restored", _("the words are back in view")
        STAYS = "stays", _("the words stay out of view")

    entry = HouseOneToOneField(ModerationEntry, models.CASCADE, related_name="appeal")
    # Empty once whoever said it was erased.
    text = models.TextField(max_length=2000, blank=True)
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.WAITS)
    why = models.TextField(max_length=1000, blank=True)
    decided_by = HouseForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="waits", why="", decided_by=None, decided_at=None)
                | (
                    Q(outcome__in=["restored", "stays"], decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(why="")
                ),
                name="appeal_decided_by_whom_when_and_why",
            ),
            models.UniqueConstraint(fields=["community", "entry"], name="appeal_once_an_entry"),
        ]

    def __str__(self) -> str:
        return self.text


class ReportQuerySet(CommunityQuerySet):
    def waiting(self) -> Self:
        """Reports nobody has looked at."""
        return self.filter(settled_at=None)

    def with_people(self) -> Self:
        return self.select_related("membership__person")


class Report(CommunityModel):
    """Somebody finds that words break a house rule; the coordinators look at them."""

    contribution = HouseForeignKey(Contribution, models.CASCADE, related_name="reports")
    membership = HouseForeignKey(Membership, models.CASCADE, related_name="+")
    rule = models.CharField(max_length=10, choices=HouseRule)
    text = models.TextField(max_length=500, blank=True)
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(rule__in=HouseRule.values), name="report_names_a_rule"),
            models.UniqueConstraint(
                fields=["community", "contribution", "membership"], name="report_once_a_person_and_contribution"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_rule_display())
