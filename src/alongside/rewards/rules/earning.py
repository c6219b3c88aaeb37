"""What verified time earns: one entitlement for each whole threshold, by what was agreed at the time."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile

EVER, YEAR, MONTH = "ever", "year", "month"
THERE, CREDITED, EITHER = "time there", "hours credited", "either"


@dataclass(frozen=True)
class Visit:
    """One coming together: minutes that somebody else saw, and minutes that were credited for it.

    `moment` orders visits, `key` those of one moment; `day` is the day where the community lives.
    """

    moment: datetime
    day: date
    key: str
    there: int = 0
    credited: int = 0

    def minutes(self, counts: str) -> int:
        """What of it counts; of "either" the greater, never the sum: an hour is an hour once."""
        if counts == THERE:
            return self.there
        return self.credited if counts == CREDITED else max(self.there, self.credited)


@dataclass(frozen=True)
class Terms:
    """What holds from a moment until the next terms. `after`: minutes for one; None: time does not count then.

    `at_most`: for one person `per` "ever", "year" or "month"; None: no limit.
    """

    since: datetime
    after: int | None
    counts: str = THERE
    at_most: int | None = None
    per: str = EVER


@dataclass(frozen=True)
class Crossing:
    """A threshold that was reached: its number, counted from 1, and at which visit."""

    number: int
    moment: datetime
    visit: str


@dataclass(frozen=True)
class Earned:
    """`crossings` earn one each; `over`: thresholds beyond the limit for one person, which earn none.

    `towards`: minutes on the way to the next threshold, which takes `need`; None where time does not count now.
    """

    crossings: tuple[Crossing, ...]
    over: int
    towards: int
    need: int | None


def earned(visits: Iterable[Visit], terms: Sequence[Terms]) -> Earned:
    """Go through visits in the order of time. Minutes left over go on to the next threshold, also under new terms.

    Terms that come later take nothing away: what a visit earned, it earned by the terms of its moment.
    """
    ordered = sorted(terms, key=lambda one: one.since)
    found: list[Crossing] = []
    given: Counter[object] = Counter()
    number = minutes = over = 0
    for visit in sorted(visits, key=lambda one: (one.moment, one.key)):
        holding = _at(ordered, visit.moment)
        if holding is None or not holding.after:
            continue
        minutes += visit.minutes(holding.counts)
        while minutes >= holding.after:
            minutes -= holding.after
            number += 1
            period = _period(visit.day, holding.per)
            if holding.at_most is not None and given[period] >= holding.at_most:
                over += 1
                continue
            given[period] += 1
            found.append(Crossing(number, visit.moment, visit.key))
    return Earned(tuple(found), over, minutes, ordered[-1].after if ordered else None)


def _at(ordered: Sequence[Terms], moment: datetime) -> Terms | None:
    before = list(takewhile(lambda one: one.since <= moment, ordered))
    return before[-1] if before else None


def _period(day: date, per: str) -> object:
    if per == YEAR:
        return (YEAR, day.year)
    return (MONTH, day.year, day.month) if per == MONTH else EVER
