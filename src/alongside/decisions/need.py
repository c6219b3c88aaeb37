"""One thing that waits for a person, as every page of this room and the noticeboard tell it."""

from dataclasses import dataclass
from typing import Any

from alongside.people.models import CommunityQuerySet

# At most so many of one kind.
SHOWN = 5


@dataclass(frozen=True)
class Need:
    """One thing that waits for this person: where, what about, and the word on the button."""

    title: str
    text: str
    url: str
    icon: str
    action: str


def first_of(rows: CommunityQuerySet, most: int = SHOWN) -> list[Any]:
    """At most so many of what waits."""
    return rows.first_few(most)
