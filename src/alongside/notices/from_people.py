"""What the people room wants people to hear: it stands below and cannot call us, so we listen."""

from typing import Any

from alongside.notices import kinds
from alongside.notices.actions import take_back, tell
from alongside.people.news import KINDS, news, taken_back


def register() -> None:
    """Make the kinds of the people room known, and tell people what it has to say."""
    for name, label in KINDS.items():
        kinds.register(name, label=label)
    news.connect(pass_on, dispatch_uid="notices.from_people")
    taken_back.connect(hold_back, dispatch_uid="notices.from_people.taken_back")


def pass_on(sender: Any, signal: Any, **said: Any) -> None:
    tell(**said)


def hold_back(sender: Any, signal: Any, **said: Any) -> None:
    take_back(**said)
