"""Goodbyes in topics and classes: wishes go, classes that were held stay under no name."""

from datetime import datetime
from typing import Any

from alongside.people import departures
from alongside.people.models import Membership, Person
from alongside.programs import actions
from alongside.programs.models import Topic, TopicClass, TopicWish

COVERS = [
    "programs.Topic.proposed_by",
    "programs.Topic.keyed_by",
    "programs.TopicWish.membership",
    "programs.TopicWish.keyed_by",
    "programs.TopicClass.host",
    "programs.TopicClass.asked",
]


def register() -> None:
    """Tell `people` how these rows say goodbye."""
    departures.register(room="programs_topics", export=export, erase=erase, leave=leave, merge=merge, covers=COVERS)


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """The topics somebody proposed and wanted, and the classes they host or were asked to."""
    proposed = Topic.objects.filter(proposed_by__person=person).select_related("program").order_by("at")
    wanted = TopicWish.objects.filter(membership__person=person).select_related("topic__program").order_by("at")
    hosted = TopicClass.objects.filter(host__person=person).select_related("topic__program").order_by("made_at")
    asked = TopicClass.objects.filter(asked__person=person).select_related("topic__program").order_by("made_at")
    return {
        "programs_topics_proposed": [{"program": row.program.title, "topic": row.words} for row in proposed],
        "programs_topics_wanted": [{"program": row.topic.program.title, "topic": row.topic.words} for row in wanted],
        "programs_classes_hosted": [{"program": row.topic.program.title, "topic": row.topic.words} for row in hosted],
        "programs_asked_to_host": [{"program": row.topic.program.title, "topic": row.topic.words} for row in asked],
    }


def erase(person: Person, *, by: Person | None, at: datetime) -> None:
    """What one alone wanted goes; what others want too, and classes, stay without the name."""
    TopicWish.objects.filter(membership__person=person).delete()
    mine = Topic.objects.filter(proposed_by__person=person)
    mine.filter(wishes=None, topic_class=None).delete()
    mine.update(proposed_by=None)


def leave(membership: Membership, *, by: Person | None, at: datetime) -> None:
    """Wishes go; classes that are still to come look for another host."""
    here = membership.community
    TopicWish.objects.of(here).filter(membership=membership).delete()
    classes = TopicClass.objects.of(here)
    classes.filter(asked=membership).update(asked=None)
    for klass in classes.filter(host=membership).exclude(session__held_at__isnull=False):
        actions.lose_host(klass, at=at)


def merge(*, kept: Membership, dropped: Membership, by: Person, at: datetime) -> None:
    """What one record wanted and hosts, the other does."""
    here = kept.community
    both = TopicWish.objects.of(here).filter(membership=kept).values("topic")
    TopicWish.objects.of(here).filter(membership=dropped, topic__in=both).delete()
    TopicWish.objects.of(here).filter(membership=dropped).update(membership=kept)
    Topic.objects.of(here).filter(proposed_by=dropped).update(proposed_by=kept)
    TopicClass.objects.of(here).filter(host=dropped).update(host=kept)
    TopicClass.objects.of(here).filter(asked=dropped).update(asked=kept)
