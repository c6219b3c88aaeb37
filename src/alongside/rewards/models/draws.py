"""A draw: announced, closed with a digest, and drawn with a number that is made elsewhere."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from alongside.kernel.channels import Channel
from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey, Membership, Person
from alongside.programs.models import Program
from alongside.rewards.models.rewards import Reward
from alongside.rewards.rules import drawing


class DrawQuerySet(CommunityQuerySet):
    def on(self, program: Program) -> Self:
        return self.filter(community=program.community_id, reward__program=program)

    def to_close(self, at: datetime) -> Self:
        return self.filter(closed_at=None, closes_at__lte=at)

    def newest_first(self) -> Self:
        return self.order_by("-opened_at", "-id")


class Draw(CommunityModel):
    """One draw of so many of a reward, among those who gave time from a day until a day.

    `number_at`: when the public number is made that decides it. `digest`: of all entries, once they are closed.
    """

    reward = HouseForeignKey(Reward, models.PROTECT, related_name="+")
    prizes = models.PositiveIntegerField()
    from_day = models.DateField()
    until_day = models.DateField()
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    number_at = models.DateTimeField()
    digest = models.CharField(max_length=64, blank=True)
    public_number = models.CharField(max_length=64, blank=True)
    drawn_at = models.DateTimeField(null=True)
    drawn_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    key = models.UUIDField()

    objects = DrawQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(prizes__gte=1), name="draw_has_a_prize"),
            models.CheckConstraint(condition=Q(until_day__gte=F("from_day")), name="draw_days_are_in_order"),
            models.CheckConstraint(
                condition=Q(opened_at__lt=F("closes_at"), closes_at__lt=F("number_at")),
                name="draw_closes_before_its_number_is_made",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, digest="")
                | (Q(closed_at__isnull=False, closed_at__lt=F("number_at")) & ~Q(digest="")),
                name="draw_closed_in_time_has_a_digest",
            ),
            models.CheckConstraint(
                condition=Q(drawn_at=None, drawn_by=None, public_number="")
                | (
                    Q(
                        closed_at__isnull=False,
                        drawn_at__isnull=False,
                        drawn_at__gte=F("number_at"),
                        drawn_by__isnull=False,
                    )
                    & ~Q(public_number="")
                ),
                name="draw_drawn_says_with_which_number",
            ),
            models.UniqueConstraint(fields=["community", "key"], name="draw_announced_once_a_form"),
        ]

    def __str__(self) -> str:
        return f"draw {self.pk}"

    @property
    def round(self) -> int:
        """Which round of the public number decides it."""
        return drawing.round_at(self.number_at)

    @property
    def source(self) -> str:
        """Where anybody reads that number."""
        return drawing.address_of(self.round)


class DrawEntryQuerySet(CommunityQuerySet):
    def on(self, draw: Draw) -> Self:
        return self.filter(community=draw.community_id, draw=draw)

    def winners(self) -> Self:
        return self.exclude(place=None).order_by("place")

    def by_name(self) -> Self:
        return self.order_by("name")


class DrawEntry(CommunityModel):
    """That somebody takes part. `name` tells nobody whose it is; `tickets`: once it is closed; `place`: if it won."""

    draw = HouseForeignKey(Draw, models.CASCADE, related_name="entries")
    # Nobody any more, once the person is erased: the entry stays, so that the draw can be drawn again.
    membership = HouseForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=8)
    entered_at = models.DateTimeField()
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    tickets = models.PositiveIntegerField(null=True)
    place = models.PositiveIntegerField(null=True)

    objects = DrawEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "draw entries"
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="draw_entry_has_a_name"),
            models.CheckConstraint(
                condition=Q(place=None) | Q(place__gte=1, tickets__isnull=False, tickets__gte=1),
                name="draw_entry_wins_with_a_ticket",
            ),
            models.UniqueConstraint(
                fields=["community", "draw", "membership"],
                condition=Q(membership__isnull=False),
                name="draw_entry_once_a_person",
            ),
            models.UniqueConstraint(fields=["community", "draw", "name"], name="draw_entry_name_is_its_own"),
            models.UniqueConstraint(
                fields=["community", "draw", "place"], condition=Q(place__isnull=False), name="draw_place_is_won_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
