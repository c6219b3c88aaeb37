"""Recognised work: raising children, caring at home, keeping a street safe."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from alongside.kernel.channels import Channel
from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey, Person
from alongside.timebank.models.bank import Division
from alongside.timebank.models.transfers import Transfer


class RecognisedKindQuerySet(CommunityQuerySet):
    def in_use(self) -> Self:
        return self.filter(archived_at=None)


class RecognisedKind(CommunityModel):
    """A kind of unpaid work the members chose to see and count."""

    name = models.CharField(_("name"), max_length=80)
    division = models.PositiveSmallIntegerField(_("statistical division"), choices=Division)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = RecognisedKindQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="recognised_kind_has_a_name"),
            models.UniqueConstraint("community", Lower("name"), name="recognised_kind_name_once_a_community"),
        ]

    def __str__(self) -> str:
        return self.name


class RecognisedWork(CommunityModel):
    """Time a person noted. It moves no credit unless the community says so; then `transfer` names the grant."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="recognised_work")
    kind = HouseForeignKey(RecognisedKind, models.PROTECT, related_name="noted")
    minutes = models.BigIntegerField()
    done_on = models.DateField(_("day"))
    words = models.CharField(_("in your words"), max_length=500, blank=True)
    key = models.CharField(max_length=60)
    transfer = HouseForeignKey(Transfer, models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel)

    objects = CommunityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "recognised work"
        constraints = [
            models.UniqueConstraint(fields=["community", "key"], name="recognised_work_key_has_one_effect"),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="recognised_work_of_at_least_a_minute"),
        ]
        indexes = [models.Index(fields=["community", "done_on"], name="recognised_work_by_day")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.minutes} min"
