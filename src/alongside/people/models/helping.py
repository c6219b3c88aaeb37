"""Acting for someone: who may do what for whom, agreed how, and until when."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alongside.kernel.channels import Channel
from alongside.people.models.base import CommunityModel, CommunityQuerySet, HouseForeignKey
from alongside.people.models.membership import Membership
from alongside.people.models.person import Person


class DelegationQuerySet(CommunityQuerySet):
    def live(self, *, on: date) -> Self:
        """Agreements that hold on a day; the last day counts."""
        return self.filter(ended_at=None, expires_on__gte=on, membership__left_at=None).filter(
            Q(helper=None) | Q(helper__left_at=None)
        )

    def for_helper(self, helper: Membership, *, coordinates: bool) -> Self:
        """Agreements under which `helper` may act, those with all coordinators included."""
        mine = Q(helper=helper)
        return self.filter(mine | Q(helper=None) if coordinates else mine).exclude(membership=helper)


class Delegation(CommunityModel):
    """One member lets another act for them. Without a `helper`: lets the coordinators."""

    membership = HouseForeignKey(Membership, models.CASCADE, related_name="helpers")
    helper = HouseForeignKey(Membership, models.CASCADE, null=True, related_name="helps")
    consent_how = models.CharField(_("how it was agreed"), max_length=10, choices=Channel)
    consent_on = models.DateField(_("agreed on"))
    consent_words = models.TextField(_("what was said"), blank=True)
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_on = models.DateField(pgettext_lazy("last day", "until"))
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = DelegationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(helper=None) | ~Q(helper=F("membership")), name="delegation_is_to_somebody_else"
            ),
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("consent_on")), name="delegation_ends_after_it_is_agreed"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False),
                name="delegation_ended_has_a_moment",
            ),
            models.UniqueConstraint(
                fields=["community", "membership", "helper"],
                condition=Q(helper__isnull=False, ended_at=None),
                name="delegation_once_to_a_helper",
            ),
            models.UniqueConstraint(
                fields=["community", "membership"],
                condition=Q(helper=None, ended_at=None),
                name="delegation_once_to_the_coordinators",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} by {self.helper_id or 'coordinators'}"


class DelegatedAbility(CommunityModel):
    """One thing that may be done under a delegation, by its registered name."""

    delegation = HouseForeignKey(Delegation, models.CASCADE, related_name="abilities")
    ability = models.CharField(max_length=60)

    objects = CommunityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "delegated abilities"
        constraints = [
            models.UniqueConstraint(fields=["community", "delegation", "ability"], name="delegated_ability_named_once")
        ]

    def __str__(self) -> str:
        return self.ability
