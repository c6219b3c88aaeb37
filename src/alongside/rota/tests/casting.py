"""Small problems, the problems that chance makes, and the slow way to solve them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import combinations, product
from typing import Any

from hypothesis import strategies as st

from alongside.rota.rules.checking import violations
from alongside.rota.rules.problem import (
    Apart,
    Assignment,
    Duty,
    FairShare,
    Person,
    Problem,
    Quota,
    Scope,
    Session,
    Spacing,
)

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
NAMES = ("Amina", "Ben", "Chen", "Dora", "Elif")


def day(number: int) -> date:
    return (MONDAY + timedelta(days=number)).date()


def duty(number: int, *, id: str = "", hours: tuple[int, int] = (0, 3), **facts: Any) -> Duty:
    """A duty `number` days after Monday 2 March 2026."""
    starts = MONDAY + timedelta(days=number)
    return Duty(id or f"day {number}", starts + timedelta(hours=hours[0]), starts + timedelta(hours=hours[1]), **facts)


def people(*names: str, **facts: Any) -> list[Person]:
    return [Person(name, **facts) for name in names]


def given(*pairs: tuple[str, str]) -> frozenset[Assignment]:
    return frozenset(Assignment(*pair) for pair in pairs)


def every_rota(problem: Problem) -> Iterator[frozenset[Assignment]]:
    """All ways to fill the places, whether or not they keep the other rules."""
    ids = [person.id for person in problem.people]
    choices = [list(combinations(ids, one.people)) for one in problem.duties]
    for chosen in product(*choices):
        yield frozenset(
            Assignment(person, one.id) for one, team in zip(problem.duties, chosen, strict=True) for person in team
        )


def allowed_rotas(problem: Problem) -> list[frozenset[Assignment]]:
    return [rota for rota in every_rota(problem) if not violations(problem, rota)]


def some(items: Any) -> Any:
    return st.frozensets(st.sampled_from(items), max_size=2)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Three to five people in few households, up to four duties, and a few rules of every kind."""
    who = NAMES[: draw(st.integers(3, 5))]
    days = sorted(draw(st.lists(st.integers(0, 9), min_size=2, max_size=4)))
    duties = [
        duty(number, id=f"duty {place}", people=draw(st.integers(1, 2)), somebody=draw(some(["aid"])))
        for place, number in enumerate(days)
    ]
    ids = [one.id for one in duties]
    cast = [
        Person(
            name,
            household=draw(st.sampled_from(["", "", "a", "b"])),
            training=draw(some(["aid", "food"])),
            checked=draw(st.booleans()),
            cannot=draw(some(ids)),
            costs=draw(st.dictionaries(st.sampled_from(ids), st.integers(0, 20), max_size=3)),
        )
        for name in who
    ]
    homes = sorted({person.home for person in cast})
    pair = draw(st.lists(st.sampled_from(who), min_size=2, max_size=2, unique=True))
    period = (day(0), day(9))
    fixed = st.sets(st.builds(Assignment, st.sampled_from(who), st.sampled_from(ids)), max_size=1)
    return Problem(
        cast,
        duties,
        sessions=draw(st.sampled_from([(), (Session("all", tuple(ids), checked=2),), (Session("one", (ids[0],), 1),)])),
        quotas=draw(st.sampled_from([(), (Quota(homes[0], *period, least=1, most=2),)])),
        fair=draw(st.sampled_from([(), (), (FairShare(*period),)])),
        spacing=draw(st.sampled_from([None, Spacing(1), Spacing(3), Spacing(2, opening=True)])),
        per_week=draw(st.sampled_from([None, 1, 2])),
        apart=draw(st.sampled_from([(), (Apart(pair[0], pair[1]),), (Apart(pair[0], pair[1], Scope.DAY),)])),
        fixed=frozenset(draw(fixed)),
        shares=draw(st.sampled_from([{}, {homes[-1]: 2}])),
        fairness=draw(st.sampled_from([0, 10, 100])),
    )
