"""One coming together, and what people can take at it."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Prefetch, Q

from alongside.gatherings.models.happening import (
    Happening,
    SignUp,
    State,
    Visibility,
    called_off_says_why,
    has_a_length,
    shown_to_somebody,
)
from alongside.gatherings.models.series import PartKind, Series
from alongside.kernel.text import folded
from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey, Person

# So long before its start people may be ticked and sign in.
DOORS_OPEN = timedelta(hours=3)


class GatheringQuerySet(CommunityQuerySet):
    def of_room(self, room: str, id: str) -> Self:
        """What a room above has made for one of its things."""
        return self.filter(for_room=room, for_id=str(id))

    def between(self, a: datetime, b: datetime) -> Self:
        """Gatherings of which at least a moment lies from `a` to `b`, in the order of their starts."""
        return self.filter(starts_at__lt=b, ends_at__gt=a).order_by("starts_at", "id")

    def coming(self, at: datetime) -> Self:
        """Gatherings that are still to come or going on, the next first."""
        return self.filter(ends_at__gt=at).order_by("starts_at", "id")

    def planned(self) -> Self:
        """Gatherings that take place, or did."""
        return self.filter(state=State.PLANNED)

    def public(self) -> Self:
        """What people who do not belong here may read about."""
        return self.filter(visibility=Visibility.PUBLIC)

    def matching(self, text: str) -> Self:
        """Gatherings whose title has every word of `text`, whatever the case, with or without accents."""
        found = self
        for word in folded(text[:120]).split():
            found = found.filter(search_title__contains=word)
        return found

    def with_words(self) -> Self:
        return self.select_related("place", "group", "series")

    def with_parts(self) -> Self:
        return self.prefetch_related(Prefetch("parts", Part.objects.in_order()))


class Gathering(Happening):
    """It starts and ends at a moment. In a series it may be moved, changed and called off by itself."""

    series = HouseForeignKey(Series, models.PROTECT, null=True, blank=True, related_name="gatherings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    # When the rule of its series has it, wherever it was moved to since: the RECURRENCE-ID of calendars.
    original_start = models.DateTimeField(null=True, blank=True)
    # Words, place or time of its own: a change of the series leaves these alone.
    has_own_words = models.BooleanField(default=False)
    # Attendance was closed: what comes in later is for a coordinator to settle.
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    objects = GatheringQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["community", "starts_at"], name="gatherings_by_their_start"),
            models.Index(fields=["community", "for_room", "for_id", "starts_at"], name="gatherings_of_a_room"),
            models.Index(fields=["starts_at"], name="gatherings_to_remind_of"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="gathering_has_a_title"),
            models.CheckConstraint(condition=has_a_length(), name="gathering_has_a_length"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="gathering_ends_after_it_starts"),
            models.CheckConstraint(condition=called_off_says_why(), name="gathering_called_off_says_why"),
            models.CheckConstraint(condition=shown_to_somebody(), name="gathering_of_a_group_names_it"),
            models.CheckConstraint(
                condition=Q(sign_up__in=["open", "coordinator", "none"]), name="gathering_sign_up_is_known"
            ),
            models.CheckConstraint(
                condition=Q(series=None, original_start=None)
                | Q(series__isnull=False, original_start__isnull=False, key=None),
                name="gathering_of_a_series_has_its_turn",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None) | Q(closed_at__isnull=False, state="planned"),
                name="gathering_closed_took_place",
            ),
            models.UniqueConstraint(fields=["community", "series", "original_start"], name="gathering_once_a_turn"),
            models.UniqueConstraint(fields=["community", "key"], name="gathering_made_once_a_form"),
        ]

    @property
    def was_moved(self) -> bool:
        return self.original_start is not None and self.starts_at != self.original_start

    @property
    def signs_up(self) -> bool:
        """Do people say before that they come?"""
        return self.sign_up != SignUp.NONE

    def is_open(self, at: datetime) -> bool:
        """Can places be taken and given up still?"""
        return not self.is_called_off and at < self.ends_at and self.closed_at is None


class PartQuerySet(CommunityQuerySet):
    def in_order(self) -> Self:
        return self.order_by("position", "id")


class Part(CommunityModel):
    """Something a person can take: a seat, one of six cooks, a childcare place, a ride.

    `taken` is kept by the database itself (migration 0002): the sum of the seats of all bookings that hold.
    """

    gathering = HouseForeignKey(Gathering, models.CASCADE, related_name="parts")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=5, choices=PartKind, default=PartKind.COME)
    size = models.PositiveIntegerField(null=True, blank=True)
    taken = models.PositiveIntegerField(default=0)
    position = models.PositiveSmallIntegerField()

    objects = PartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="part_has_a_name"),
            models.CheckConstraint(condition=Q(kind__in=["come", "help", "extra"]), name="part_kind_is_known"),
            models.CheckConstraint(condition=Q(size=None) | Q(size__gte=1), name="part_has_room_for_one"),
            models.CheckConstraint(
                condition=Q(size=None) | Q(taken__lte=F("size")), name="part_takes_no_more_than_fit"
            ),
            models.UniqueConstraint(fields=["community", "gathering", "name"], name="part_name_is_its_own"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def free(self) -> int | None:
        """How many can still be taken; None is room without end."""
        return None if self.size is None else self.size - self.taken
