"""Which coordinator has taken which piece of work from the shared queue."""

from django.db import models

from alongside.people.models import CommunityModel, CommunityQuerySet, Person


class QueueClaim(CommunityModel):
    # "<source>:<id>", as the queue source names its pieces of work.
    item = models.CharField(max_length=80)
    taken_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    objects = CommunityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "item"], name="work_taken_by_one_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.item} taken by {self.taken_by}"
