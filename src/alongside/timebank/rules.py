"""Reckoning about giving and receiving: gentle signals, and how evenly a community shares. Minutes throughout."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

# Below five hours in all, an account says nothing yet about the habits of its holder.
ENOUGH_MINUTES = 300
# Unspent for half a year counts as saved up rather than saved for something.
UNSPENT_DAYS = 182
HIGH_MINUTES = 1200


class Signal(StrEnum):
    """What a coordinator, and the person, may gently be told."""

    GIVE_ONLY = "give_only"
    RECEIVE_ONLY = "receive_only"
    HOARDING = "hoarding"
    INACTIVE = "inactive"


@dataclass(frozen=True, kw_only=True)
class Activity:
    """What one account did by exchanges. Dates are days of help, not of posting; None for never."""

    given_minutes: int
    received_minutes: int
    balance_minutes: int
    opened_on: date
    last_helped_on: date | None
    last_received_on: date | None


def signals(activity: Activity, *, on: date, inactive_days: int) -> frozenset[Signal]:
    """The signals that hold for one account on a day.

    Give-only and receive-only: at least five hours one way and none the other. Givers who never ask
    and receivers who never give are the two imbalances time banks watch for (Seyfang 2004,
    doi:10.1017/S0047279403007323; Cahn 2000, No More Throw-Away People, on reciprocity).
    Hoarding: twenty hours or more, nothing received in half a year; unspent credits are help not asked
    for (Collom, Lasker and Kyriacou 2012, Equal Time, Equal Value, on inactive balances).
    Inactive: no exchange for `inactive_days`, counted from the day of help or of opening.
    """
    found = set()
    if activity.given_minutes >= ENOUGH_MINUTES and activity.received_minutes <= 0:
        found.add(Signal.GIVE_ONLY)
    if activity.received_minutes >= ENOUGH_MINUTES and activity.given_minutes <= 0:
        found.add(Signal.RECEIVE_ONLY)
    last_received = activity.last_received_on or activity.opened_on
    if activity.balance_minutes >= HIGH_MINUTES and last_received < on - timedelta(days=UNSPENT_DAYS):
        found.add(Signal.HOARDING)
    if (activity.last_helped_on or activity.opened_on) < on - timedelta(days=inactive_days):
        found.add(Signal.INACTIVE)
    return frozenset(found)


def gini(minutes: Iterable[int]) -> float:
    """How unevenly giving is shared: 0.0 (all give alike) up to (n - 1) / n (one gives all).

    `minutes`: what each person gave, 0 or more. 0.0 when nobody gave anything.
    Source: Gini 1912 in the form over sorted values, G = sum((2i - n - 1) x_i) / (n sum x_i);
    see Damgaard and Weiner 2000, Ecology 81(4), 1139-1142.
    """
    given = sorted(max(0, value) for value in minutes)
    total, n = sum(given), len(given)
    if total == 0:
        return 0.0
    return sum((2 * i - n - 1) * value for i, value in enumerate(given, start=1)) / (n * total)


def top_share(minutes: Sequence[int], *, share: float = 0.1) -> float:
    """The part of all giving, 0.0 to 1.0, that comes from the most giving `share` of people (at least one).

    Source: the usual top-decile share, as in Piketty 2014, ch. 7. 0.0 when nobody gave anything.
    """
    given = sorted((max(0, value) for value in minutes), reverse=True)
    total = sum(given)
    if total == 0:
        return 0.0
    top = max(1, round(len(given) * share))
    return sum(given[:top]) / total


# Fewer than five of anything could point at a person (a common floor of official statistics).
FEWEST_SHOWN = 5


def hidden_places(counts: Sequence[int], *, fewest: int = FEWEST_SHOWN) -> set[int]:
    """The places of a line of counts to hide, so that none below `fewest` is seen or follows from the total.

    Zeros are shown. Where exactly one count would be hidden, the smallest other one is hidden with it.
    Source: complementary cell suppression, Hundepool et al. 2012, Statistical Disclosure Control, ch. 4.
    """
    hidden = {place for place, count in enumerate(counts) if 0 < count < fewest}
    others = [place for place, count in enumerate(counts) if count >= fewest]
    if len(hidden) == 1 and others:
        hidden.add(min(others, key=lambda place: counts[place]))
    return hidden


def hidden_cells(counts: Sequence[Sequence[int]], *, fewest: int = FEWEST_SHOWN) -> set[tuple[int, int]]:
    """The cells (row, column) of a table to hide, so that no small count follows from a row's or a column's total.

    As `hidden_places`, along rows and columns in turn until no line hides exactly one cell.
    """
    hidden = {(r, c) for r, row in enumerate(counts) for c, count in enumerate(row) if 0 < count < fewest}
    lines = [[(r, c) for c in range(len(row))] for r, row in enumerate(counts)]
    lines += [[(r, c) for r in range(len(counts))] for c in range(len(counts[0]) if counts else 0)]
    grew = True
    while grew:
        grew = False
        for line in lines:
            others = [(r, c) for r, c in line if counts[r][c] > 0 and (r, c) not in hidden]
            if len(hidden.intersection(line)) == 1 and others:
                hidden.add(min(others, key=lambda cell: counts[cell[0]][cell[1]]))
                grew = True
    return hidden
