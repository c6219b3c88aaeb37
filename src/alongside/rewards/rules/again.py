"""Do people come again without a reward? The test that a reward has not put giving out of fashion."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

MONTHS = 6


@dataclass(frozen=True)
class Came:
    """One person: the day of their first reward, the days they came, and the days of later rewards."""

    first: date
    came: Sequence[date]
    rewarded: Sequence[date] = ()


@dataclass(frozen=True)
class Again:
    """People whose six months are over: of `people`, how many came again without a further reward, with one, or not.

    `running`: people whose six months go on; they are not in the others.
    """

    people: int = 0
    without: int = 0
    with_reward: int = 0
    not_again: int = 0
    running: int = 0


def last_day(first: date) -> date:
    """The last of the six months after a reward."""
    return first + relativedelta(months=MONTHS)


def came_again(everybody: Iterable[Came], *, on: date) -> Again:
    """Sum up, on a day. The day of the reward itself is not "again"; the last day of the six months still counts."""
    without = with_reward = not_again = running = 0
    for person in everybody:
        until = last_day(person.first)
        if on <= until:
            running += 1
        elif not any(person.first < day <= until for day in person.came):
            not_again += 1
        elif any(person.first < day <= until for day in person.rewarded):
            with_reward += 1
        else:
            without += 1
    return Again(without + with_reward + not_again, without, with_reward, not_again, running)


@dataclass(frozen=True)
class Told:
    """Figures as a report may show them: None is hidden, because fewer than `fewest` people stand behind it."""

    people: int | None
    without: int | None
    with_reward: int | None
    not_again: int | None
    running: int | None


def told(sums: Again, *, fewest: int) -> Told:
    """The figures without small numbers, and without those from which one could be reckoned."""
    parts = {"without": sums.without, "with_reward": sums.with_reward, "not_again": sums.not_again}
    people, shown = hidden_parts(parts, fewest=fewest)
    _whole, running = hidden_parts({"running": sums.running}, fewest=fewest)
    return Told(people, running=running["running"], **shown)


def hidden_parts(parts: Mapping[str, int], *, fewest: int) -> tuple[int | None, dict[str, int | None]]:
    """A sum and its parts as they may be shown: None hides numbers from 1 to `fewest` less 1.

    A small sum hides all its parts. One part hidden alone could be reckoned from the sum: then the smallest other
    goes with it, or the sum itself where there is no other.
    """
    whole = sum(parts.values())
    if 0 < whole < fewest:
        return None, dict.fromkeys(parts)
    hidden = {name for name, count in parts.items() if 0 < count < fewest}
    if len(hidden) == 1:
        others = sorted((count == 0, count, name) for name, count in parts.items() if name not in hidden)
        hidden |= {name for _empty, _count, name in others[:1]}
    return whole, {name: None if name in hidden else count for name, count in parts.items()}
