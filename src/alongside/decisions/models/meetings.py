"""A meeting, what stands on its agenda, who says that they come, and who was there. Its minutes are in `minutes`."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.decisions.models.proposals import Proposal
from alongside.decisions.models.talk import Side
from alongside.decisions.models.voting import Decision
from alongside.kernel.channels import Channel
from alongside.people.models import CommunityModel, CommunityQuerySet, Group, HouseForeignKey, Membership, Person

MOST_MINUTES, MOST_OF_AN_ITEM = 480, 240


def both_sides() -> list[str]:
    """The usual two sides between which a meeting decides."""
    return [Side.USES.value, Side.PROVIDES.value]


class MeetingQuerySet(CommunityQuerySet):
    def called(self) -> Self:
        """Meetings that take place, or did."""
        return self.filter(state=Meeting.State.CALLED)

    def coming(self, at: datetime) -> Self:
        """Meetings that are still to come or going on; the next first."""
        return self.called().filter(ended_at=None, starts_at__gt=at - Meeting.STILL_ON).order_by("starts_at", "id")

    def past(self, at: datetime) -> Self:
        """Meetings that are over or were called off; the latest first."""
        still = Q(state=Meeting.State.CALLED, ended_at=None, starts_at__gt=at - Meeting.STILL_ON)
        return self.exclude(still).order_by("-starts_at", "-id")

    def with_words(self) -> Self:
        return self.select_related("community", "group", "made_by__person")


class Meeting(CommunityModel):
    """People come together, at a time, to talk and to decide."""

    class State(models.TextChoices):
        CALLED = "called", _("called")
        CALLED_OFF = "called_off", _("called off")

    # So long after its start a meeting that nobody ended counts as going on.
    STILL_ON = timedelta(hours=12)

    title = models.CharField(max_length=120)
    purpose = models.TextField(max_length=2000, blank=True)
    # The group that meets; none: the whole community.
    group = HouseForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="+")
    starts_at = models.DateTimeField()
    minutes = models.PositiveIntegerField()
    place = models.CharField(max_length=200, blank=True)
    online = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=100, blank=True)
    # How one gets in and takes part: steps, a lift, a hearing loop, an interpreter.
    access = models.CharField(max_length=500, blank=True)
    # Between whom it decides, and how many of each side must be there for that; laid down when it is called.
    sides = models.JSONField(default=both_sides)
    least_each_side = models.PositiveIntegerField(default=3)
    visitors = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.CALLED)
    called_off_why = models.CharField(max_length=500, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    made_by = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    key = models.UUIDField()

    objects = MeetingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["community", "-starts_at", "-id"], name="meeting_by_its_start")]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="meeting_has_a_title"),
            models.CheckConstraint(condition=Q(minutes__gte=5, minutes__lte=MOST_MINUTES), name="meeting_has_a_length"),
            models.CheckConstraint(
                condition=~Q(place="") | ~Q(online="") | ~Q(phone=""), name="meeting_says_how_one_gets_there"
            ),
            models.CheckConstraint(condition=Q(least_each_side__gte=1), name="meeting_decides_with_somebody_of_each"),
            models.CheckConstraint(
                condition=Q(state="called", called_off_why="")
                | (Q(state="called_off", begun_at=None, ended_at=None) & ~Q(called_off_why="")),
                name="meeting_called_off_says_why",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(begun_at__isnull=False, ended_at__gte=models.F("begun_at")),
                name="meeting_ends_after_it_began",
            ),
            models.UniqueConstraint(fields=["community", "key"], name="meeting_made_once_a_form"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ends_at(self) -> datetime:
        """When it is meant to end."""
        return (self.begun_at or self.starts_at) + timedelta(minutes=self.minutes)

    @property
    def is_called_off(self) -> bool:
        return self.state == Meeting.State.CALLED_OFF

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None


class AgendaItemQuerySet(CommunityQuerySet):
    def on(self, meeting: Meeting) -> Self:
        return self.filter(community=meeting.community_id, meeting=meeting)

    def in_order(self) -> Self:
        return self.order_by("place", "at", "id")

    def to_deal_with(self) -> Self:
        """What stands on the agenda: not dropped, and not moved to another meeting."""
        return self.filter(state__in=[AgendaItem.State.STANDS, AgendaItem.State.DEALT_WITH])

    def with_words(self) -> Self:
        return self.select_related("brought_by__person", "proposal", "decision__proposal", "meeting")


class AgendaItem(CommunityModel):
    """One matter on the agenda of one meeting, brought by a member."""

    class Kind(models.TextChoices):
        TALK = "talk", _("to talk about")
        DECIDE = "decide", _("to be decided")
        LOOK_AGAIN = "look_again", _("to look at again")

    class State(models.TextChoices):
        STANDS = "stands", _("on the agenda")
        DEALT_WITH = "dealt_with", _("dealt with")
        CARRIED = "carried", _("moved to the next meeting")
        DROPPED = "dropped", _("taken off")

    meeting = HouseForeignKey(Meeting, models.CASCADE, related_name="items")
    title = models.CharField(max_length=160)
    why = models.TextField(max_length=1000, blank=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.TALK)
    proposal = HouseForeignKey(Proposal, models.PROTECT, null=True, blank=True, related_name="+")
    decision = HouseForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="+")
    # Since when people can read that it is to be decided.
    announced_at = models.DateTimeField(null=True, blank=True)
    wanted = models.PositiveIntegerField()
    # The minutes the facilitator gave it; none yet: what was wanted.
    given = models.PositiveIntegerField(null=True, blank=True)
    place = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.STANDS)
    dropped_why = models.CharField(max_length=500, blank=True)
    carried_from = HouseForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="carried_to")
    # While it is talked about: since when. And how long it was before.
    began_at = models.DateTimeField(null=True, blank=True)
    spent_seconds = models.PositiveIntegerField(default=0)
    brought_by = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    at = models.DateTimeField()
    key = models.UUIDField()

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["community", "meeting", "place"], name="agenda_in_order")]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="agenda_item_has_a_title"),
            models.CheckConstraint(
                condition=Q(wanted__gte=1, wanted__lte=MOST_OF_AN_ITEM)
                & (Q(given=None) | Q(given__gte=1, given__lte=MOST_OF_AN_ITEM)),
                name="agenda_item_takes_some_minutes",
            ),
            models.CheckConstraint(
                condition=Q(kind="talk", decision=None, announced_at=None)
                | Q(kind="decide", proposal__isnull=False, decision=None, announced_at__isnull=False)
                | Q(kind="look_again", proposal=None, decision__isnull=False, announced_at=None),
                name="agenda_item_is_about_what_it_says",
            ),
            models.CheckConstraint(
                condition=(Q(state="dropped") & ~Q(dropped_why="")) | (~Q(state="dropped") & Q(dropped_why="")),
                name="agenda_item_dropped_says_why",
            ),
            models.CheckConstraint(
                condition=Q(began_at=None) | Q(state="stands"), name="agenda_item_talked_about_still_stands"
            ),
            models.UniqueConstraint(
                fields=["community", "meeting"],
                condition=Q(began_at__isnull=False),
                name="agenda_item_talked_about_one_at_a_time",
            ),
            models.UniqueConstraint(fields=["community", "carried_from"], name="agenda_item_carried_once"),
            models.UniqueConstraint(fields=["community", "key"], name="agenda_item_made_once_a_form"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def minutes(self) -> int:
        """How long it may take: what the facilitator gave, else what was wanted."""
        return self.given or self.wanted

    def seconds_spent(self, at: datetime) -> int:
        """How long it has been talked about."""
        running = int((at - self.began_at).total_seconds()) if self.began_at else 0
        return self.spent_seconds + max(running, 0)


class Coming(CommunityModel):
    """Whether somebody comes, and what they need to take part; their last word counts."""

    meeting = HouseForeignKey(Meeting, models.CASCADE, related_name="coming")
    membership = HouseForeignKey(Membership, models.CASCADE, related_name="+")
    comes = models.BooleanField()
    # Only facilitators read it.
    needs = models.CharField(max_length=300, blank=True)
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    at = models.DateTimeField()

    objects = CommunityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "coming"
        constraints = [
            models.UniqueConstraint(fields=["community", "meeting", "membership"], name="coming_once_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id}: {self.comes}"


class Attendance(CommunityModel):
    """Somebody was there, for one side. Visitors are counted on the meeting, without a name."""

    class Way(models.TextChoices):
        ROOM = "room", _("in the room")
        ONLINE = "online", _("online")
        PHONE = "phone", _("by phone")

    meeting = HouseForeignKey(Meeting, models.PROTECT, related_name="attendance")
    membership = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    side = models.CharField(max_length=10, choices=Side)
    way = models.CharField(max_length=6, choices=Way, default=Way.ROOM)
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = CommunityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "attendance"
        indexes = [models.Index(fields=["community", "membership"], name="attendance_by_member")]
        constraints = [
            models.CheckConstraint(
                condition=Q(side__in=["uses", "provides", "kin", "funds", "keeps"]), name="attendance_is_of_a_side"
            ),
            models.UniqueConstraint(fields=["community", "meeting", "membership"], name="attendance_once_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id}: {self.side}"
