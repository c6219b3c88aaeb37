"""What the people room wants people to hear: it stands below and cannot call us, so we listen."""

from typing import Any

from alongside.notices import kinds
from alongside.notices.actions import tell
from alongside.people.news import KINDS, news


def register() -> None:
    """Make the kinds of the people room known, and tell people what it has to say."""
    for name, label in KINDS.items():
        kinds.register(name, label=label)
    news.connect(pass_on, dispatch_uid="notices.from_people")


def pass_on(sender: Any, signal: Any, **said: Any) -> None:
    tell(**said)
