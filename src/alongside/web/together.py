"""Who comes together at a gathering is written down for everybody alike (ADR 0011): gatherings and safeguarding do not
know each other, so the house joins them here.
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.urls import reverse

from alongside.gatherings import hooks, signals
from alongside.gatherings.due import due_at
from alongside.gatherings.models import Booking, Gathering
from alongside.kernel.clock import now
from alongside.people.models import Community, Membership
from alongside.safeguarding import apart

ROOM = "gatherings"


def listen() -> None:
    """Hear of every place that is taken from now on, and tell leads where two people are due."""
    signals.booked.connect(note, dispatch_uid="web.together")
    apart.look_in(ROOM, find=both_are_due)


def note(sender: object, booking: Booking, **kwargs: Any) -> None:
    """Somebody has a place: write down everybody who is due there, whoever they are."""
    gathering = booking.gathering
    gathering.community = booking.community
    people = [member.person_id for member in due_at(gathering)]
    apart.note_together(people, community=booking.community, where=_where(gathering), at=now())


def both_are_due(community: Community, one: UUID, other: UUID, on: date) -> Iterable[apart.Where]:
    """Gatherings from a day on at which two people have a place or are expected; for leads alone."""
    midnight = datetime.combine(on, time(), ZoneInfo(community.time_zone))
    members = Membership.objects.of(community).filter(person__in=[one, other])
    ahead = Gathering.objects.of(community).filter(state="planned", starts_at__gte=midnight)
    for member in members:
        member.community = community
        booked = Booking.objects.of(community).booked().filter(membership=member)
        ahead = ahead.filter(Q(pk__in=booked.values("gathering")) | hooks.expecting(member))
    if len(members) == len({one, other}):
        for gathering in ahead.order_by("starts_at", "pk"):
            gathering.community = community
            yield _where(gathering)


def _where(gathering: Gathering) -> apart.Where:
    community = gathering.community
    link = reverse("gatherings:gathering", args=[community.slug, gathering.pk])
    day = community.day_of(gathering.starts_at)
    return apart.Where(f"gatherings.gathering:{gathering.pk}", gathering.title, day, link)
