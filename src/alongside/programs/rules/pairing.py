"""Who could lead together: somebody experienced with somebody newer, and lived experience where the design asks for it.

Pairs that must not be are left out before anything is ranked. Nothing here says that any were.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations
from typing import Any

# From fewer people the house suggests nothing: who is never beside whom could be seen too easily.
FEWEST_TO_SUGGEST = 4
MOST_SUGGESTED = 3
MOST_LOOKED_AT = 40
# Sessions led from which somebody counts as experienced.
EXPERIENCED = 6


@dataclass(frozen=True)
class Candidate:
    """Somebody of the pool. `led`: sessions led so far; `ahead`: sessions they are planned for; `lived`: said so."""

    key: Any
    led: int = 0
    ahead: int = 0
    lived: bool = False


def fits(group: Sequence[Candidate], wanted: str) -> bool:
    """Does lived experience among them meet what the design asks: "at least one", "all", or nothing of the kind?"""
    lived = [one.lived for one in group]
    return all(lived) if wanted == "all" else any(lived) if wanted == "at least one" else True


def suggestions(
    pool: Sequence[Candidate],
    *,
    together: int,
    wanted: str = "",
    apart: Collection[frozenset[Any]] = (),
    turn: str = "",
) -> list[list[Candidate]]:
    """At most three groups of `together` people, best first; everybody in one of them at most.

    Best is: somebody experienced with somebody newer, then those with the fewest sessions ahead. Among equals `turn`
    decides, such as the day: so that nothing follows from who is not suggested today. [] for too small a pool.
    """
    if len(pool) < FEWEST_TO_SUGGEST or not 2 <= together <= 4:
        return []
    looked_at = sorted(pool, key=lambda one: (one.ahead, _turn(turn, one)))[:MOST_LOOKED_AT]
    ranked = sorted(_allowed(looked_at, together, wanted, apart), key=lambda group: _rank(group, turn))
    found: list[list[Candidate]] = []
    taken: set[Any] = set()
    for group in ranked:
        keys = {one.key for one in group}
        if taken.isdisjoint(keys):
            taken |= keys
            found.append(sorted(group, key=lambda one: (-one.led, _turn(turn, one))))
        if len(found) == MOST_SUGGESTED:
            break
    return found


def _allowed(
    pool: Sequence[Candidate], together: int, wanted: str, apart: Collection[frozenset[Any]]
) -> Iterator[tuple[Candidate, ...]]:
    kept = {frozenset(pair) for pair in apart}
    for group in combinations(pool, together):
        pairs = {frozenset((a.key, b.key)) for a, b in combinations(group, 2)}
        if fits(group, wanted) and kept.isdisjoint(pairs):
            yield group


def _rank(group: Sequence[Candidate], turn: str) -> tuple[int, int, str]:
    led = [one.led >= EXPERIENCED for one in group]
    mixed = any(led) and not all(led)
    return (0 if mixed else 1 if any(led) else 2, sum(one.ahead for one in group), _turn(turn, *group))


def _turn(turn: str, *people: Candidate) -> str:
    return sha256("/".join([turn, *sorted(str(one.key) for one in people)]).encode()).hexdigest()
