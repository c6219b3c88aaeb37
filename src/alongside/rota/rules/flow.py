"""The network flow of a rota without its rules on days: places are filled, loads stay even, and nothing else is asked.

It takes milliseconds, and no rota can cost less.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from alongside.rota.rules.engines import cheapest_flow
from alongside.rota.rules.problem import Assignment, Problem, is_free

Arc = tuple[int, int, int, int]


@dataclass(frozen=True)
class Flow:
    """`bound`: no rota costs less; `assignments`: who would do what if only places and fairness counted."""

    bound: int
    assignments: frozenset[Assignment]


def flow(problem: Problem) -> Flow | None:
    """The cheapest flow from households over people to duties; None where places cannot be filled at all."""
    homes, people = list(problem.households), [person.id for person in problem.people]
    node = {name: place for place, name in enumerate([*(("home", home) for home in homes)])}
    node |= {("person", id): len(node) + place for place, id in enumerate(people)}
    node |= {("duty", duty.id): len(node) + place for place, duty in enumerate(problem.duties)}
    source, sink = len(node), len(node) + 1
    tasks = [
        (Assignment(person.id, duty.id), person.costs.get(duty.id, 0))
        for person in problem.people
        for duty in problem.duties
        if is_free(person, duty) and duty.everybody <= person.training
    ]
    arcs: list[Arc] = [(node["person", one.person], node["duty", one.duty], 1, cost) for one, cost in tasks]
    can = {id: 0 for id in people}
    for one, _ in tasks:
        can[one.person] += 1
    arcs += [(node["home", person.home], node["person", person.id], can[person.id], 0) for person in problem.people]
    arcs += _loads(problem, can, {home: node["home", home] for home in homes}, source)
    arcs += [(node["duty", duty.id], sink, duty.people, 0) for duty in problem.duties]
    places = sum(duty.people for duty in problem.duties)
    found = cheapest_flow(arcs, {source: places, sink: -places})
    if found is None:
        return None
    cost, carried = found
    return Flow(cost, frozenset(one for (one, _), much in zip(tasks, carried, strict=False) if much))


def _loads(problem: Problem, can: dict[str, int], nodes: dict[str, int], source: int) -> Sequence[Arc]:
    """The first, second … duty of a household, each dearer than the one before."""
    return [
        (source, nodes[home], 1, problem.step_cost(home, nth))
        for home, people in problem.households.items()
        for nth in range(1, sum(can[person.id] for person in people) + 1)
    ]
