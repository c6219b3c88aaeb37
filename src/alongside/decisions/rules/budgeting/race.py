"""One run of Equal Shares, exact and quick.

The money of a crowd's voters is kept as a whole number of 1/2^bits of the smallest unit, rounded, with a bound on how
far it may be off; few bits, because small numbers are quick, and more where those do not do. Where the bound cannot
decide a comparison, it is settled in fractions. For those the run remembers who ran out of money in which round:
everything a voter has left is the endowment less the prices of the rounds paid.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from dataclasses import field as made
from fractions import Fraction
from heapq import heapify, heappop, heappush

from alongside.decisions.rules.budgeting.crowds import Field, Part, heads

# Numbers below 2^60 are the quickest among Python's whole numbers.
_QUICK = 59
# What is compared is price over cost, kept to this many further binary places.
_FINER = 64


class NotPreciseEnough(Exception):
    """The bound grew too wide; run again with more bits."""


@dataclass
class Round:
    """A project chosen. `ended`: voters who gave their last; `full`: how many voters paid the full price."""

    project: int
    full: int
    ended: list[Part]
    price: Fraction | None = None


@dataclass
class Contender:
    """A project that can be paid for, and its price between bounds; `exact` where that was needed already."""

    project: int
    price: int
    low: int
    high: int
    full: int
    poor: list[Part]
    exact: Fraction | None = None


def run(setting: Field, endowments: Sequence[Fraction]) -> "Run":
    """Give each voter of side s `endowments[s]` (in whole units of the field) and let them buy."""
    bits = max(_QUICK - int(max(endowments)).bit_length(), 24)
    while True:
        try:
            done = Run(setting, endowments, bits)
            while done.buys():
                pass
            return done
        except NotPreciseEnough:
            bits = max(2 * bits, 96)


@dataclass
class Run:
    """The state of one run; at its end, `rounds` say what was bought."""

    field: Field
    endowments: Sequence[Fraction]
    bits: int
    rounds: list[Round] = made(default_factory=list)

    def __post_init__(self) -> None:
        setting = self.field
        self.error, self.near = 1, 1 << (2 * self.bits // 3)
        start = [int(endowment * (1 << self.bits)) for endowment in self.endowments]
        self.money = [start[side] for side in setting.side]
        self.ended_in: dict[int, int] = {}
        self.left: dict[tuple[int, tuple[int, ...]], Fraction] = {}
        self.round_of: dict[int, int] = {}
        # The supporters who may have something left, how many they are, and how many projects told crowds apart then.
        self.rest: dict[int, tuple[list[Part], int, int]] = {}
        self.least = [0] * len(setting.costs)
        self.queue: list[tuple[int, int]] = []
        for project in setting.running:
            self.least[project] = (setting.costs[project] << self.bits) // setting.votes[project]
            self.queue.append(((self.least[project] << _FINER) // setting.costs[project], project))
        heapify(self.queue)

    @property
    def chosen(self) -> list[int]:
        return [*self.field.free, *(one.project for one in self.rounds)]

    @property
    def cost(self) -> int:
        return sum(self.field.costs[project] for project in self.chosen)

    def price(self, place: int) -> Fraction:
        """What those who could paid in a round, exactly, in whole units of the field."""
        this = self.rounds[place]
        if this.price is None:
            self.price_before(place)
            this.price = (self.field.costs[this.project] - self._sum_of(this.ended)) / this.full
        return this.price

    def price_before(self, place: int) -> None:
        """Reckon earlier prices first, in order, so that none waits for another."""
        for earlier in range(place):
            if self.rounds[earlier].price is None:
                self.price(earlier)

    def has_left(self, crowd: int) -> Fraction:
        """What each voter of a crowd holds now, exactly."""
        if crowd in self.ended_in:
            return Fraction(0)
        paid = tuple(self.round_of[project] for project in self.field.named[crowd] if project in self.round_of)
        key = (self.field.side[crowd], paid)
        if key not in self.left:
            self.left[key] = self.endowments[key[0]] - sum(map(self.price, paid), Fraction(0))
        return self.left[key]

    def _sum_of(self, parts: Sequence[Part]) -> Fraction:
        """All that these voters, none of whom had ended before, held before they paid last; exactly."""
        setting = self.field
        paid: Counter[int] = Counter()
        people = [0] * len(self.endowments)
        for crowd, many in parts:
            people[setting.side[crowd]] += many
            for project in setting.named[crowd]:
                paid[project] += many
        held = sum((share * many for share, many in zip(self.endowments, people, strict=True)), Fraction(0))
        before = min((self.ended_in.get(crowd, len(self.rounds)) for crowd, _ in parts), default=0)
        for project, times in paid.items():
            if self.round_of.get(project, before) < before:
                held -= times * self.price(self.round_of[project])
        return held

    def buys(self) -> bool:
        """Buy the project that costs its supporters the smallest share of its cost. False when none is left."""
        contenders: list[Contender] = []
        seen: list[tuple[int, int]] = []
        best: int | None = None
        while self.queue and (best is None or self.queue[0][0] <= best):
            _, project = heappop(self.queue)
            found = self._look_at(project, best)
            if found is None:
                continue
            seen.append((found.low, project))
            if best is None or found.low <= best:
                contenders.append(found)
                best = found.high if best is None else min(best, found.high)
        contenders = [one for one in contenders if best is not None and one.low <= best]
        winner = contenders[0] if len(contenders) == 1 else self._settled(contenders)
        for low, project in seen:
            if winner and project != winner.project:
                heappush(self.queue, (low, project))
        if winner:
            self._buy(winner)
        return winner is not None

    def _supporters(self, project: int) -> tuple[list[Part], int]:
        """The supporters of a project who may have something left, and how many they are."""
        parts, many, when = self.rest.get(project, ([], 0, -1))
        if when != len(self.field.told_apart):
            parts, many = self.field.crowds(project), self.field.votes[project]
            self.rest[project] = parts, many, len(self.field.told_apart)
        return parts, many

    def _forget_ended(self, project: int) -> None:
        """Keep only those supporters of a project who have something left."""
        parts, _, when = self.rest[project]
        left = [one for one in parts if self.money[one[0]]]
        self.rest[project] = left, heads(left), when

    def _look_at(self, project: int, best: int | None) -> Contender | None:
        """Bounds of the price, or None when the supporters can no longer pay. Stops early once beaten."""
        money, cost = self.money, self.field.costs[project]
        parts, whole = self._supporters(project)
        needed, price = cost << self.bits, self.least[project]
        while True:
            edge = price + self.near
            poor = [one for one in parts if money[one[0]] < edge]
            weight = sum([many for _, many in poor])
            given = sum([many * money[crowd] for crowd, many in poor])
            full = whole - weight
            if full == 0 or needed <= given:
                return self._exactly(project, price) if given + whole * self.error >= needed else None
            off = (weight * self.error) // full + 2
            if off * 4 > self.near:
                raise NotPreciseEnough
            new = (needed - given) // full
            beaten = best is not None and ((price - off) << _FINER) // cost > best
            if new <= price or beaten:
                break
            price = self.least[project] = new
        if 2 * len(poor) > len(parts):
            self._forget_ended(project)
        poor = [one for one in poor if money[one[0]]]
        if not beaten and poor and max([money[crowd] for crowd, _ in poor]) >= price - self.near:
            return self._exactly(project, price)
        low, high = ((price - off) << _FINER) // cost, ((price + off) << _FINER) // cost + 1
        return Contender(project, price, low, high, full, poor)

    def _exactly(self, project: int, about: int) -> Contender | None:
        """Settle in fractions what the bounds could not: who gives their last, and whether the money is there.

        `about`: a lower bound of the price, so whoever has clearly less gives all of it.
        """
        clear, money = about - 2 * self.near, self.money
        parts, _ = self._supporters(project)
        poor = [one for one in parts if 0 < money[one[0]] < clear]
        others = [one for one in parts if money[one[0]] and money[one[0]] >= clear]
        needed = self.field.costs[project] - self._sum_of(poor)
        full = heads(others)
        price = Fraction(0)
        for crowd, many in self._in_order(others):
            price = needed / full
            if money[crowd] - self.error > price * (1 << self.bits) or self.has_left(crowd) > price:
                break
            poor.append((crowd, many))
            price = self.has_left(crowd)
            needed -= price * many
            full -= many
        if full == 0 and needed > 0:
            return None
        cost, scaled = self.field.costs[project], int(price * (1 << self.bits))
        low, high = (scaled << _FINER) // cost, ((scaled + 1) << _FINER) // cost + 1
        return Contender(project, scaled, low, high, full, poor, exact=price)

    def _in_order(self, parts: list[Part]) -> Iterator[Part]:
        """The poorest first, exactly."""
        parts.sort(key=lambda one: self.money[one[0]])
        place = 0
        while place < len(parts):
            edge, end = self.money[parts[place][0]] + 2 * self.error, place
            while end < len(parts) and self.money[parts[end][0]] <= edge:
                end += 1
            level = parts[place:end]
            yield from sorted(level, key=lambda one: self.has_left(one[0])) if len(level) > 1 else level
            place = end

    def _settled(self, contenders: Sequence[Contender]) -> Contender | None:
        """The best of several that the bounds cannot tell apart: lowest price by cost, then more votes, the cheaper,
        as listed."""
        costs, votes = self.field.costs, self.field.votes
        for one in contenders:
            if one.exact is None:
                one.exact = (costs[one.project] - self._sum_of(one.poor)) / one.full
        return min(
            contenders,
            key=lambda one: (
                (one.exact or Fraction(0)) / costs[one.project], -votes[one.project], costs[one.project], one.project
            ),
            default=None,
        )  # fmt: skip

    def _buy(self, winner: Contender) -> None:
        """Take the price from every supporter, or all that is left where that is less."""
        project, price = winner.project, winner.price
        if project not in self.field.told_apart:
            self._tell_apart(winner)
        money = self.money
        for crowd, _ in winner.poor:
            money[crowd] = 0
            self.ended_in[crowd] = len(self.rounds)
        for crowd, _ in self._supporters(project)[0]:
            left = money[crowd] - price
            if left > 0:
                money[crowd] = left
            elif money[crowd]:
                money[crowd] = 1  # a trace more than the price, less than the unit kept
        if winner.full:
            self.error += (heads(winner.poor) * self.error) // winner.full + 2
        self.round_of[project] = len(self.rounds)
        self.rounds.append(Round(project, winner.full, winner.poor, winner.exact))

    def _tell_apart(self, winner: Contender) -> None:
        """Split the crowds of the supporters: these pay now, the others do not. Each part has what the crowd had."""
        parts = self.field.tell_apart(winner.project)
        for crowd, part in parts.items():
            self.money.append(self.money[crowd])
            if crowd in self.ended_in:
                self.ended_in[part] = self.ended_in[crowd]
        winner.poor = [(parts[crowd], many) for crowd, many in winner.poor]
