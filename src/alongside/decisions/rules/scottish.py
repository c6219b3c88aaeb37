"""Single transferable vote as Scottish councils count it.

Droop quota, weighted inclusive Gregory transfers of whole surpluses, values cut off after five decimals. Votes are
whole numbers of 1/100,000, so the count is exact. Ties: who had more (or fewer) votes at the latest earlier stage
at which they differed; if they never did, a lot by a seed published before opening (`lots`).
Source: The Scottish Local Government Elections Order 2007, schedule 1, rules 45 to 52.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from alongside.decisions.rules.explaining import Fact, Step, step
from alongside.decisions.rules.lots import drawn

ONE = 100_000
Ballot = tuple[tuple[str, ...], int]


@dataclass(frozen=True)
class Elected:
    """`winners` in the order they were elected. `lots`: how many ties a lot had to settle."""

    rule: str
    winners: tuple[str, ...]
    steps: tuple[Step, ...]
    lots: int = 0


class CannotElect(ValueError):
    """`why`: few_candidates (fewer than seats) or reserved (more seats reserved than there are, or than a side has)."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def scottish_stv(
    candidates: Sequence[str],
    ballots: Sequence[Ballot],
    seats: int,
    *,
    seed: str = "",
    reserved: Mapping[str, int] | None = None,
    side_of: Mapping[str, str] | None = None,
) -> Elected:
    """Elect `seats` of the candidates. A ballot is the candidates in order of preference, and how many like it.

    `reserved`: seats kept for candidates of a side (`side_of` says whose side each is on): whoever is needed to fill
    them is not excluded, and whoever would take a seat kept for others is.
    """
    kept = dict(reserved or {})
    _check(candidates, seats, kept, side_of or {})
    count = _Count(list(candidates), seats, seed, kept, dict(side_of or {}))
    count.first_preferences(ballots)
    while not count.full:
        count.stage()
    return Elected("scottish-stv", tuple(count.elected), tuple(count.steps), count.lots)


def each_side_elects(
    candidates: Mapping[str, Sequence[str]],
    ballots: Mapping[str, Sequence[Ballot]],
    seats: int,
    *,
    seed: str = "",
) -> dict[str, Elected]:
    """Equal seats for every side, each elected by its own roll: how co-chairs are chosen."""
    return {side: scottish_stv(candidates[side], ballots.get(side, ()), seats, seed=seed) for side in candidates}


def _check(candidates: Sequence[str], seats: int, reserved: Mapping[str, int], side_of: Mapping[str, str]) -> None:
    if not 1 <= seats <= len(candidates):
        raise CannotElect("few_candidates")
    running = [side_of.get(one, "") for one in candidates]
    if sum(reserved.values()) > seats or any(running.count(side) < many for side, many in reserved.items()):
        raise CannotElect("reserved")


@dataclass(slots=True)
class _Paper:
    """Equal ballots lying with one candidate: the whole order, the place reached, how many, each worth `value`."""

    order: tuple[str, ...]
    place: int
    many: int
    value: int


@dataclass
class _Count:
    candidates: list[str]
    seats: int
    seed: str
    reserved: dict[str, int]
    side_of: dict[str, str]
    elected: list[str] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    lots: int = 0

    def __post_init__(self) -> None:
        self.hopeful = set(self.candidates)
        self.papers: dict[str, list[_Paper]] = {one: [] for one in self.candidates}
        self.votes = dict.fromkeys(self.candidates, 0)
        self.history: list[dict[str, int]] = []
        self.surpluses: list[str] = []
        self.quota = 0

    @property
    def full(self) -> bool:
        return len(self.elected) == self.seats

    def first_preferences(self, ballots: Sequence[Ballot]) -> None:
        valid = 0
        for order, many in ballots:
            if order:
                valid += many
                self._hand(_Paper(order, -1, many, ONE))
        self.quota = (valid // (self.seats + 1) + 1) * ONE
        self.steps.append(step("stv.quota", ballots=valid, seats=self.seats, quota=self.quota // ONE))
        self._close_stage()

    def stage(self) -> None:
        """One stage: transfer the largest surplus, or exclude the candidate with the fewest votes."""
        if self.surpluses:
            self._transfer(self._extreme(self.surpluses, most=True))
        else:
            self._exclude(self._extreme(self._excludable(), most=False), "stv.excluded")
        self._close_stage()

    def _hand(self, paper: _Paper) -> None:
        """Give the paper to the next candidate on it who is still in the running; without one it is set aside."""
        hopeful, place = self.hopeful, paper.place + 1
        for one in paper.order[place:] if place else paper.order:
            if one in hopeful:
                paper.place = place
                self.papers[one].append(paper)
                self.votes[one] += paper.many * paper.value
                return
            place += 1

    def _transfer(self, one: str) -> None:
        total, surplus = self.votes[one], self.votes[one] - self.quota
        self.surpluses.remove(one)
        self.votes[one] = self.quota
        for paper in self.papers.pop(one):
            paper.value = surplus * paper.value // total
            if paper.value:
                self._hand(paper)
        self.steps.append(step("stv.transferred", what=one, surplus=Fraction(surplus, ONE), round=len(self.history)))

    def _exclude(self, one: str, code: str) -> None:
        self.hopeful.discard(one)
        facts: dict[str, Fact] = {"votes": Fraction(self.votes[one], ONE), "round": len(self.history)}
        self.votes[one] = 0
        for paper in self.papers.pop(one):
            self._hand(paper)
        self.steps.append(Step(code, {"what": one, **facts}))

    def _close_stage(self) -> None:
        """Elect whoever reached the quota, keep the figures, see whether only as many are left as seats."""
        self.history.append(dict(self.votes))
        there = [one for one in self.candidates if one in self.hopeful and self.votes[one] >= self.quota]
        for one in sorted(there, key=lambda one: -self.votes[one]):
            if not self.full and self._may_sit(one):
                self._elect(one, "stv.elected")
        if self.reserved:
            self._drop_those_without_a_seat()
        if not self.full and len(self.hopeful) == self.seats - len(self.elected):
            for one in sorted(self.hopeful, key=lambda one: (-self.votes[one], self.candidates.index(one))):
                self._elect(one, "stv.elected_last")

    def _elect(self, one: str, code: str) -> None:
        self.hopeful.discard(one)
        self.elected.append(one)
        if self.votes[one] > self.quota:
            self.surpluses.append(one)
        self.steps.append(step(code, what=one, votes=Fraction(self.votes[one], ONE), round=len(self.history)))

    def _extreme(self, among: Sequence[str], *, most: bool) -> str:
        """The one with the most (or fewest) votes; ties by the latest earlier stage that separates, then a lot."""
        tied = list(among)
        for figures in [self.votes, *reversed(self.history)]:
            edge = (max if most else min)(figures[one] for one in tied)
            tied = [one for one in tied if figures[one] == edge]
            if len(tied) == 1:
                return tied[0]
        self.lots += 1
        first = drawn(tied, seed=self.seed, moment=f"round {len(self.history)}")[0]
        self.steps.append(step("stv.lot", others=tuple(tied), what=first, round=len(self.history)))
        return first

    def _needed(self, side: str) -> int:
        return self.reserved.get(side, 0) - sum(self.side_of.get(one) == side for one in self.elected)

    def _may_sit(self, one: str) -> bool:
        """Whether the other sides' reserved seats can still be filled if this candidate is elected."""
        side = self.side_of.get(one, "")
        others = sum(max(self._needed(other), 0) for other in self.reserved if other != side)
        return self.seats - len(self.elected) > others

    def _excludable(self) -> list[str]:
        """Those who are not needed to fill the seats reserved for their side."""
        spare = []
        for one in self.candidates:
            side = self.side_of.get(one, "")
            running = sum(self.side_of.get(other, "") == side for other in self.hopeful)
            if one in self.hopeful and running > self._needed(side):
                spare.append(one)
        return spare

    def _drop_those_without_a_seat(self) -> None:
        out = [one for one in self.candidates if one in self.hopeful and not self._may_sit(one)]
        if out and not self.full:
            for one in out:
                self.hopeful.discard(one)
            for one in out:
                self._exclude(one, "stv.no_seat_left")
            self._close_stage()
