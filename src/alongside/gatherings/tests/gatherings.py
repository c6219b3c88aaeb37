"""Scenes of gatherings: one with places for some, people who want them, and somebody who looks after it."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from alongside.gatherings import actions
from alongside.gatherings.models import Attendance, Booking, Gathering, Part, PartKind, Series
from alongside.kernel.ids import new_id
from alongside.people.models import BodyMember, Community, Group, Membership
from alongside.people.tests.factories import NOON, TODAY

__all__ = ["NOON", "START", "TODAY"]

# Two days after it is made, an hour long.
START = NOON + timedelta(days=2)
END = START + timedelta(hours=1)


def told(**about: Any) -> actions.Told:
    return actions.Told(**{"title": "Soup kitchen", "minutes": 60, "phone": "0700 900 200", **about})


def made(town: Community, *sizes: int | None, starts_at: datetime = START, **terms: Any) -> Gathering:
    """A gathering with a place to come along for each size; `names` and kinds by `parts`."""
    parts = terms.pop("parts", None) or [actions.PartTold(f"Table {n}", size) for n, size in enumerate(sizes, 1)]
    given = {"by": None, "at": NOON, "key": uuid4(), **terms}
    about = given.pop("told", None) or told(**given.pop("about", {}))
    return actions.make_gathering(community=town, told=about, starts_at=starts_at, parts=parts, **given)


def weekly(town: Community, *, rrule: str = "FREQ=WEEKLY", first_day: date = date(2026, 3, 10), **terms: Any) -> Series:
    """Tuesdays at ten, from a week after `NOON` on."""
    repeats = actions.Repeats(rrule, first_day, terms.pop("start", time(10)))
    given = {"by": None, "at": NOON, "key": uuid4(), **terms}
    about = given.pop("told", None) or told(**given.pop("about", {}))
    return actions.make_series(community=town, told=about, repeats=repeats, **given)


def turns(series: Series) -> list[Gathering]:
    rows = Gathering.objects.of(series.community).filter(series=series)
    return list(rows.select_related("community").order_by("original_start"))


CLASS_AND_CHILDCARE = [
    actions.PartTold("Class", 10),
    actions.PartTold("Childcare", 1, PartKind.EXTRA),
    actions.PartTold("Cook", 6, PartKind.HELP),
]


def parts_of(gathering: Gathering, **counts: int) -> dict[Part, int]:
    """`parts_of(one, Class=1, Childcare=1)`."""
    return {Part.objects.get(gathering=gathering, name=name): count for name, count in counts.items()}


def books(gathering: Gathering, member: Membership, *, at: datetime = NOON, **terms: Any) -> Booking:
    given = {"by": member.person, **terms}
    return actions.book(gathering=gathering, membership=member, at=at, **given)


def leaves(gathering: Gathering, member: Membership, *, at: datetime = NOON, **terms: Any) -> Booking:
    given = {"by": member.person, **terms}
    return actions.leave(gathering=gathering, membership=member, at=at, **given)


def marks(
    gathering: Gathering, member: Membership, said: str, by: Membership, *, at: datetime = END, **terms: Any
) -> Attendance:
    given = {"key": new_id(), **terms}
    return actions.mark(gathering=gathering, membership=member, said=said, by=by.person, at=at, **given)


def states(gathering: Gathering) -> dict[str, str]:
    rows = Booking.objects.filter(gathering=gathering).select_related("membership__person")
    return {one.membership.person.name: one.state for one in rows}


def line(gathering: Gathering) -> list[str]:
    return [one.membership.person.name for one in Booking.objects.filter(gathering=gathering).in_line().with_people()]


def taken(gathering: Gathering) -> dict[str, int]:
    return dict(Part.objects.filter(gathering=gathering).values_list("name", "taken"))


def presence(gathering: Gathering, member: Membership) -> Attendance:
    row: Attendance = Attendance.objects.select_related("contradicted_by").get(gathering=gathering, membership=member)
    return row


def group_of(town: Community, *members: Membership, name: str = "Gardeners") -> Group:
    group = Group.objects.create(community=town, name=name, made_at=NOON)
    put_in(group, members)
    return group


def put_in(group: Group, members: Iterable[Membership]) -> None:
    for member in members:
        BodyMember.objects.create(
            community=group.community, membership=member, group=group, part=BodyMember.Part.BELONGS, since=TODAY
        )
