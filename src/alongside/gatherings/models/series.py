"""Gatherings that repeat: the rule, and what can be taken at each of them."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.gatherings.models.happening import Happening, State, called_off_says_why, has_a_length, shown_to_somebody
from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey


class SeriesQuerySet(CommunityQuerySet):
    def of_room(self, room: str, id: str) -> Self:
        """What a room above has made for one of its things."""
        return self.filter(for_room=room, for_id=str(id))

    def going_on(self) -> Self:
        """Series to which gatherings may still be added."""
        return self.filter(state=State.PLANNED, is_complete=False)


class Series(Happening):
    """A rule of RFC 5545 on the clock of one place. Its gatherings are rows, made for some months ahead."""

    rrule = models.CharField(max_length=300)
    # Wall time of the first one; the zone stays, should the community ever move to another.
    first_day = models.DateField()
    start = models.TimeField()
    time_zone = models.CharField(max_length=60)
    # Up to here all gatherings are made; complete once the rule is over.
    made_until = models.DateTimeField(null=True, blank=True)
    is_complete = models.BooleanField(default=False)
    # From one gathering on the series became another: this is the one before.
    follows = HouseForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "series"
        indexes = [models.Index(fields=["community", "for_room", "for_id"], name="series_of_a_room")]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="series_has_a_title"),
            models.CheckConstraint(condition=~Q(rrule=""), name="series_has_a_rule"),
            models.CheckConstraint(condition=has_a_length(), name="series_has_a_length"),
            models.CheckConstraint(condition=called_off_says_why(), name="series_called_off_says_why"),
            models.CheckConstraint(condition=shown_to_somebody(), name="series_of_a_group_names_it"),
            models.CheckConstraint(
                condition=Q(sign_up__in=["open", "coordinator", "none"]), name="series_sign_up_is_known"
            ),
            models.UniqueConstraint(fields=["community", "key"], name="series_made_once_a_form"),
        ]

    @property
    def starts_local(self) -> datetime:
        """The first start, in wall time."""
        return datetime.combine(self.first_day, self.start)


class PartKind(models.TextChoices):
    COME = "come", _("come along")
    HELP = "help", _("help")
    EXTRA = "extra", _("something to go with it")


class SeriesPart(CommunityModel):
    """What each gathering of a series is made with: its places, its tasks, its extras."""

    series = HouseForeignKey(Series, models.CASCADE, related_name="parts")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=5, choices=PartKind, default=PartKind.COME)
    size = models.PositiveIntegerField(null=True, blank=True)
    position = models.PositiveSmallIntegerField()

    objects = CommunityQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="series_part_has_a_name"),
            models.CheckConstraint(condition=Q(kind__in=["come", "help", "extra"]), name="series_part_kind_is_known"),
            models.CheckConstraint(condition=Q(size=None) | Q(size__gte=1), name="series_part_has_room_for_one"),
            models.UniqueConstraint(fields=["community", "series", "name"], name="series_part_name_is_its_own"),
        ]

    def __str__(self) -> str:
        return self.name
