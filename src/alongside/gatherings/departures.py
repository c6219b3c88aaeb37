"""What this room hands over, wipes or joins when a person exports, leaves, is erased or merged.

Who came stays as a number of people: under no name once a person is erased.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from alongside.gatherings.actions import leave as give_up
from alongside.gatherings.models import Attendance, Booking, Feed, Gathering, Mark, Series
from alongside.people import departures
from alongside.people.models import Membership, Person


def register() -> None:
    """Tell `people` how this room says goodbye."""
    departures.register(
        room="gatherings",
        export=export,
        erase=erase,
        leave=leave,
        merge=merge,
        covers=[
            "gatherings.Series.made_by",
            "gatherings.Gathering.made_by",
            "gatherings.Gathering.closed_by",
            "gatherings.Booking.membership",
            "gatherings.Booking.keyed_by",
            "gatherings.Sheet.printed_by",
            "gatherings.Mark.membership",
            "gatherings.Mark.by",
            "gatherings.Attendance.membership",
            "gatherings.Attendance.attested_by",
            "gatherings.Feed.membership",
            "gatherings.Feed.made_by",
        ],
    )


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """What a person signed up for, where they were, what was written down about it, and their calendar addresses."""
    mine = {"membership__person": person}
    bookings = Booking.objects.filter(**mine).select_related("gathering").with_seats()
    there = Attendance.objects.filter(**mine).select_related("gathering")
    marks = Mark.objects.filter(**mine).select_related("gathering").order_by("at", "id")
    return {
        "signed_up": [_booking(one) for one in bookings.order_by("gathering__starts_at", "id")],
        "attendance": [_attendance(one) for one in there.order_by("gathering__starts_at", "id")],
        "entries_about_attendance": [
            {"gathering": one.gathering.title, "said": one.said, "channel": one.channel, "at": one.at.isoformat()}
            for one in marks
        ],
        "calendar_addresses": [
            {"name": one.name, "made_at": one.made_at.isoformat(), "is_over": one.ended_at is not None}
            for one in Feed.objects.filter(**mine).order_by("made_at", "id")
        ],
        "gatherings_made": [
            {"title": one.title, "made_at": one.made_at.isoformat()}
            for model in (Series, Gathering)
            for one in model.objects.filter(made_by=person).order_by("made_at", "id")
        ],
    }


def _booking(one: Booking) -> dict[str, Any]:
    return {
        "gathering": one.gathering.title,
        "starts_at": one.gathering.starts_at.isoformat(),
        "state": one.state,
        "takes": [f"{seat.part.name} ×{seat.count}" for seat in one.seats.all()],
        "needs": one.needs,
        "channel": one.channel,
        "at": one.at.isoformat(),
    }


def _attendance(one: Attendance) -> dict[str, Any]:
    return {
        "gathering": one.gathering.title,
        "starts_at": one.gathering.starts_at.isoformat(),
        "state": one.state,
        "in_at": one.in_at.isoformat() if one.in_at else "",
        "out_at": one.out_at.isoformat() if one.out_at else "",
        "minutes": one.minutes,
    }


@transaction.atomic
def erase(person: Person, *, by: Person | None, at: datetime) -> None:
    """Wipe what they need and their calendar addresses; that somebody came stays, under no name."""
    Booking.objects.filter(membership__person=person).update(needs="")
    Feed.objects.filter(membership__person=person).delete()


@transaction.atomic
def leave(membership: Membership, *, by: Person | None, at: datetime) -> None:
    """Give up every place still to come, so that others move up, and end their calendar addresses."""
    community = membership.community
    theirs = Booking.objects.of(community).filter(membership=membership, state__in=Booking.LIVE)
    coming = theirs.filter(gathering__state="planned", gathering__ends_at__gt=at, gathering__closed_at=None)
    for one in coming.select_related("gathering__community").order_by("gathering"):
        give_up(gathering=one.gathering, membership=membership, by=by, at=at)
    Feed.objects.of(community).live().filter(membership=membership).update(ended_at=at)


@transaction.atomic
def merge(*, kept: Membership, dropped: Membership, by: Person, at: datetime) -> None:
    """Move everything to the record that stays; where both have a word about one gathering, the kept one counts.

    Calendar addresses of the record that goes are ended: whoever has them may not be whom one took them for.
    """
    community = kept.community
    for model in (Booking, Attendance):
        twin = model.objects.filter(community=OuterRef("community"), gathering=OuterRef("gathering"), membership=kept)
        theirs = model.objects.of(community).filter(membership=dropped)
        if model is Booking:
            _give_up_twice_taken(theirs.filter(Exists(twin)), dropped, by=by, at=at)
        free = list(theirs.exclude(Exists(twin)).values_list("pk", flat=True))
        rows = model.objects.of(community).filter(pk__in=free)
        if model is Attendance:
            # What one of the two records attested for the other is now their own word.
            rows.filter(attested_by=kept.person_id).update(attested_by=None, minutes=None)
        rows.update(membership=kept)
    Mark.objects.of(community).filter(membership=dropped).update(membership=kept)
    feeds = Feed.objects.of(community).filter(membership=dropped)
    feeds.live().update(ended_at=at)
    feeds.update(membership=kept)


def _give_up_twice_taken(rows: Any, dropped: Membership, *, by: Person, at: datetime) -> None:
    """Nobody holds two places under two names."""
    for one in rows.filter(state__in=Booking.LIVE).select_related("gathering__community").order_by("gathering"):
        if one.gathering.is_open(at):
            give_up(gathering=one.gathering, membership=dropped, by=by, at=at)
