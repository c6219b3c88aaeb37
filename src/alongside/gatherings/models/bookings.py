"""Who takes part: a yes to a whole bundle, a place in line, or a word that one would step in."""

from typing import Self

from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from alongside.gatherings.models.gatherings import Gathering, Part
from alongside.kernel.channels import Channel
from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey, Membership, Person

MOST_SEATS = 20


class BookingQuerySet(CommunityQuerySet):
    def booked(self) -> Self:
        return self.filter(state=Booking.State.BOOKED)

    def in_line(self) -> Self:
        """Who waits, the first in line first."""
        return self.filter(state=Booking.State.WAITING).order_by("place_in_line")

    def on_stand_by(self) -> Self:
        return self.filter(state=Booking.State.STAND_BY).order_by("at", "id")

    def with_people(self) -> Self:
        return self.select_related("membership__person")

    def with_seats(self) -> Self:
        return self.prefetch_related(Prefetch("seats", Seat.objects.select_related("part").order_by("part__position")))

    def by_name(self) -> Self:
        return self.order_by("membership__person__search_name", "id")


class Booking(CommunityModel):
    """One person's word about one gathering; their last word counts."""

    class State(models.TextChoices):
        BOOKED = "booked", _("has a place")
        WAITING = "waiting", _("on the waiting list")
        STAND_BY = "stand_by", _("would step in")
        DECLINED = "declined", _("cannot come")
        CALLED_OFF = "called_off", _("gave the place up")

    # Somebody counts on it: they are told of changes.
    LIVE = (State.BOOKED, State.WAITING, State.STAND_BY)

    gathering = HouseForeignKey(Gathering, models.PROTECT, related_name="bookings")
    membership = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State)
    # Whoever waits has a number; numbers only grow, so that nobody changes places.
    place_in_line = models.PositiveIntegerField(null=True, blank=True)
    # Asked since when whether the place still suits, and when they said that it does.
    asked_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    # What somebody needs to take part; read by whoever looks after the gathering alone.
    needs = models.CharField(max_length=300, blank=True)
    keyed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    at = models.DateTimeField()

    objects = BookingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["community", "membership", "state"], name="bookings_of_a_member"),
            models.Index(fields=["community", "gathering", "state"], name="bookings_of_a_gathering"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["booked", "waiting", "stand_by", "declined", "called_off"]),
                name="booking_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", place_in_line__isnull=False)
                | (~Q(state="waiting") & Q(place_in_line=None)),
                name="booking_waits_at_a_place_in_line",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(state="booked"), name="booking_confirmed_has_a_place"
            ),
            models.UniqueConstraint(fields=["community", "gathering", "membership"], name="booking_once_a_person"),
            models.UniqueConstraint(
                fields=["community", "gathering", "place_in_line"], name="booking_line_has_no_ties"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id}: {self.state}"

    @property
    def is_booked(self) -> bool:
        return self.state == self.State.BOOKED

    @property
    def is_live(self) -> bool:
        return self.state in self.LIVE

    @property
    def must_confirm(self) -> bool:
        """Asked whether the place suits, and not answered."""
        return self.is_booked and self.asked_at is not None and self.confirmed_at is None


class Seat(CommunityModel):
    """So many of one part in a booking. All seats of a booking are held together or not at all."""

    booking = HouseForeignKey(Booking, models.CASCADE, related_name="seats")
    part = HouseForeignKey(Part, models.CASCADE, related_name="seats")
    count = models.PositiveSmallIntegerField(default=1)

    objects = CommunityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(count__gte=1, count__lte=MOST_SEATS), name="seat_is_for_one_or_some"),
            models.UniqueConstraint(fields=["community", "booking", "part"], name="seat_once_a_part"),
        ]

    def __str__(self) -> str:
        return f"{self.part_id} ×{self.count}"
