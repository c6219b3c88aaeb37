"""How many of those who attended went on to contribute and to lead, and which of these numbers may be shown."""

from collections.abc import Hashable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from alongside.programs.rules import reach


@dataclass(frozen=True)
class Held:
    """One session that was held: when, who came to learn, and who came and led it."""

    at: datetime
    attended: AbstractSet[Hashable]
    led: AbstractSet[Hashable]


@dataclass(frozen=True)
class Conversion:
    """`attended`: people who came at least once; `contributed` and `led`: how many of these went on to do so, later.

    `sessions`: sessions held; `by_former`: those with a leader who had attended an earlier one; `former`: how many
    different people these leaders are.
    """

    attended: int
    contributed: int
    led: int
    sessions: int
    by_former: int
    former: int


def conversion(sessions: Sequence[Held], contributors: AbstractSet[Hashable]) -> Conversion:
    """Reckoned from all sessions held. Leading comes after attending: the other way round is not counted."""
    seen: set[Hashable] = set()
    former: set[Hashable] = set()
    by_former = 0
    for session in sorted(sessions, key=lambda each: each.at):
        again = session.led & seen
        former |= again
        by_former += bool(again)
        seen |= session.attended
    return Conversion(len(seen), len(seen & contributors), len(former), len(sessions), by_former, len(former))


@dataclass(frozen=True)
class Shown:
    """The same as it may be shown; None for what would tell of fewer people than may be told of."""

    attended: int | None
    contributed: int | None
    led: int | None
    share: int | None
    sessions: int


def shown(found: Conversion, *, fewest: int) -> Shown:
    """Numbers of fewer than `fewest` people are left out, and with `attended` everything that is a part of it.

    The share of sessions led by former participants, in whole percent, is told where at least `fewest` of them lead.
    """
    attended = _or_none(found.attended, fewest)
    parts = [_or_none(count, fewest) if attended is not None else None for count in (found.contributed, found.led)]
    told = found.sessions and (found.former == 0 or found.former >= fewest)
    share = round(100 * found.by_former / found.sessions) if told else None
    return Shown(attended, parts[0], parts[1], share, found.sessions)


def _or_none(count: int, fewest: int) -> int | None:
    return count if count == 0 or count >= fewest else None


def on_steps(counts: Mapping[str, int], *, fewest: int) -> dict[str, int | None]:
    """People by step; small numbers, and one more where a single one is hidden, as `reach.shown` does. 0 stays 0."""
    told = reach.shown(counts, fewest=fewest)
    return {key: told.get(key, 0) for key in counts}
