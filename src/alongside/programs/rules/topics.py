"""Classes that came of topics: which of them were taught by people who had come as learners before."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

# With fewer classes a share would say more about single people than about the program.
FEWEST_CLASSES = 5


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
