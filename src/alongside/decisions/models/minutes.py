"""The minutes of a meeting: what was said and agreed, as it stood each time; who approves it; what people undertake."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from alongside.decisions.models.meetings import AgendaItem, Meeting
from alongside.decisions.models.talk import Side
from alongside.kernel.channels import Channel
from alongside.people.models import (
    CommunityModel,
    CommunityQuerySet,
    HouseForeignKey,
    HouseOneToOneField,
    Membership,
    Person,
)


class MinutesQuerySet(CommunityQuerySet):
    def fixed(self, meeting: Meeting) -> bool:
        """Whether the minutes of `meeting` were put forward: who was there stays as it is then."""
        return self.filter(meeting=meeting).exclude(state=Minutes.State.WRITING).exists()


class Minutes(CommunityModel):
    """How far the minutes of a meeting are. Once approved nothing of them changes: the database refuses."""

    class State(models.TextChoices):
        WRITING = "writing", _("being written")
        PUT_FORWARD = "put_forward", _("waiting to be approved")
        APPROVED = "approved", _("approved")

    meeting = HouseOneToOneField(Meeting, models.PROTECT, related_name="minutes_of_it")
    state = models.CharField(max_length=11, choices=State, default=State.WRITING)
    # Counts how often they were put forward; approvals are of one revision, and begin anew with the next.
    revision = models.PositiveIntegerField(default=0)
    put_forward_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)

    objects = MinutesQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "minutes"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="writing", approved_at=None)
                | Q(state="put_forward", approved_at=None, put_forward_at__isnull=False, revision__gte=1)
                | Q(state="approved", approved_at__isnull=False, put_forward_at__isnull=False, revision__gte=1),
                name="minutes_approved_after_they_were_put_forward",
            ),
            models.UniqueConstraint(fields=["community", "meeting"], name="minutes_once_a_meeting"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.state}"

    @property
    def is_approved(self) -> bool:
        return self.state == Minutes.State.APPROVED


class PassageQuerySet(CommunityQuerySet):
    def on(self, meeting: Meeting) -> Self:
        return self.filter(community=meeting.community_id, item__meeting=meeting)

    def present(self) -> Self:
        """Of every item the words that count now."""
        later = Passage.objects.filter(
            item=OuterRef("item"), community=OuterRef("community"), number__gt=OuterRef("number")
        )
        return self.filter(~Exists(later))


class Passage(CommunityModel):
    """What the minutes say about one item, as somebody left it. Every state is a row, and no row ever changes."""

    item = HouseForeignKey(AgendaItem, models.PROTECT, related_name="passages")
    number = models.PositiveIntegerField()
    said = models.TextField(max_length=10_000, blank=True)
    agreed = models.TextField(max_length=3000, blank=True)
    membership = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = PassageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="passage_numbers_start_at_one"),
            # Of two who write at once one is faster, and the other is shown both.
            models.UniqueConstraint(fields=["community", "item", "number"], name="passage_number_is_its_own"),
        ]

    def __str__(self) -> str:
        return f"{self.item}, {self.number}"


class MinutesApproval(CommunityModel):
    """Somebody who was there says of one revision of the minutes: that is how it was."""

    meeting = HouseForeignKey(Meeting, models.PROTECT, related_name="approvals")
    revision = models.PositiveIntegerField()
    membership = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    side = models.CharField(max_length=10, choices=Side)
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    at = models.DateTimeField()

    objects = CommunityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "meeting", "revision", "membership"], name="minutes_approved_once_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id}: {self.revision}"


class Correction(CommunityModel):
    """Somebody who was there asks for other words in the minutes, and what became of it."""

    class State(models.TextChoices):
        WAITS = "waits", _("not yet answered")
        TAKEN_UP = "taken_up", _("taken up")
        NOT_TAKEN_UP = "not_taken_up", _("not taken up")

    meeting = HouseForeignKey(Meeting, models.PROTECT, related_name="corrections")
    revision = models.PositiveIntegerField()
    item = HouseForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="+")
    membership = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    side = models.CharField(max_length=10, choices=Side)
    words = models.TextField(max_length=1000, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.WAITS)
    answer = models.CharField(max_length=500, blank=True)
    answered_by = HouseForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    at = models.DateTimeField()
    # Set when who asked was erased: the words are gone, what became of it stays.
    words_erased_at = models.DateTimeField(null=True, blank=True)
    key = models.UUIDField()

    objects = CommunityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(~Q(words="") & Q(words_erased_at=None)) | Q(words="", words_erased_at__isnull=False),
                name="correction_says_something_or_was_erased",
            ),
            models.CheckConstraint(
                condition=Q(state="waits", answer="", answered_by=None, answered_at=None)
                | Q(state="taken_up", answered_by__isnull=False, answered_at__isnull=False)
                | (Q(state="not_taken_up", answered_by__isnull=False, answered_at__isnull=False) & ~Q(answer="")),
                name="correction_answered_by_whom_when_and_why_not",
            ),
            models.UniqueConstraint(fields=["community", "key"], name="correction_made_once_a_form"),
        ]

    def __str__(self) -> str:
        return self.words


class UndertakingQuerySet(CommunityQuerySet):
    def open(self) -> Self:
        """What is still to be done, whether or not somebody has taken it on."""
        return self.filter(state__in=Undertaking.OPEN)

    def with_words(self) -> Self:
        return self.select_related("owner__person", "meeting", "item")


class Undertaking(CommunityModel):
    """Something that somebody is to do after a meeting, until when, and what became of it."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        TAKEN = "taken", _("taken on")
        DECLINED = "declined", _("nobody does it yet")
        DONE = "done", _("done")
        DROPPED = "dropped", _("not done")

    OPEN = (State.ASKED, State.TAKEN, State.DECLINED)

    meeting = HouseForeignKey(Meeting, models.PROTECT, related_name="undertakings")
    item = HouseForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="undertakings")
    what = models.CharField(max_length=300)
    # None once they said no, or left: then it waits for somebody else.
    owner = HouseForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=State)
    # What became of it, in a word; why, where it was dropped.
    word = models.CharField(max_length=500, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    made_by = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    key = models.UUIDField()

    objects = UndertakingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["community", "owner", "state"], name="undertaking_by_owner")]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="undertaking_says_what"),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "taken"], owner__isnull=False)
                | Q(state="declined", owner=None)
                | Q(state__in=["done", "dropped"]),
                name="undertaking_asks_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "taken", "declined"], closed_at=None)
                | Q(state="done", closed_at__isnull=False)
                | (Q(state="dropped", closed_at__isnull=False) & ~Q(word="")),
                name="undertaking_closed_when_and_dropped_why",
            ),
            models.UniqueConstraint(fields=["community", "key"], name="undertaking_made_once_a_form"),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def is_open(self) -> bool:
        return self.state in Undertaking.OPEN

    def is_late(self, today: date) -> bool:
        return self.is_open and self.due_on < today
