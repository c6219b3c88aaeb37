"""Classes that came of topics: which of them were taught by people who had come as learners before."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

# With fewer classes a share would say more about single people than about the program.
FEWEST_CLASSES = 5


def most_places(design: Mapping[str, Any], *, at_session: int | None = None) -> int | None:
    """For how many people a class can be, at most; None where nobody says.

    What the design says of classes, the places of the program, and those of the session itself: the smallest counts.
    """
    asked = [design.get("topics", {}).get("places"), design.get("enrolment", {}).get("places"), at_session]
    return min((each for each in asked if each is not None), default=None)


@dataclass(frozen=True)
class Taught:
    """Of `all` classes so many were `by_former` attendees."""

    all: int
    by_former: int

    @property
    def percent(self) -> int | None:
        """Whole percent, rounded half up; None for fewer than five classes."""
        return None if self.all < FEWEST_CLASSES else (200 * self.by_former + self.all) // (2 * self.all)


def taught(classes: Iterable[tuple[Hashable | None, datetime]], first_came: Mapping[Hashable, datetime]) -> Taught:
    """`classes`: the host and the start of each that was held. `first_came`: when each person first came to a session.

    A host counts as a former attendee who came to an earlier session; coming to the session of the class is no proof.
    """
    rows = list(classes)
    former = sum(host is not None and host in first_came and first_came[host] < start for host, start in rows)
    return Taught(len(rows), former)
