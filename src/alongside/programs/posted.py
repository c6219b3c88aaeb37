"""Time of people for which rooms above have posted hours already: an hour is an hour, and is posted once.

    posted.register("rota", minutes_posted)                    # in apps.ready of the room above

`programs` never imports those rooms.
"""

from collections.abc import Callable, Collection
from datetime import datetime
from uuid import UUID

from alongside.people.models import Community

# For people, by their membership: the minutes posted for time between two moments, before another where it is given.
Reader = Callable[[Community, Collection[UUID], datetime, datetime, datetime | None], dict[UUID, int]]
_readers: dict[str, Reader] = {}


def key_of(session: UUID, membership: UUID) -> str:
    """By which the transfer of somebody's hours for a session is known."""
    return f"s:{session}:{membership}"


def register(room: str, reader: Reader) -> None:
    """Let a room say for which time it has posted hours; the last word counts."""
    _readers[room] = reader


def one_at_a_time(community: Community) -> None:
    """Whoever posts hours for time waits for who does so now, and sees what they have posted.

    Held before anything else is, until the end of the transaction: a session and a duty can be of two programs.
    """
    Community.objects.select_for_update(no_key=True).get(pk=community.pk)


def minutes_between(
    community: Community, people: Collection[UUID], starts: datetime, ends: datetime, *, before: datetime | None = None
) -> dict[UUID, int]:
    """What rooms above have posted for this time, never more than it is long. Each asks a fixed number of questions."""
    longest = int((ends - starts).total_seconds()) // 60
    found: dict[UUID, int] = dict.fromkeys(people, 0)
    for reader in _readers.values():
        for membership, minutes in reader(community, people, starts, ends, before).items():
            found[membership] = min(longest, found[membership] + minutes)
    return found
