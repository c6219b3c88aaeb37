"""The solvers of OR-Tools behind four plain calls. OR-Tools is the extra `rota` and imported only here."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import Enum
from math import inf, isfinite
from typing import Any

from alongside.rota.rules.program import Program

MISSING = "Fair rotas need OR-Tools, which is not installed. Type: pip install 'alongside[rota]'"
# Below this, a share of a column counts as none.
TINY = 1e-6
TICK_SECONDS = 0.05


class NoSolver(Exception):
    """OR-Tools is not installed; the text says what to type."""

    def __init__(self) -> None:
        super().__init__(MISSING)


class Verdict(Enum):
    """What a solver says. `OPEN`: it ran out of time, or was stopped, with or without a solution."""

    BEST = "best"
    IMPOSSIBLE = "impossible"
    OPEN = "open"


@dataclass(frozen=True)
class Answer:
    """`values`: which columns are taken, None without a solution. `bound`: no solution costs less, as far as known."""

    verdict: Verdict
    values: tuple[bool, ...] | None = None
    bound: float = -inf


@dataclass(frozen=True)
class Relaxed:
    """The best shares of columns, and the price of each row. `impossible`: not even shares of columns will do."""

    impossible: bool
    shares: tuple[float, ...] = ()
    prices: tuple[float, ...] = ()

    @property
    def whole(self) -> bool:
        return all(share < TINY or share > 1 - TINY for share in self.shares)


@dataclass(frozen=True)
class Effort:
    """How hard to try. `until`: the moment on the monotonic clock to stop at; `steps`: work that is the same on
    every machine, None without such a limit; `stop`: asked often, True ends it."""

    until: float
    workers: int = 1
    seed: int = 0
    steps: float | None = None
    stop: Callable[[], bool] = lambda: False

    @property
    def seconds(self) -> float:
        return max(self.until - time.monotonic(), 0.0)

    def part(self, share: float) -> Effort:
        """The same effort for a share of the time that is left."""
        return replace(self, until=time.monotonic() + self.seconds * share)

    @property
    def over(self) -> bool:
        return self.seconds <= 0 or self.stop()


def relax(program: Program, effort: Effort) -> Relaxed | None:
    """Solve it with shares of columns (GLOP). None where that took too long."""
    solver = _linear("GLOP")
    columns, rows = _loaded(solver, program, {}, whole=False)
    solver.SetTimeLimit(max(int(effort.seconds * 1000), 1))
    status = solver.Solve()
    if status == solver.INFEASIBLE:
        return Relaxed(impossible=True)
    if status != solver.OPTIMAL:
        return None
    shares = tuple(column.solution_value() for column in columns)
    return Relaxed(False, shares, tuple(row.dual_value() for row in rows))


class Toggles:
    """Shares of columns, asked over and over with some rows switched off and some columns kept empty (GLOP).

    Each question begins where the one before ended, which makes most of them quick.
    """

    def __init__(self, program: Program) -> None:
        self.solver = _linear("GLOP")
        self.program = program
        # Uneven costs lead to a corner, where shares are mostly whole.
        uneven = [place * 7919 % 23 for place in range(len(program.costs))]
        self.columns, self.rows = _loaded(self.solver, program, {}, whole=False, costs=uneven)
        self.on, self.closed = [True] * len(program.rows), frozenset[int]()

    def ask(self, on: Sequence[bool], closed: Set[int], effort: Effort) -> Relaxed | None:
        """Shares with these rows alone; None where that took too long."""
        for place, is_on in enumerate(on):
            if is_on != self.on[place]:
                row = self.program.rows[place]
                self.rows[place].SetBounds(row.low if is_on else -inf, row.high if is_on else inf)
        for place in closed ^ self.closed:
            self.columns[place].SetBounds(0, 0 if place in closed else 1)
        self.on, self.closed = list(on), frozenset(closed)
        self.solver.SetTimeLimit(max(int(effort.seconds * 1000), 1))
        status = self.solver.Solve()
        if status == self.solver.INFEASIBLE:
            return Relaxed(impossible=True)
        if status != self.solver.OPTIMAL:
            return None
        return Relaxed(False, tuple(column.solution_value() for column in self.columns))


def exact(program: Program, settled: Mapping[int, bool], effort: Effort) -> Answer:
    """Solve it as an integer program (SCIP). Good where much is settled and the bound is close."""
    from ortools.linear_solver import pywraplp

    solver = _linear("SCIP")
    if solver is None:
        return Answer(Verdict.OPEN)
    columns, _ = _loaded(solver, program, settled, whole=True)
    solver.SetTimeLimit(max(int(effort.seconds * 1000), 1))
    parameters = pywraplp.MPSolverParameters()
    parameters.SetDoubleParam(parameters.RELATIVE_MIP_GAP, 0.0)
    status = _watched(lambda: solver.Solve(parameters), solver.InterruptSolve, effort)
    if status == solver.INFEASIBLE:
        return Answer(Verdict.IMPOSSIBLE)
    if status not in (solver.OPTIMAL, solver.FEASIBLE):
        return Answer(Verdict.OPEN)
    values = tuple(column.solution_value() > 0.5 for column in columns)
    return Answer(Verdict.BEST if status == solver.OPTIMAL else Verdict.OPEN, values, solver.Objective().BestBound())


def _watched(solve: Callable[[], Any], interrupt: Callable[[], Any], effort: Effort) -> Any:
    """Solve in a thread of its own, while this one looks whether to stop."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        solving = pool.submit(solve)
        try:
            while True:
                with suppress(FutureTimeout):
                    return solving.result(timeout=TICK_SECONDS)
                if effort.stop():
                    interrupt()
        except BaseException:  # whoever is told of progress may fail or be interrupted: then nobody waits for more
            interrupt()
            raise


def _linear(name: str) -> Any:
    try:
        from ortools.linear_solver import pywraplp
    except ImportError as missing:
        raise NoSolver from missing
    return pywraplp.Solver.CreateSolver(name)


def _loaded(
    solver: Any, program: Program, settled: Mapping[int, bool], *, whole: bool, costs: Sequence[int] | None = None
) -> tuple[list[Any], list[Any]]:
    make = solver.BoolVar if whole else (lambda name: solver.NumVar(0, 1, name))
    columns = [make("") for _ in program.costs]
    objective = solver.Objective()
    for column, cost in zip(columns, program.costs if costs is None else costs, strict=True):
        objective.SetCoefficient(column, cost)
    objective.SetMinimization()
    for place, value in settled.items():
        columns[place].SetBounds(int(value), int(value))
    rows = []
    for row in program.rows:
        constraint = solver.Constraint(row.low, row.high)
        for column in row.plus:
            constraint.SetCoefficient(columns[column], 1)
        for column in row.minus:
            constraint.SetCoefficient(columns[column], -1)
        rows.append(constraint)
    return columns, rows


def search(
    program: Program,
    effort: Effort,
    *,
    settled: Mapping[int, bool] | None = None,
    hint: Sequence[bool] | None = None,
    at_least: int | None = None,
    on_solution: Callable[[tuple[bool, ...]], None] | None = None,
    on_bound: Callable[[float], None] | None = None,
) -> Answer:
    """Solve it with CP-SAT. `at_least`: a bound that is proved already; `hint`: where to begin.

    `on_solution` and `on_bound` are told of each better one while the search goes on.
    """
    cp = _cp()
    model, columns, loose = _modelled(cp, program, settled or {})
    if model is None:
        return Answer(Verdict.IMPOSSIBLE)
    cost = cp.LinearExpr.weighted_sum(columns, program.costs)
    if any(program.costs):
        model.minimize(cost)
        if at_least is not None:
            model.add(cost >= at_least)
    if hint is not None:
        for column in loose:
            model.add_hint(columns[column], hint[column])
    solver = cp.CpSolver()
    _set(solver.parameters, effort)
    if on_bound and any(program.costs):
        solver.best_bound_callback = on_bound
    status = _followed(cp, solver, model, columns, effort, on_solution)
    if status == cp.INFEASIBLE:
        return Answer(Verdict.IMPOSSIBLE)
    if status not in (cp.OPTIMAL, cp.FEASIBLE):
        return Answer(Verdict.OPEN, None, solver.best_objective_bound if any(program.costs) else -inf)
    values = tuple(bool(solver.value(column)) for column in columns)
    return Answer(Verdict.BEST if status == cp.OPTIMAL else Verdict.OPEN, values, solver.best_objective_bound)


def _cp() -> Any:
    try:
        from ortools.sat.python import cp_model
    except ImportError as missing:
        raise NoSolver from missing
    return cp_model


def _set(parameters: Any, effort: Effort) -> None:
    parameters.num_workers = effort.workers
    parameters.random_seed = effort.seed
    parameters.max_time_in_seconds = effort.seconds
    parameters.linearization_level = 2
    # Workers take turns in an order that does not depend on which is quicker today.
    parameters.interleave_search = effort.workers > 1
    if effort.steps is not None:
        parameters.max_deterministic_time = effort.steps


def _modelled(cp: Any, program: Program, settled: Mapping[int, bool]) -> tuple[Any, list[Any], list[int]]:
    """The model, its columns and those that are not settled; no model where a row cannot hold."""
    model = cp.CpModel()
    columns = [
        int(settled[place]) if place in settled else model.new_bool_var("") for place in range(len(program.costs))
    ]
    for row in program.rows:
        if not row.minus and len(row.plus) < row.low:
            return None, [], []
        plus = [columns[column] for column in row.plus]
        if not row.minus and row.high == 1 and row.low < 1:
            model.add_at_most_one(plus)
            continue
        total = cp.LinearExpr.sum([*plus]) - cp.LinearExpr.sum([columns[column] for column in row.minus])
        low, high = (int(end) if isfinite(end) else None for end in (row.low, row.high))
        if low is not None and low == high:
            model.add(total == low)
        else:
            if low is not None:
                model.add(total >= low)
            if high is not None:
                model.add(total <= high)
    return model, columns, [place for place in range(len(columns)) if place not in settled]


def _followed(
    cp: Any,
    solver: Any,
    model: Any,
    columns: Sequence[Any],
    effort: Effort,
    on_solution: Callable[[tuple[bool, ...]], None] | None,
) -> Any:
    """Solve while telling of each solution, and looking whether to stop."""

    class Follower(cp.CpSolverSolutionCallback):  # type: ignore[misc]
        def on_solution_callback(self) -> None:
            if on_solution:
                on_solution(tuple(bool(self.value(column)) for column in columns))

    follower = Follower() if on_solution else None
    return _watched(lambda: solver.solve(model, follower), solver.stop_search, effort)


def cheapest_flow(
    arcs: Sequence[tuple[int, int, int, int]], supplies: Mapping[int, int]
) -> tuple[int, tuple[int, ...]] | None:
    """The least cost of a flow, and what each arc (from, to, how much, cost) carries; None where there is none."""
    try:
        from ortools.graph.python import min_cost_flow
    except ImportError as missing:
        raise NoSolver from missing
    flow = min_cost_flow.SimpleMinCostFlow()
    for arc in arcs:
        flow.add_arc_with_capacity_and_unit_cost(*arc)
    for node, supply in supplies.items():
        flow.set_node_supply(node, supply)
    if flow.solve() != flow.OPTIMAL:
        return None
    return flow.optimal_cost(), tuple(flow.flow(arc) for arc in range(len(arcs)))
