"""Say: how much of the deciding a person has had."""

from django.db import models

from alongside.decisions.models.voting import Decision
from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey, Membership


class Say(CommunityModel):
    """What one person had to do with one decision; written when it closes, and never how they voted."""

    decision = HouseForeignKey(Decision, models.PROTECT, related_name="+")
    membership = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    # The community's day on which it closed.
    day = models.DateField()
    eligible = models.BooleanField()
    seen = models.BooleanField()
    took_part = models.BooleanField()
    authored = models.BooleanField()
    amended = models.BooleanField(default=False)
    adopted = models.BooleanField()

    objects = CommunityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "say"
        indexes = [models.Index(fields=["community", "membership", "day"], name="say_by_member")]
        constraints = [
            models.UniqueConstraint(fields=["community", "decision", "membership"], name="say_once_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} on {self.day}"
