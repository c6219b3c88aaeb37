"""Made-up nurseries whose parents share the duties, the same every time: 13 weeks of five days."""

from datetime import UTC, datetime, timedelta
from random import Random

from alongside.rota.rules.problem import Apart, Duty, Person, Problem, Spacing

MONDAY = datetime(2026, 1, 5, 9, tzinfo=UTC)
OPENING_DAYS = 65
FIRST_AID = frozenset({"first aid"})


def nursery(families: int, places: int, *, seed: int = 1, hard: bool = False, days: int = OPENING_DAYS) -> Problem:
    """Each day one duty with `places` people. One in two or three days suits a family; all have closed weekdays and
    a week of holidays. `hard`: eight days between duties, somebody trained daily, pairs that may not meet."""
    chance = Random(seed)
    can = [[chance.random() < (0.42 if hard else 0.55) for _ in range(days)] for _ in range(families)]
    for free in can:
        closed, holiday = chance.sample(range(5), chance.choice([0, 1, 1, 2])), chance.randrange(0, days - 10)
        for day in range(days):
            if day % 5 in closed or holiday <= day < holiday + 5:
                free[day] = False
    costs = [
        [chance.randint(0, 20) if hard else chance.choice([0, 0, 0, 1, 3]) for _ in range(days)]
        for _ in range(families)
    ]
    trained = [chance.random() < 0.6 for _ in range(families)]
    pairs = [chance.sample(range(families), 2) for _ in range(families // 2)] if hard else []
    duties = [_duty(day, places, hard) for day in range(days)]
    people = [
        Person(
            f"family {place}",
            training=FIRST_AID if trained[place] else frozenset(),
            cannot=frozenset(duty.id for duty, free in zip(duties, can[place], strict=True) if not free),
            costs={duty.id: cost for duty, cost in zip(duties, costs[place], strict=True) if cost},
        )
        for place in range(families)
    ]
    apart = [Apart(people[one].id, people[other].id) for one, other in pairs]
    return Problem(people, duties, spacing=Spacing(8 if hard else 3, opening=True), per_week=1, apart=apart)


def _duty(day: int, places: int, hard: bool) -> Duty:
    starts = MONDAY + timedelta(days=day // 5 * 7 + day % 5)
    needed = FIRST_AID if hard else frozenset[str]()
    return Duty(f"day {day}", starts, starts + timedelta(hours=3), people=places, somebody=needed)
