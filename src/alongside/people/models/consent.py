"""What people agree to: purposes, dated, and sharing how to reach each other."""

from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from alongside.kernel.channels import Channel
from alongside.people.models.base import CommunityModel, CommunityQuerySet, HouseForeignKey
from alongside.people.models.membership import Membership
from alongside.people.models.person import Person


class ConsentQuerySet(CommunityQuerySet):
    def latest_of(self, membership: Membership, purpose: str) -> "Consent | None":
        """The last word on a purpose; None when nothing was ever said."""
        said: Consent | None = (
            self.filter(community=membership.community_id, membership=membership, purpose=purpose)
            .order_by("-at", "-id")
            .first()
        )
        return said


class Consent(CommunityModel):
    """A yes or a no to one purpose at one moment. Rows are added, never changed: the last one counts."""

    membership = HouseForeignKey(Membership, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=60)
    given = models.BooleanField()
    # The very words that were agreed to, as they stood on the page that day.
    words = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["community", "membership", "purpose", "-at"], name="consent_last_word")]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="consent_is_to_some_words")]

    def __str__(self) -> str:
        return f"{self.purpose}: {'yes' if self.given else 'no'}"


class ContactShareQuerySet(CommunityQuerySet):
    def open(self) -> Self:
        return self.filter(ended_at=None)

    def agreed(self) -> Self:
        return self.open().filter(agreed=True)

    def between(self, one: Membership | UUID, other: Membership | UUID) -> Self:
        return self.filter(Q(asker=one, asked=other) | Q(asker=other, asked=one))

    def with_member(self, membership: Membership) -> Self:
        return self.filter(Q(asker=membership) | Q(asked=membership))


class ContactShare(CommunityModel):
    """Two members may see how to reach each other. Asking shows your readiness; nothing is seen before a yes."""

    asker = HouseForeignKey(Membership, models.CASCADE, related_name="contacts_asked")
    asked = HouseForeignKey(Membership, models.CASCADE, related_name="contacts_asked_of")
    words = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField()
    agreed = models.BooleanField(null=True)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = ContactShareQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(asker=F("asked")), name="contact_share_is_between_two"),
            models.UniqueConstraint(
                fields=["community", "asker", "asked"], condition=Q(ended_at=None), name="contact_share_open_once"
            ),
            models.CheckConstraint(
                condition=Q(agreed=None, answered_at=None) | Q(agreed__isnull=False, answered_at__isnull=False),
                name="contact_share_answered_has_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(agreed=False) | Q(ended_at__isnull=False), name="contact_share_refused_is_over"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asker_id} and {self.asked_id}"
