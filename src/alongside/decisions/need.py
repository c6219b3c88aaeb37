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


def first_of(rows: CommunityQuerySet, *told: str, most: int = SHOWN) -> list[Any]:
    """At most so many of what waits, with what is told of each and nothing else: a line takes few of all its words.

    `told`: the fields, such as "closes_at" and "proposal__title"; any other would be one more question.
    """
    joined = {field.rpartition("__")[0] for field in told} - {""}
    bare = rows.select_related(None)
    return list((bare.select_related(*joined) if joined else bare).only(*told)[:most])
