"""Where rooms above have a word: who may take which part.

    hooks.register_may_take("safeguarding", ask)      # once, in apps.ready

`ask(membership, part, at)` returns a sentence that says why not, in the reader's language, or "".
"""

from collections.abc import Callable
from datetime import datetime

from alongside.gatherings.models import Part
from alongside.people.models import Membership

MayTake = Callable[[Membership, Part, datetime], str]

_asked: dict[str, MayTake] = {}


def register_may_take(room: str, ask: MayTake) -> None:
    """Let a room refuse a part to a person; the last word of a room counts."""
    _asked[room] = ask


def forget_may_take(room: str) -> None:
    """For tests: a room is asked no more."""
    _asked.pop(room, None)


def why_not(membership: Membership, part: Part, at: datetime) -> str:
    """The first sentence that refuses; "" when nobody does."""
    return next((words for ask in _asked.values() if (words := ask(membership, part, at))), "")
