"""The same rows given to CP-SAT as they are, with its own settings: what one gets without bounds or prices."""

import time
from dataclasses import dataclass

from ortools.sat.python import cp_model

from alongside.rota.rules.problem import Problem
from alongside.rota.rules.program import build


@dataclass(frozen=True)
class Plain:
    """`cost` and `bound` None: nothing was found. `seconds` with making the model."""

    proved: bool
    cost: int | None
    bound: int | None
    seconds: float


def plain(problem: Problem, seconds: float, workers: int = 2) -> Plain:
    began, program = time.perf_counter(), build(problem)
    model = cp_model.CpModel()
    columns = [model.new_bool_var("") for _ in program.costs]
    for row in program.rows:
        total = sum(columns[place] for place in row.plus) - sum(columns[place] for place in row.minus)
        if row.low == row.high:
            model.add(total == int(row.low))
        elif row.low > 0:
            model.add(total >= int(row.low))
        else:
            model.add_at_most_one(columns[place] for place in row.plus)
    model.minimize(sum(cost * column for cost, column in zip(program.costs, columns, strict=True)))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(model)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    cost = round(solver.objective_value) if found else None
    bound = round(solver.best_objective_bound) if found else None
    return Plain(status == cp_model.OPTIMAL, cost, bound, time.perf_counter() - began)
