"""Pairs that are kept apart, for rooms above. What is asked here must never show: see ADR 0011 before you call it.

    apart.conflicts(people, community=community, on=day)     # for planners, who avoid these pairs and say nothing
    apart.note_together(people, community=…, where=Where(…), at=now())   # when people put themselves together

`conflicts` is for what the house puts together by itself: a rota, a match, two who lead. Leave a place open rather than
say why, and never hide somebody from a list that people choose from: who is missing there could be found out.
`note_together` is for what people choose themselves: it goes on as for anybody else. It writes the same row whoever
they are; within a minute it is compared with the pairs and deleted, and the leads alone are told.
`look_in` lets a room say where two people are together already, for the page of a pair that leads alone open.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from alongside.people.models import Community
from alongside.safeguarding.models import KeptApart, PutTogether


@dataclass(frozen=True)
class Where:
    """A place where people are together: `key` names it for the room above, `title` says it, `link` leads there."""

    key: str
    title: str
    day: date
    link: str = ""


# Given a community, two people and a day: where both are together from that day on.
Find = Callable[[Community, UUID, UUID, date], Iterable[Where]]
_finders: dict[str, Find] = {}


def look_in(room: str, *, find: Find) -> None:
    """Let leads see where a pair is together in `room` already; the last word for a room counts."""
    _finders[room] = find


def both_are_in(pair: KeptApart, *, on: date) -> list[Where]:
    """Where a pair is together from a day on, in every room that says so, soonest first. For leads alone."""
    found = [where for find in _finders.values() for where in find(pair.community, pair.one_id, pair.other_id, on)]
    return sorted(found, key=lambda where: (where.day, where.key))


def conflicts(people: Iterable[UUID], *, community: Community, on: date) -> set[frozenset[UUID]]:
    """The pairs among `people` that must not be put together on a day. One query, whoever is asked about."""
    known = set(people)
    pairs = KeptApart.objects.of(community).holding(on=on).values_list("one", "other")
    return {frozenset(pair) for pair in pairs if known.issuperset(pair)}


def note_together(people: Iterable[UUID], *, community: Community, where: Where, at: datetime) -> None:
    """Write down that these people are together somewhere, whoever they are. One statement, nothing is answered."""
    PutTogether.objects.create(
        community=community,
        people=[str(person) for person in people],
        key=where.key,
        title=where.title[:160],
        link=where.link,
        day=where.day,
        at=at,
    )
