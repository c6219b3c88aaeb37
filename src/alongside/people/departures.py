"""What each room hands over, wipes or joins when a person exports, leaves, is erased or merged.

Rooms register in `apps.ready`; `people` never imports them. `covers` names every foreign key to
Person or Membership that the room looks after, as "app.Model.field"; a test finds the forgotten.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from alongside.people.models import Membership, Person

Tables = Mapping[str, list[dict[str, Any]]]


class Erase(Protocol):
    def __call__(self, person: Person, *, by: Person | None, at: datetime) -> None: ...


class Leave(Protocol):
    def __call__(self, membership: Membership, *, by: Person | None, at: datetime) -> None: ...


class Merge(Protocol):
    def __call__(self, *, kept: Membership, dropped: Membership, by: Person, at: datetime) -> None: ...


@dataclass(frozen=True)
class Departure:
    """One room's answers. `export` gives table name → rows; `merge` moves rows from one to the other."""

    room: str
    export: Callable[[Person], Tables]
    erase: Erase
    leave: Leave | None
    merge: Merge | None
    covers: frozenset[str]


_rooms: dict[str, Departure] = {}


def register(
    *,
    room: str,
    export: Callable[[Person], Tables],
    erase: Erase,
    leave: Leave | None = None,
    merge: Merge | None = None,
    covers: Iterable[str] = (),
) -> None:
    """Say how `room` exports, erases, lets go of and merges a person; the last word counts."""
    _rooms[room] = Departure(room=room, export=export, erase=erase, leave=leave, merge=merge, covers=frozenset(covers))


def rooms() -> list[Departure]:
    """All rooms, those registered last first: rooms above let go before the rooms they stand on."""
    return list(reversed(_rooms.values()))
