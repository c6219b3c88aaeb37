"""Topics that people ask for, who wants them, and the classes that come of them."""

from typing import Self

from django.db import models
from django.db.models import Count, Q

from alongside.kernel.channels import Channel
from alongside.people.models import (
    CommunityModel,
    CommunityQuerySet,
    HouseForeignKey,
    HouseOneToOneField,
    Membership,
    Person,
)
from alongside.programs.models.program import Program
from alongside.programs.models.sessions import Session


class TopicQuerySet(CommunityQuerySet):
    def on(self, program: Program) -> Self:
        return self.filter(community=program.community_id, program=program)

    def asked_for(self) -> Self:
        """Topics that no class has come of yet."""
        return self.filter(topic_class=None)

    def with_wishes(self) -> Self:
        """Add `wanted`: how many people want it."""
        return self.annotate(wanted=Count("wishes"))

    def most_wanted_first(self) -> Self:
        return self.order_by("-wanted", "at", "id")


class Topic(CommunityModel):
    """Something somebody would like to learn or talk about, in their own words."""

    program = HouseForeignKey(Program, models.PROTECT, related_name="topics")
    words = models.CharField(max_length=80)
    proposed_by = HouseForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    at = models.DateTimeField()
    key = models.UUIDField()

    objects = TopicQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="topic_says_something"),
            models.UniqueConstraint(fields=["community", "program", "words"], name="topic_once_in_a_program"),
            models.UniqueConstraint(fields=["community", "key"], name="topic_once_a_form"),
        ]

    def __str__(self) -> str:
        return self.words


class TopicWish(CommunityModel):
    """Somebody wants a topic too."""

    topic = HouseForeignKey(Topic, models.CASCADE, related_name="wishes")
    membership = HouseForeignKey(Membership, models.CASCADE, related_name="+")
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    at = models.DateTimeField()

    objects = CommunityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "topic", "membership"], name="topic_wanted_once_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} wants {self.topic_id}"


class TopicClassQuerySet(CommunityQuerySet):
    def on(self, program: Program) -> Self:
        return self.filter(community=program.community_id, topic__program=program)

    def with_people(self) -> Self:
        return self.select_related("topic", "host__person", "asked__person", "session__gathering")

    def held(self) -> Self:
        return self.exclude(session__held_at=None).exclude(session=None)


class TopicClass(CommunityModel):
    """A class that comes of a topic: a draft until somebody hosts it, then held at one session of a run."""

    topic = HouseOneToOneField(Topic, models.PROTECT, related_name="topic_class")
    host = HouseForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    hosted_since = models.DateTimeField(null=True)
    # Who was asked to host it, and has not answered.
    asked = HouseForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    session = HouseForeignKey(Session, models.PROTECT, null=True, related_name="classes")
    places = models.PositiveSmallIntegerField(null=True)
    # The host left after it was planned: another is looked for.
    lost_host_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()

    objects = TopicClassQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(host=None, hosted_since=None) | Q(host__isnull=False, hosted_since__isnull=False),
                name="class_host_since_when",
            ),
            models.CheckConstraint(
                condition=Q(session=None) | Q(host__isnull=False) | Q(lost_host_at__isnull=False),
                name="class_is_planned_with_a_host",
            ),
            models.CheckConstraint(
                condition=Q(session=None, places=None) | Q(session__isnull=False, places__isnull=False, places__gte=1),
                name="class_planned_has_places",
            ),
            models.UniqueConstraint(fields=["community", "topic"], name="class_once_a_topic"),
        ]

    def __str__(self) -> str:
        return str(self.topic_id)
