"""One thing that waits for a person, as every page of this room and the noticeboard tell it."""

from dataclasses import dataclass

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
