"""Meetings of a board: who was there, what was said, and what was decided while enough of them were."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from alongside.kernel.channels import Channel
from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey, Membership, Person
from alongside.programs.models.program import Program


class BoardMeetingQuerySet(CommunityQuerySet):
    def on(self, program: Program) -> Self:
        return self.filter(community=program.community_id, program=program)

    def latest_first(self) -> Self:
        return self.order_by("-held_on", "-id")


class BoardMeeting(CommunityModel):
    """One board, one day. Its minutes can be put right; what it decided cannot."""

    program = HouseForeignKey(Program, models.PROTECT, related_name="board_meetings")
    job = models.CharField(max_length=40)
    held_on = models.DateField()
    minutes = models.TextField(max_length=20_000, blank=True)
    changed_at = models.DateTimeField()
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = BoardMeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "program", "job", "held_on"], name="board_meets_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.job}, {self.held_on}"


class BoardPresence(CommunityModel):
    """Somebody of the board is there."""

    meeting = HouseForeignKey(BoardMeeting, models.CASCADE, related_name="presences")
    membership = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = CommunityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "meeting", "membership"], name="board_presence_once"),
        ]

    def __str__(self) -> str:
        return str(self.membership_id)


class BoardDecision(CommunityModel):
    """What a board decided, with how many of how many were there. It never changes: the database refuses."""

    meeting = HouseForeignKey(BoardMeeting, models.PROTECT, related_name="decided")
    words = models.TextField(max_length=3000)
    holders = models.PositiveSmallIntegerField()
    here = models.PositiveSmallIntegerField()
    needed = models.PositiveSmallIntegerField()
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    at = models.DateTimeField()
    key = models.UUIDField()

    objects = CommunityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="board_decision_says_something"),
            models.CheckConstraint(
                condition=Q(needed__gte=1, here__gte=F("needed"), holders__gte=F("here")),
                name="board_decides_with_a_quorum",
            ),
            models.UniqueConstraint(fields=["community", "key"], name="board_decision_once_a_form"),
        ]

    def __str__(self) -> str:
        return self.words[:60]
