"""Where people meet, and what helps them get in and take part."""

from typing import Self

from django.db import models
from django.db.models import Q

from alongside.people.models import CommunityModel, CommunityQuerySet


class PlaceQuerySet(CommunityQuerySet):
    def open(self) -> Self:
        """Places that are still used, by name."""
        return self.filter(closed_at=None).order_by("name", "id")


class Place(CommunityModel):
    """A place with its access notes. A box that is not ticked says nothing; the notes tell the rest."""

    name = models.CharField(max_length=120)
    address = models.CharField(max_length=300, blank=True)
    is_step_free = models.BooleanField(default=False)
    has_hearing_loop = models.BooleanField(default=False)
    has_quiet_room = models.BooleanField(default=False)
    access_notes = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="place_has_a_name"),
            models.UniqueConstraint(
                fields=["community", "name"], condition=Q(closed_at=None), name="place_name_is_its_own"
            ),
        ]

    def __str__(self) -> str:
        return self.name
