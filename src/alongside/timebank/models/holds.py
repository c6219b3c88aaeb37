"""Hours set aside until an exchange is confirmed, refused or out of time."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.channels import Channel
from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey, Person
from alongside.timebank.models.accounts import Account
from alongside.timebank.models.bank import Category


class HoldQuerySet(CommunityQuerySet):
    def held(self) -> Self:
        return self.filter(state="held")

    def out_of_time(self, at: datetime) -> Self:
        return self.held().filter(expires_at__lte=at)


class Hold(CommunityModel):
    """Reserved minutes: held, then posted (in whole or in part) or released, once.

    While held they count toward both people's limits. The accounts' sums of held and awaited
    minutes are kept by the database itself.
    """

    class State(models.TextChoices):
        HELD = "held", _("held")
        POSTED = "posted", _("posted")
        RELEASED = "released", _("released")

    key = models.CharField(max_length=80)
    payer = HouseForeignKey(Account, models.PROTECT, related_name="holds_out")
    payee = HouseForeignKey(Account, models.PROTECT, related_name="holds_in")
    minutes = models.BigIntegerField()
    category = HouseForeignKey(Category, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.HELD)
    held_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    on_behalf_of = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel)

    objects = HoldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "key"], name="hold_key_has_one_effect"),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="hold_of_at_least_a_minute"),
            models.CheckConstraint(condition=~Q(payer=F("payee")), name="hold_is_between_two_accounts"),
            models.CheckConstraint(condition=Q(state__in=["held", "posted", "released"]), name="hold_state_is_known"),
            models.CheckConstraint(
                condition=Q(state="held", ended_at=None) | (~Q(state="held") & Q(ended_at__isnull=False)),
                name="hold_ended_when_it_no_longer_holds",
            ),
        ]
        indexes = [
            models.Index(fields=["community", "payer"], condition=Q(state="held"), name="hold_out_open"),
            models.Index(fields=["community", "payee"], condition=Q(state="held"), name="hold_in_open"),
            models.Index(fields=["expires_at"], condition=Q(state="held"), name="hold_by_expiry"),
        ]

    def __str__(self) -> str:
        return f"{self.minutes} min {self.state}"
