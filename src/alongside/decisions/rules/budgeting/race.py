"""One run of Equal Shares, exact and quick.

A voter's money is kept as a whole number of 1/2^bits of the smallest unit, rounded, with a bound on how far it may
be off; few bits, because small numbers are quick, and more where those do not do. Where the bound cannot decide a
comparison, it is settled in fractions. For those the run remembers who ran out of money in which round: everything a
voter has left is the endowment less the prices of the rounds paid.
"""

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from dataclasses import field as made
from fractions import Fraction
from heapq import heapify, heappop, heappush
from itertools import chain

from alongside.decisions.rules.budgeting.election import Election

# Numbers below 2^60 are the quickest among Python's whole numbers.
_QUICK = 59
# What is compared is price over cost, kept to this many further binary places.
_FINER = 64


class NotPreciseEnough(Exception):
    """The bound grew too wide; run again with more bits."""


class Field:
    """What stays the same in every run: costs in whole units, who supports what."""

    def __init__(self, election: Election, sides: Sequence[str] | None = None) -> None:
        names = [""] if sides is None else list(sides)
        self.unit = election.unit
        self.costs = [int(project.cost * self.unit) for project in election.projects]
        kept = [group for group in election.ballots if group.projects and group.count]
        # Voters who name the same liked projects lie side by side, which is easier on the processor's memory.
        best_first = sorted(range(len(self.costs)), key=lambda place: -election.scores[place])
        rank = {place: order for order, place in enumerate(best_first)}
        kept.sort(key=lambda group: sorted([rank[place] for place in group.projects]))
        self.projects = [group.projects for group in kept]
        self.weights = [group.count for group in kept]
        self.side = [0 if sides is None else names.index(group.side) for group in kept]
        supporters = [array("i") for _ in self.costs]
        for voter, named in enumerate(self.projects):
            for project in named:
                supporters[project].append(voter)
        self.supporters: list[Sequence[int]] = list(supporters)
        self.votes = [sum(map(self.weights.__getitem__, voters)) for voters in self.supporters]
        self.free = [place for place in election.eligible if self.costs[place] == 0 and self.votes[place]]
        self.running = [place for place in election.eligible if self.costs[place] > 0 and self.votes[place]]


@dataclass
class Round:
    """A project chosen. `ended`: groups that gave their last; `full`: how many voters paid the full price."""

    project: int
    full: int
    ended: list[int]
    price: Fraction | None = None


@dataclass
class Contender:
    """A project that can be paid for, and its price between bounds; `exact` where that was needed already."""

    project: int
    price: int
    low: int
    high: int
    full: int
    poor: list[int]
    exact: Fraction | None = None


class Head:
    """The first rounds that are the same in every run from here on, while nobody's share becomes smaller.

    They are the most supported projects, in that order, each paid by all its supporters in full: more money changes
    neither price nor order. `spent`: what each voter paid in them.
    """

    def __init__(self, setting: Field) -> None:
        self.setting = setting
        self.order = sorted(setting.running, key=lambda place: (-setting.votes[place], setting.costs[place], place))
        self.rounds = 0
        self.bits = 0
        self.spent: list[int] = []

    def learn(self, done: "Run") -> None:
        """Take in the rounds of a finished run that will be the same from now on."""
        rounds = self.rounds if self.bits == done.bits else 0
        if not rounds:
            self.bits, self.spent = done.bits, [0] * len(self.setting.projects)
        while rounds < len(done.rounds) and self._stays(done.rounds[rounds], rounds):
            price, spent = self.price(rounds), self.spent
            for voter in self.setting.supporters[self.order[rounds]]:
                spent[voter] += price
            rounds += 1
        self.rounds = rounds

    def price(self, place: int) -> int:
        project = self.order[place]
        return (self.setting.costs[project] << self.bits) // self.setting.votes[project]

    def _stays(self, one: "Round", place: int) -> bool:
        return not one.ended and one.project == self.order[place]


def run(setting: Field, endowments: Sequence[Fraction], head: Head | None = None) -> "Run":
    """Give each voter of side s `endowments[s]` (in whole units of the field) and let them buy.

    `head`: kept from run to run while endowments only grow.
    """
    bits = max(_QUICK - int(max(endowments)).bit_length(), 24)
    while True:
        try:
            done = Run(setting, endowments, bits)
            done.begin(head if head and head.bits == bits else None)
            while done.buys():
                pass
        except NotPreciseEnough:
            bits = max(2 * bits, 96)
            continue
        if head:
            head.learn(done)
        return done


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
        self.rest = list(setting.supporters)
        self.rest_weight = list(setting.votes)
        self.ended_in: dict[int, int] = {}
        self.left: dict[tuple[int, tuple[int, ...]], Fraction] = {}
        self.round_of: dict[int, int] = {}
        self.least = [0] * len(setting.costs)
        self.queue: list[tuple[int, int]] = []

    def begin(self, head: Head | None) -> None:
        """Hand out the money; begin after the rounds of `head`, where it is given."""
        setting = self.field
        start = [int(endowment * (1 << self.bits)) for endowment in self.endowments]
        if head and len(start) == 1:
            self.money = [start[0] - spent for spent in head.spent]
        elif head:
            self.money = [start[side] - spent for side, spent in zip(setting.side, head.spent, strict=True)]
        else:
            self.money = [start[side] for side in setting.side]
        for project in head.order[: head.rounds] if head else ():
            self.round_of[project] = len(self.rounds)
            self.rounds.append(Round(project, setting.votes[project], []))
            self.error += 1
        for project in setting.running:
            if project not in self.round_of:
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

    def has_left(self, voter: int) -> Fraction:
        """What each voter of a group holds now, exactly."""
        if voter in self.ended_in:
            return Fraction(0)
        paid = tuple(self.round_of[project] for project in self.field.projects[voter] if project in self.round_of)
        key = (self.field.side[voter], paid)
        if key not in self.left:
            self.left[key] = self.endowments[key[0]] - sum(map(self.price, paid), Fraction(0))
        return self.left[key]

    def _sum_of(self, voters: Sequence[int]) -> Fraction:
        """All that these groups, none of which had ended before, held before they paid last; exactly."""
        setting = self.field
        paid: Counter[int] = Counter()
        ones = [voter for voter in voters if setting.weights[voter] == 1]
        paid.update(chain.from_iterable(map(setting.projects.__getitem__, ones)))
        for voter in voters:
            if (weight := setting.weights[voter]) != 1:
                for project in setting.projects[voter]:
                    paid[project] += weight
        held = Fraction(0)
        for side, endowment in enumerate(self.endowments):
            held += endowment * sum(setting.weights[voter] for voter in voters if setting.side[voter] == side)
        before = min((self.ended_in.get(voter, len(self.rounds)) for voter in voters), default=0)
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

    def _look_at(self, project: int, best: int | None) -> Contender | None:
        """Bounds of the price, or None when the supporters can no longer pay. Stops early once beaten."""
        money, weights, cost = self.money, self.field.weights, self.field.costs[project]
        voters, whole = self.rest[project], self.rest_weight[project]
        needed, price = cost << self.bits, self.least[project]
        while True:
            edge = price + self.near
            poor = [voter for voter in voters if money[voter] < edge]
            weight = sum([weights[voter] for voter in poor])
            given = sum([weights[voter] * money[voter] for voter in poor])
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
        if 2 * len(poor) > len(voters):
            self._forget_ended(project)
        poor = [voter for voter in poor if money[voter]]
        if not beaten and poor and max(map(money.__getitem__, poor)) >= price - self.near:
            return self._exactly(project, price)
        low, high = ((price - off) << _FINER) // cost, ((price + off) << _FINER) // cost + 1
        return Contender(project, price, low, high, full, poor)

    def _forget_ended(self, project: int) -> None:
        """Keep only the supporters of a project who have something left."""
        left = [voter for voter in self.rest[project] if self.money[voter]]
        self.rest_weight[project] = sum(map(self.field.weights.__getitem__, left))
        self.rest[project] = left

    def _exactly(self, project: int, about: int) -> Contender | None:
        """Settle in fractions what the bounds could not: who gives their last, and whether the money is there.

        `about`: a lower bound of the price, so whoever has clearly less gives all of it.
        """
        clear, money = about - 2 * self.near, self.money
        poor = [voter for voter in self.rest[project] if 0 < money[voter] < clear]
        others = [voter for voter in self.rest[project] if money[voter] and money[voter] >= clear]
        needed = self.field.costs[project] - self._sum_of(poor)
        full = sum(map(self.field.weights.__getitem__, others))
        price = Fraction(0)
        for voter in self._in_order(others):
            price = needed / full
            if money[voter] - self.error > price * (1 << self.bits) or self.has_left(voter) > price:
                break
            poor.append(voter)
            price = self.has_left(voter)
            needed -= price * self.field.weights[voter]
            full -= self.field.weights[voter]
        if full == 0 and needed > 0:
            return None
        cost, scaled = self.field.costs[project], int(price * (1 << self.bits))
        low, high = (scaled << _FINER) // cost, ((scaled + 1) << _FINER) // cost + 1
        return Contender(project, scaled, low, high, full, poor, exact=price)

    def _in_order(self, voters: list[int]) -> Iterator[int]:
        """The poorest first, exactly."""
        voters.sort(key=self.money.__getitem__)
        place = 0
        while place < len(voters):
            edge, end = self.money[voters[place]] + 2 * self.error, place
            while end < len(voters) and self.money[voters[end]] <= edge:
                end += 1
            yield from sorted(voters[place:end], key=self.has_left) if end > place + 1 else voters[place:end]
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
        money, price = self.money, winner.price
        this = Round(winner.project, winner.full, winner.poor, winner.exact)
        for voter in winner.poor:
            money[voter] = 0
            self.ended_in[voter] = len(self.rounds)
        for voter in self.rest[winner.project]:
            left = money[voter] - price
            if left > 0:
                money[voter] = left
            elif money[voter]:
                money[voter] = 1  # a trace more than the price, less than the unit kept
        if this.full:
            self.error += (sum(map(self.field.weights.__getitem__, winner.poor)) * self.error) // this.full + 2
        self.round_of[winner.project] = len(self.rounds)
        self.rounds.append(this)
