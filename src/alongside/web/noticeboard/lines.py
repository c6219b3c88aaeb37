"""What notes on the noticeboard are made of."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True)
class Line:
    """One note: what it says, where it leads, and when that was or will be.

    `facts` stand in one row with the day. `action`: words of a button to where it leads, when something
    is to be done there. `about`: the page a letter speaks of, so that no matter stands here twice.
    """

    title: Words
    url: str = ""
    text: Words = ""
    when: date | datetime | None = None
    icon: str = "circle"
    facts: tuple[Words, ...] = ()
    action: Words = ""
    about: str = ""


@dataclass(frozen=True)
class Hours:
    """What a person gave and received, in minutes, and where the statement is ("" when none is kept yet)."""

    given: int
    received: int
    url: str


@dataclass(frozen=True)
class Suggestion:
    """One gentle suggestion: never more than one at a time."""

    title: Words
    text: Words
    action: Words
    url: str


@dataclass(frozen=True)
class Tile:
    """A number that matters to somebody who keeps the community, and the page behind it.

    `quiet`: nothing to do there now.
    """

    label: Words
    value: str
    url: str
    icon: str
    note: Words = ""
    quiet: bool = False


@dataclass(frozen=True)
class Deed:
    """Something people often do here, one link away."""

    label: Words
    url: str
    icon: str
