"""What `notices` hands over, wipes or joins when a person exports, leaves, is erased or merged."""

import re
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import translation

from alongside.kernel.models import Progress
from alongside.notices.models import Choice, Delivery, Notice
from alongside.people import departures
from alongside.people.models import Membership, Person

_STILL_HERE = [Delivery.State.WAITING, Delivery.State.GATHERING]


def register() -> None:
    departures.register(
        room="notices",
        export=export,
        erase=erase,
        leave=leave,
        merge=merge,
        covers=["notices.Notice.person", "notices.Choice.person", "notices.Delivery.done_by"],
    )


def export(person: Person) -> departures.Tables:
    """Everything told to the person and chosen by them, and the messages they carried to others (without words)."""
    told = Notice.objects.filter(person=person).order_by("id")
    sent = Delivery.objects.filter(notice__person=person).order_by("id")
    return {
        "notices": _rows(told.values("community__name", "kind", "title", "body", "link", "made_at", "read_at")),
        "deliveries": _rows(sent.values("notice__title", "way", "state", "sent_at")),
        "choices": _rows(Choice.objects.filter(person=person).values("community__name", "kind", "when", "chosen_at")),
        "messages_i_carried": _rows(Delivery.objects.filter(done_by=person).values("way", "sent_at")),
        "long_work": _rows(Progress.objects.filter(person_id=person.pk).values("title", "words", "state", "made_at")),
    }


def erase(person: Person, *, by: Person | None, at: datetime) -> None:
    """Delete what was told to the person and what they chose, and take their name out of what others were told.

    Who carried a message stays as a former member.
    """
    Notice.objects.filter(person=person).delete()
    for membership in person.memberships.select_related("community"):
        _forget_name(membership)
    Choice.objects.filter(person=person).delete()
    Progress.objects.filter(person_id=person.pk).delete()


def _forget_name(membership: Membership) -> None:
    """In notices to others, "former member" stands for the name; for a namesake's name as well."""
    name = membership.person.name
    if not name:
        return
    whole_name = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    named = Notice.objects.of(membership.community).filter(Q(title__contains=name) | Q(body__contains=name))
    for notice in named:
        with translation.override(notice.language):
            gone = str(Person(name=""))
        notice.title = whole_name.sub(gone, notice.title)[:160]
        notice.body = whole_name.sub(gone, notice.body)
        notice.save(update_fields=["title", "body"])


def leave(membership: Membership, *, by: Person | None, at: datetime) -> None:
    """Send nothing more from this community that has not left the house yet."""
    waiting = Delivery.objects.of(membership.community).filter(notice__person=membership.person)
    waiting.filter(state__in=_STILL_HERE).update(state=Delivery.State.STOPPED)


def merge(*, kept: Membership, dropped: Membership, by: Person, at: datetime) -> None:
    """Move notices and choices to the record that is kept; what both had, the kept one has already."""
    theirs = Notice.objects.of(dropped.community).filter(person=dropped.person)
    known = Notice.objects.of(kept.community).filter(person=kept.person).values("key")
    theirs.exclude(key__in=known).update(person=kept.person)
    theirs.delete()
    chosen = Choice.objects.of(dropped.community).filter(person=dropped.person)
    made = Choice.objects.of(kept.community).filter(person=kept.person).values("kind")
    chosen.exclude(kind__in=made).update(person=kept.person)
    chosen.delete()


def _rows(values: Any) -> list[dict[str, Any]]:
    return [dict(row) for row in values]
