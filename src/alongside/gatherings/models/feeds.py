"""Calendar addresses with a secret in them."""

from typing import Self

from django.db import models
from django.db.models import Q

from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey, Membership, Person


class FeedQuerySet(CommunityQuerySet):
    def live(self) -> Self:
        return self.filter(ended_at=None)


class Feed(CommunityModel):
    """What one calendar reads: one person's own bookings, or what is public. The secret itself is not kept."""

    # Whose calendar it is; none: what is public here, for everybody.
    membership = HouseForeignKey(Membership, models.CASCADE, null=True, blank=True, related_name="+")
    # A hash of the secret; its last letters tell addresses apart on screen.
    secret_hash = models.CharField(max_length=64)
    secret_end = models.CharField(max_length=4)
    name = models.CharField(max_length=60, blank=True)
    # Off, as it is made: every entry bears the name of the community, for phones lie about on tables.
    shows_titles = models.BooleanField(default=False)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = FeedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["secret_hash"], name="feeds_by_their_secret")]
        constraints = [
            models.CheckConstraint(condition=~Q(secret_hash=""), name="feed_has_a_secret"),
            models.UniqueConstraint(fields=["community", "secret_hash"], name="feed_secret_is_its_own"),
        ]

    def __str__(self) -> str:
        return f"…{self.secret_end}"
