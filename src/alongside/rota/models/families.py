"""Who shares the duties of a program: families and people alone, what they owe, and when they cannot come."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as day_name
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alongside.kernel.channels import Channel
from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey, Household, Membership, Person
from alongside.programs.models import Program
from alongside.programs.rules.words import WEEKDAYS as NAMES
from alongside.rota.models.rotas import Rota

LONGEST_AWAY = 366
WEEKDAYS = tuple(NAMES.values())


class FamilyQuerySet(CommunityQuerySet):
    def on(self, program: Program) -> Self:
        return self.filter(community=program.community_id, program=program)


class Family(CommunityModel):
    """Whoever shares what is owed in a program: a household, or somebody who takes part alone.

    `pattern`: how they take part, by its name in the design; "" for the first one there.
    """

    program = HouseForeignKey(Program, models.PROTECT, related_name="families")
    household = HouseForeignKey(Household, models.PROTECT, null=True, related_name="+")
    membership = HouseForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    pattern = models.CharField(max_length=40, blank=True)

    objects = FamilyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "families"
        constraints = [
            models.CheckConstraint(
                condition=Q(household=None, membership__isnull=False) | Q(household__isnull=False, membership=None),
                name="family_is_a_household_or_somebody_alone",
            ),
            models.UniqueConstraint(
                fields=["community", "program", "household"],
                condition=Q(household__isnull=False),
                name="family_once_a_household",
            ),
            models.UniqueConstraint(
                fields=["community", "program", "membership"],
                condition=Q(membership__isnull=False),
                name="family_once_somebody_alone",
            ),
        ]

    def __str__(self) -> str:
        return f"family {self.pk}"


class ExemptionQuerySet(CommunityQuerySet):
    def standing(self) -> Self:
        return self.filter(ended_at=None)

    def touching(self, first: date, last: date) -> Self:
        return self.filter(first_day__lte=last, last_day__gte=first)


class Exemption(CommunityModel):
    """That a family owes nothing for a time, and why. The reason is read by the family and by who keeps rotas."""

    family = HouseForeignKey(Family, models.CASCADE, related_name="exemptions")
    first_day = models.DateField(pgettext_lazy("first day", "from"))
    last_day = models.DateField(pgettext_lazy("last day", "until"))
    reason = models.CharField(_("why"), max_length=200)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    key = models.UUIDField()

    objects = ExemptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="exemption_has_a_reason"),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="exemption_ends_after_it_starts"),
            models.UniqueConstraint(fields=["community", "key"], name="exemption_made_once_a_form"),
        ]

    def __str__(self) -> str:
        return f"exemption {self.pk}"


class FeeLine(CommunityModel):
    """What a family owes for duties of a rota that were not done: money, words, or nothing, being free of it."""

    rota = HouseForeignKey(Rota, models.PROTECT, related_name="fee_lines")
    family = HouseForeignKey(Family, models.CASCADE, related_name="fee_lines")
    owed = models.PositiveSmallIntegerField()
    missing = models.PositiveSmallIntegerField()
    minor = models.PositiveIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    words = models.CharField(max_length=200, blank=True)
    exemption = HouseForeignKey(Exemption, models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = CommunityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(missing__gte=1, owed__gte=F("missing")), name="fee_is_for_what_was_owed"
            ),
            models.CheckConstraint(
                condition=Q(exemption__isnull=False, minor=None, currency="", words="")
                | (Q(exemption=None, minor__isnull=False, minor__gte=1) & ~Q(currency=""))
                | (Q(exemption=None, minor=None, currency="") & ~Q(words="")),
                name="fee_is_money_words_or_an_exemption",
            ),
            models.UniqueConstraint(fields=["community", "rota", "family"], name="fee_once_a_rota"),
        ]

    def __str__(self) -> str:
        return f"fee {self.pk}"


class OwnQuerySet(CommunityQuerySet):
    def by(self, membership: Membership) -> Self:
        return self.filter(community=membership.community_id, membership=membership)


class Away(CommunityModel):
    """Days on which somebody cannot come. Nobody has to say why."""

    membership = HouseForeignKey(Membership, models.CASCADE, related_name="+")
    first_day = models.DateField(pgettext_lazy("first day", "from"))
    last_day = models.DateField(pgettext_lazy("last day", "until"))
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    made_at = models.DateTimeField()
    key = models.UUIDField()

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "away"
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="away_ends_after_it_starts"),
            models.UniqueConstraint(fields=["community", "key"], name="away_made_once_a_form"),
        ]

    def __str__(self) -> str:
        return f"away {self.pk}"


class Wish(CommunityModel):
    """What somebody cannot do, or would rather not: a day of the week, a duty, or a duty on that day.

    `weekday` counts from Monday, 1, to Sunday, 7; 0 is any day. `duty`: its name in the design, "" for any.
    """

    class How(models.TextChoices):
        CANNOT = "cannot", _("I cannot")
        RATHER_NOT = "rather_not", _("I would rather not")

    membership = HouseForeignKey(Membership, models.CASCADE, related_name="+")
    program = HouseForeignKey(Program, models.PROTECT, related_name="+")
    weekday = models.PositiveSmallIntegerField(default=0)
    duty = models.CharField(max_length=60, blank=True)
    how = models.CharField(max_length=10, choices=How)
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    made_at = models.DateTimeField()

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "wishes"
        constraints = [
            models.CheckConstraint(condition=Q(weekday__range=(0, 7)), name="wish_is_about_a_day_of_the_week"),
            models.CheckConstraint(condition=~Q(weekday=0, duty=""), name="wish_is_about_something"),
            models.CheckConstraint(condition=Q(how__in=["cannot", "rather_not"]), name="wish_says_how_much"),
            models.UniqueConstraint(
                fields=["community", "membership", "program", "weekday", "duty"], name="wish_once_about_a_thing"
            ),
        ]

    def __str__(self) -> str:
        return f"wish {self.pk}"

    @property
    def about(self) -> str:
        """The day of the week and the duty, as far as it is about them."""
        day = str(day_name(WEEKDAYS[self.weekday - 1])) if self.weekday else ""
        return ", ".join(part for part in (day, self.duty) if part)
