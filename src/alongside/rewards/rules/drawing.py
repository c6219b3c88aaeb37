"""Draws that anybody can draw again, and whose outcome nobody in the house can steer.

1. The draw is announced with the moment at which a number will be known that is made elsewhere: a round of drand's
   network "quicknet", which a score of independent organisations make together every three seconds.
2. Before that moment the entries are closed. A digest of them is published: nothing can be added or taken away after.
3. When the number is known, each ticket gets the SHA-256 of "number⏎draw⏎ticket". Smallest first. An entry wins once.

Nothing is divided, so no entry gains by a remainder; a ticket's place does not depend on the others.
Source: https://docs.drand.love, chain information of quicknet; the order is that of `decisions.rules.lots`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from alongside.decisions.rules.lots import drawn

RECIPE = "alongside-draw-1"
CHAIN = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
GENESIS = datetime.fromtimestamp(1_692_803_367, UTC)
PERIOD = timedelta(seconds=3)


def round_at(moment: datetime) -> int:
    """The first round of the public number that is made at a moment or after it; rounds count from 1."""
    return -((GENESIS - moment) // PERIOD) + 1


def made_at(number: int) -> datetime:
    """When a round is made."""
    return GENESIS + (number - 1) * PERIOD


def address_of(number: int) -> str:
    """Where anybody reads the round; its "randomness" is the number."""
    return f"https://api.drand.sh/{CHAIN}/public/{number}"


def read_number(text: str) -> str | None:
    """The public number as it is kept: 64 hexadecimal digits; None for anything else."""
    plain = "".join(text.split()).lower().strip('",')
    return plain if len(plain) == 64 and set(plain) <= set("0123456789abcdef") else None


@dataclass(frozen=True)
class Entry:
    """A name that tells nobody whose it is, and how many tickets it has."""

    name: str
    tickets: int


def digest_of(draw: str, prizes: int, entries: Iterable[Entry]) -> str:
    """SHA-256 of the draw, how many win, and all entries in the order of their names; as hexadecimal digits."""
    lines = [RECIPE, draw, str(prizes), *(f"{one.name} {one.tickets}" for one in sorted(entries, key=_name))]
    return sha256("\n".join(lines).encode()).hexdigest()


def _name(entry: Entry) -> str:
    return entry.name


def ranked(entries: Iterable[Entry], *, number: str, draw: str) -> list[str]:
    """Every entry with a ticket, by its best ticket, the first to win first; in whatever order they are given."""
    tickets = [f"{one.name}/{place}" for one in entries for place in range(1, one.tickets + 1)]
    order = drawn(tickets, seed=number, moment=draw)
    return list(dict.fromkeys(ticket.partition("/")[0] for ticket in order))


def winners(entries: Iterable[Entry], *, number: str, draw: str, prizes: int) -> list[str]:
    """The first so many; all of them where they are fewer."""
    return ranked(entries, number=number, draw=draw)[:prizes]


def tickets_for(minutes: int, *, every: int, at_most: int) -> int:
    """One ticket for each whole `every` minutes, up to a limit, so that nobody buys out the draw with time."""
    return min(minutes // every, at_most)


def faults_of(told: Mapping[str, object], entries: list[Entry]) -> list[str]:
    """Where a published draw disagrees with what comes out when it is drawn again; sentences, [] where it agrees."""
    draw, prizes, number = str(told["draw"]), int(str(told["prizes"])), str(told["number"])
    found = []
    if digest_of(draw, prizes, entries) != told["digest"]:
        found.append("The entries are not those whose digest was published before the number was known.")
    again = winners(entries, number=number, draw=draw, prizes=prizes)
    if again != told["winners"]:
        found.append(f"Drawn again, these win: {', '.join(again) or 'nobody'}.")
    return found
