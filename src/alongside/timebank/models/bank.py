"""A community's time bank: its limits and habits, and its categories."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from alongside.people.models import CommunityModel, CommunityQuerySet


class TimeBank(CommunityModel):
    """What a community has agreed about its hours. New accounts open with these limits."""

    # Ten hours: enough to receive help before giving any.
    floor_minutes = models.BigIntegerField(_("lowest balance"), default=-600)
    ceiling_minutes = models.BigIntegerField(_("highest balance"), null=True, blank=True)
    soft_floor_minutes = models.BigIntegerField(_("say so below"), null=True, blank=True, default=-480)
    soft_ceiling_minutes = models.BigIntegerField(_("say so above"), null=True, blank=True, default=2400)
    auto_confirm_days = models.PositiveSmallIntegerField(_("days until an exchange confirms itself"), default=14)
    hold_days = models.PositiveSmallIntegerField(_("days until a hold is let go"), default=60)
    inactive_days = models.PositiveSmallIntegerField(_("days of quiet before we ask"), default=90)
    recognised_work_credits = models.BooleanField(_("recognised work earns credits"), default=False)
    opened_at = models.DateTimeField()

    objects = CommunityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community"], name="time_bank_once_a_community"),
            models.CheckConstraint(
                condition=Q(ceiling_minutes=None) | Q(ceiling_minutes__gt=F("floor_minutes")),
                name="time_bank_ceiling_above_floor",
            ),
            models.CheckConstraint(condition=Q(floor_minutes__lte=0), name="time_bank_floor_lets_accounts_begin_at_0"),
        ]

    def __str__(self) -> str:
        return f"time bank of {self.community_id}"


class Division(models.IntegerChoices):
    """The nine major divisions of ICATUS 2016 (UN Statistics Division), in plain words."""

    EMPLOYMENT = 1, _("Paid work")
    OWN_GOODS = 2, _("Making things for own use")
    HOUSEHOLD = 3, _("Looking after a home")
    CARE = 4, _("Caring for family")
    VOLUNTEERING = 5, _("Volunteering and helping others")
    LEARNING = 6, _("Learning")
    SOCIAL = 7, _("Company, talk and community life")
    CULTURE = 8, _("Culture, leisure and sport")
    SELF_CARE = 9, _("Looking after oneself")


class CategoryQuerySet(CommunityQuerySet):
    def in_use(self) -> Self:
        """Categories people may choose today."""
        return self.filter(archived_at=None)

    def in_order(self) -> Self:
        return self.order_by("position", "name")


class Category(CommunityModel):
    """A friendly name for a kind of help, with the statistical division beneath it."""

    name = models.CharField(_("name"), max_length=60)
    division = models.PositiveSmallIntegerField(_("statistical division"), choices=Division)
    position = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "categories"
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="category_has_a_name"),
            models.CheckConstraint(condition=Q(division__range=(1, 9)), name="category_division_is_of_icatus"),
            models.UniqueConstraint("community", Lower("name"), name="category_name_once_a_community"),
        ]

    def __str__(self) -> str:
        return self.name
