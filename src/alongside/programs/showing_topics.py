"""How topics and classes look on pages."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, Min, OuterRef

from alongside.gatherings.models import Booking, Part
from alongside.people.models import Membership
from alongside.programs.models import Program, Topic, TopicClass, TopicWish
from alongside.programs.paths import came_to
from alongside.programs.rules.topics import Taught, taught


def topics_shown(program: Program, me: Membership) -> list[Any]:
    """Topics that are no class yet, the most wanted first, each with `wanted` and `is_wanted_by_me`; one query."""
    mine = TopicWish.objects.filter(community=program.community_id, topic=OuterRef("pk"), membership=me)
    rows = Topic.objects.on(program).asked_for().with_wishes().annotate(is_wanted_by_me=Exists(mine))
    return list(rows.most_wanted_first())


@dataclass(frozen=True)
class ClassShown:
    """A class with how many places are free; None while it stands at no session."""

    klass: TopicClass
    free: int | None


@dataclass(frozen=True)
class ClassesShown:
    """By how far they are: nobody hosts them; hosted, at no session yet; still to come; held."""

    without_a_host: list[ClassShown]
    to_plan: list[ClassShown]
    to_come: list[ClassShown]
    past: list[ClassShown]


def classes_shown(program: Program, *, at: datetime) -> ClassesShown:
    """All classes of a program; two queries however many."""
    rows = list(TopicClass.objects.on(program).with_people().order_by("session__gathering__starts_at", "made_at", "id"))
    gatherings = [row.session.gathering_id for row in rows if row.session]
    parts = Part.objects.of(program.community).filter(gathering__in=gatherings)
    free = {(part.gathering_id, part.name): part.free for part in parts}
    shown = ClassesShown([], [], [], [])
    for row in rows:
        session = row.session
        if session is None:
            (shown.to_plan if row.host_id else shown.without_a_host).append(ClassShown(row, None))
            continue
        lies_ahead = session.held_at is None and session.gathering.is_open(at)
        one = ClassShown(row, free.get((session.gathering_id, row.topic.words)))
        (shown.to_come if lies_ahead else shown.past).append(one)
    return shown


def taught_in(program: Program) -> Taught:
    """How many of the classes that were held were taught by former attendees; two queries."""
    first = came_to(program).order_by().values_list("membership").annotate(first=Min("gathering__starts_at"))
    held = TopicClass.objects.on(program).held().values_list("host", "session__gathering__starts_at")
    return taught(held, dict(first))


def extras_of(klass: TopicClass) -> list[Part]:
    """What goes with a class at its session: childcare places, rides, a meal."""
    assert klass.session is not None
    rows = Part.objects.of(klass.community).filter(gathering=klass.session.gathering_id, kind="extra")
    return list(rows.in_order())


def seats_of(klass: TopicClass, membership: Membership) -> dict[Any, int]:
    """What somebody has booked or waits for at the session of a class, by the parts' ids."""
    assert klass.session is not None
    rows = Booking.objects.of(klass.community).filter(gathering=klass.session.gathering_id, membership=membership)
    mine = rows.filter(state__in=[Booking.State.BOOKED, Booking.State.WAITING]).with_seats().first()
    return {seat.part_id: seat.count for seat in mine.seats.all()} if mine else {}
