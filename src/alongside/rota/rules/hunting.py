"""The cheapest choice of columns, step by step: bounds first, then a rota, then the proof that none is better."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from math import ceil, inf, isfinite

from alongside.rota.rules.certificate import Certificate, certificate
from alongside.rota.rules.engines import TINY, Answer, Effort, Relaxed, Verdict, exact, relax, search
from alongside.rota.rules.program import COUNTING, Program, Row

Values = tuple[bool, ...]
# Work that is the same on every machine; 1 is about a second.
DIVE_STEPS, BRIEF_STEPS = 4.0, 2.0
# Of the time that is left, how much the integer program may take before the search goes on.
SHARE_OF_EXACT = 0.6
# A dive leaves out what would cost at least this much above the bound.
FAR = 50


@dataclass(frozen=True)
class Progress:
    """The best cost so far (None without a rota), what no rota can cost less than, and seconds since the start."""

    cost: int | None
    bound: int | None
    seconds: float


OnProgress = Callable[[Progress], bool | None]


@dataclass
class Telling:
    """Keeps what is to be told, which any thread may know; `stop` tells it in the thread that waits for a rota."""

    on_progress: OnProgress | None = None
    began: float = field(default_factory=time.monotonic)
    cost: int | None = None
    bound: int | None = None
    stopped: bool = False

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began

    def know(self, *, cost: int | None = None, bound: int | None = None) -> None:
        if cost is not None:
            self.cost = cost if self.cost is None else min(cost, self.cost)
        if bound is not None:
            self.bound = bound if self.bound is None else max(bound, self.bound)

    def stop(self) -> bool:
        if self.on_progress and not self.stopped:
            self.stopped = bool(self.on_progress(Progress(self.cost, self.bound, self.seconds)))
        return self.stopped


def best(
    program: Program,
    effort: Effort,
    *,
    telling: Telling | None = None,
    floor: int | None = None,
    start: Values | None = None,
) -> Answer:
    """The cheapest choice of columns. `floor`: a bound that is known; `start`: a choice that keeps every row."""
    hunt = _Hunt(program, effort, telling or Telling(), -inf if floor is None else floor)
    hunt.take(start)
    relaxed = relax(program, effort)
    if relaxed is not None and relaxed.impossible:
        return search(program, effort)  # says the same without rounding
    if relaxed is not None:
        hunt.learn(relaxed)
    for step in (hunt.take_whole, hunt.dive, hunt.search_briefly, hunt.prove, hunt.search_on):
        if hunt.done or hunt.impossible or effort.over:
            break
        step()
    hunt.telling.stop()
    return hunt.answer


@dataclass
class _Hunt:
    """What is known so far: the best values, the bound, and the certificate behind it."""

    program: Program
    effort: Effort
    telling: Telling
    bound: float
    values: Values | None = None
    cost: int | None = None
    relaxed: Relaxed | None = None
    proved: Certificate | None = None
    impossible: bool = False

    @property
    def done(self) -> bool:
        return self.cost is not None and self.cost <= self.bound

    @property
    def answer(self) -> Answer:
        if self.impossible:
            return Answer(Verdict.IMPOSSIBLE)
        return Answer(Verdict.BEST if self.done else Verdict.OPEN, self.values, self.bound)

    def learn(self, relaxed: Relaxed) -> None:
        self.relaxed, self.proved = relaxed, certificate(self.program, relaxed.prices)
        self.raise_bound(self.proved.bound)

    def raise_bound(self, bound: float) -> None:
        if isfinite(bound):
            self.bound = max(self.bound, ceil(bound - TINY))
            self.telling.know(bound=int(self.bound))

    def take(self, values: Values | None) -> None:
        """Keep these values where they are better than the best so far, and hold when counted in whole numbers."""
        if values is None:
            return
        values = with_loads(self.program, values)
        cost = sum(cost for cost, value in zip(self.program.costs, values, strict=True) if value)
        if (self.cost is None or cost < self.cost) and holds(self.program, values):
            self.values, self.cost = values, cost
            self.telling.know(cost=cost)

    def take_whole(self) -> None:
        """Shares that are whole are a rota already."""
        if self.relaxed is not None and self.relaxed.whole:
            self.take(tuple(share > 0.5 for share in self.relaxed.shares))

    def dive(self) -> None:
        """Keep every assignment that the shares take as a whole, and search the few places left."""
        if self.relaxed is None or self.proved is None:
            return
        shares = self.relaxed.shares[: len(self.program.assignments)]
        far = self.proved.settled(int(self.bound) + FAR)
        settled: dict[int, bool] = {place: taken for place, taken in far.items() if not taken}
        settled.update((place, True) for place, share in enumerate(shares) if share > 1 - TINY)
        self._searched(settled, DIVE_STEPS, workers=1, proving=False)

    def search_briefly(self) -> None:
        """With all that the best so far settles left out, the proof is often short."""
        self._conclude(self._searched(self._settled(), BRIEF_STEPS, workers=1))

    def prove(self) -> None:
        """The integer program, for a part of the time that is left."""
        answer = exact(self.program, self._settled(), self.effort.part(SHARE_OF_EXACT))
        self.take(answer.values)
        self._conclude(answer)

    def search_on(self) -> None:
        self._conclude(self._searched(self._settled(), None, workers=self.effort.workers))

    def _settled(self) -> dict[int, bool]:
        """What every better choice of columns takes or leaves."""
        return {} if self.proved is None or self.cost is None else self.proved.settled(self.cost)

    def _searched(self, settled: dict[int, bool], steps: float | None, *, workers: int, proving: bool = True) -> Answer:
        """Search what is not settled. `proving`: what is settled follows from the best so far, and is no guess."""
        hint = self.values
        if hint is None and self.relaxed is not None:
            hint = tuple(share > 0.5 for share in self.relaxed.shares)
        return search(
            self.program,
            replace(self.effort, steps=steps, workers=workers),
            settled=settled,
            hint=hint,
            at_least=int(self.bound) if isfinite(self.bound) else None,
            on_solution=self.take,
            on_bound=self._hear_of_bound if proving else None,
        )

    def _hear_of_bound(self, bound: float) -> None:
        """A bound on all better choices, or on what is found by then."""
        if self.cost is not None:
            self.raise_bound(min(bound, self.cost))

    def _conclude(self, answer: Answer) -> None:
        """What an answer about all better choices says about all choices."""
        if answer.verdict is Verdict.IMPOSSIBLE:
            self.impossible = self.cost is None
            self.raise_bound(inf if self.cost is None else self.cost)
        elif answer.verdict is Verdict.BEST and self.cost is not None:
            self.raise_bound(self.cost)
        elif isfinite(answer.bound):
            self.raise_bound(answer.bound if self.cost is None else min(answer.bound, self.cost))


def with_loads(program: Program, values: Values) -> Values:
    """The values, with the columns that count loads set from the others."""
    full = list(values)
    for row in program.rows:
        if row.part == COUNTING and row.minus:
            load = sum(full[place] for place in row.plus)
            for nth, column in enumerate(row.minus):
                full[column] = nth < load
    return tuple(full)


def holds(program: Program, values: Values) -> bool:
    return all(row.low <= total(row, values) <= row.high for row in program.rows)


def total(row: Row, values: Values) -> int:
    return sum(values[place] for place in row.plus) - sum(values[place] for place in row.minus)
