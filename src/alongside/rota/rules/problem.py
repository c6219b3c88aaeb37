"""What is to be shared out: people, duties and the rules of a rota, as plain values."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

Week = tuple[int, int]
NO_COSTS: Mapping[str, int] = MappingProxyType({})


class BadProblem(Exception):
    """The problem contradicts itself. `code` says how, `facts` where; `words` turns both into a sentence."""

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(f"{code}: {facts}")
        self.code = code
        self.facts = facts


class Assignment(NamedTuple):
    """One person on one duty, by their ids."""

    person: str
    duty: str


@dataclass(frozen=True)
class Person:
    """Somebody who can be asked. `household`: who shares the quota, "" for a household of one's own.

    `checked`: whether the safeguarding check is in date, so that the person counts as an adult on a session.
    `away`: days on which, and `cannot`: duties for which, the person is never asked.
    `costs`: how much the person would rather not do a duty, 0 (gladly, as for any duty not named) to 20.
    """

    id: str
    household: str = ""
    training: frozenset[str] = frozenset()
    checked: bool = True
    away: frozenset[date] = frozenset()
    cannot: frozenset[str] = frozenset()
    costs: Mapping[str, int] = field(default_factory=lambda: NO_COSTS)

    @property
    def home(self) -> str:
        """The household; a person alone is one of their own, which no other household can be named like."""
        return self.household or f"person:{self.id}"


@dataclass(frozen=True)
class Duty:
    """One thing to do at a time. `people`: how many it takes.

    `somebody`: kinds of training that at least one of them needs; `everybody`: those that each of them needs.
    """

    id: str
    starts: datetime
    ends: datetime
    kind: str = ""
    people: int = 1
    somebody: frozenset[str] = frozenset()
    everybody: frozenset[str] = frozenset()

    @cached_property
    def day(self) -> date:
        return self.starts.date()

    @cached_property
    def week(self) -> Week:
        """The year and number of the week, Monday to Sunday."""
        return self.starts.isocalendar()[:2]

    def overlaps(self, other: "Duty") -> bool:
        return self.starts < other.ends and other.starts < self.ends


@dataclass(frozen=True)
class Session:
    """Duties that stand together, such as those of a day: `checked` adults and the training of `somebody` among them.

    Staff are not in the rota: take them off `checked` before. Where `checked` counts, the duties should be at one
    time: whoever does two of them one after the other counts for both.
    """

    id: str
    duties: tuple[str, ...]
    checked: int = 0
    somebody: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Quota:
    """How many duties a household owes from `first` to `last`, both days included. `most` None: no limit."""

    household: str
    first: date
    last: date
    least: int = 0
    most: int | None = None


@dataclass(frozen=True)
class FairShare:
    """From `first` to `last` nobody's household is further than `within` duties from its equal share."""

    first: date
    last: date
    within: int = 1


@dataclass(frozen=True)
class Spacing:
    """At least `days` from one duty of a household to its next: 1 is never twice a day, 2 not two days running.

    `opening`: counted in days with duties alone, not in days of the calendar.
    """

    days: int
    opening: bool = False


class Scope(StrEnum):
    """Where two people may not meet."""

    DUTY = "duty"
    DAY = "day"


@dataclass(frozen=True)
class Apart:
    """Two people who are never on the same duty, or never on the same day.

    `besides`: days on which people have put them together themselves, so that it is not asked there.
    """

    one: str
    other: str
    scope: Scope = Scope.DUTY
    besides: frozenset[date] = frozenset()


@dataclass(frozen=True)
class Problem:
    """All that a rota needs. Refused with BadProblem when it contradicts itself.

    `shares`: how large a share each household owes, 1 unless named; `per_week`: duties of a household in a week.
    `fixed`: made by hand, never changed; `earlier`: the rota so far, of which as much as possible is kept.
    `fairness`: what the first duty of a household of share 1 costs; its n-th costs 2n − 1 times that.
    """

    people: Sequence[Person]
    duties: Sequence[Duty]
    sessions: Sequence[Session] = ()
    quotas: Sequence[Quota] = ()
    fair: Sequence[FairShare] = ()
    spacing: Spacing | None = None
    per_week: int | None = None
    apart: Sequence[Apart] = ()
    fixed: frozenset[Assignment] = frozenset()
    earlier: frozenset[Assignment] = frozenset()
    shares: Mapping[str, int] = field(default_factory=lambda: NO_COSTS)
    fairness: int = 100

    def __post_init__(self) -> None:
        _validate(self)

    @cached_property
    def person_of(self) -> dict[str, Person]:
        return {person.id: person for person in self.people}

    @cached_property
    def duty_of(self) -> dict[str, Duty]:
        return {duty.id: duty for duty in self.duties}

    @cached_property
    def households(self) -> dict[str, tuple[Person, ...]]:
        """The people of each household, in the order of the list."""
        found: dict[str, list[Person]] = {}
        for person in self.people:
            found.setdefault(person.home, []).append(person)
        return {home: tuple(people) for home, people in found.items()}

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The days with duties, in order."""
        return tuple(sorted({duty.day for duty in self.duties}))

    @cached_property
    def place_of_day(self) -> dict[date, int]:
        """Where a day stands when spacing is counted: in the calendar, or among the days with duties."""
        if self.spacing and self.spacing.opening:
            return {day: place for place, day in enumerate(self.days)}
        return {day: day.toordinal() for day in self.days}

    def share(self, household: str) -> int:
        return self.shares.get(household, 1)

    def step_cost(self, household: str, nth: int) -> int:
        """What the n-th duty (from 1) of a household adds: the sum is the square of its load, by its share."""
        return self.fairness * (2 * nth - 1) // self.share(household)

    def cost(self, assignments: Iterable[Assignment]) -> int:
        """Squares of loads and what people would rather not do."""
        load: dict[str, int] = {}
        total = 0
        for person_id, duty_id in assignments:
            person = self.person_of[person_id]
            load[person.home] = load.get(person.home, 0) + 1
            total += person.costs.get(duty_id, 0) + self.step_cost(person.home, load[person.home])
        return total

    def bounds(self, fair: FairShare, household: str) -> tuple[int, int]:
        """The fewest and the most duties that a fair share allows a household."""
        places = sum(duty.people for duty in self.duties if fair.first <= duty.day <= fair.last)
        whole = sum(self.share(home) for home in self.households)
        part = places * self.share(household)
        return max(0, -((fair.within * whole - part) // whole)), (part + fair.within * whole) // whole


def is_free(person: Person, duty: Duty) -> bool:
    """Whether the person can come at all."""
    return duty.day not in person.away and duty.id not in person.cannot


def _validate(problem: Problem) -> None:
    if not problem.people:
        raise BadProblem("no_people")
    if not problem.duties:
        raise BadProblem("no_duties")
    _unique("person", [person.id for person in problem.people])
    _unique("duty", [duty.id for duty in problem.duties])
    _unique("session", [session.id for session in problem.sessions])
    for duty in problem.duties:
        if duty.ends <= duty.starts:
            raise BadProblem("ends_before_it_starts", duty=duty.id)
        if duty.people < 1:
            raise BadProblem("needs_nobody", duty=duty.id)
    _validate_names(problem)
    _validate_numbers(problem)


def _unique(what: str, ids: Sequence[str]) -> None:
    seen: set[str] = set()
    for id in ids:
        if not id:
            raise BadProblem("no_id", what=what)
        if id in seen:
            raise BadProblem("twice", what=what, id=id)
        seen.add(id)


def _validate_names(problem: Problem) -> None:
    """Whoever and whatever a rule names is there."""
    people, duties = {person.id for person in problem.people}, {duty.id for duty in problem.duties}
    homes = {person.home for person in problem.people}
    _known("duty", duties, (id for session in problem.sessions for id in session.duties))
    _known("duty", duties, (one.duty for one in problem.fixed))
    _known("person", people, (one.person for one in problem.fixed))
    _known("person", people, (id for pair in problem.apart for id in (pair.one, pair.other)))
    _known("household", homes, (quota.household for quota in problem.quotas))
    _known("household", homes, problem.shares)
    for person in problem.people:
        _known("duty", duties, person.cannot)
        _known("duty", duties, person.costs)
    for pair in problem.apart:
        if pair.one == pair.other:
            raise BadProblem("apart_from_oneself", person=pair.one)


def _known(what: str, known: set[str], named: Iterable[str]) -> None:
    for id in named:
        if id not in known:
            raise BadProblem("unknown", what=what, id=id)


def _validate_numbers(problem: Problem) -> None:
    for person in problem.people:
        for duty, cost in person.costs.items():
            if cost < 0:
                raise BadProblem("below_zero", what="cost", id=f"{person.id}, {duty}")
    for quota in problem.quotas:
        if quota.least < 0 or (quota.most is not None and quota.most < quota.least) or quota.last < quota.first:
            raise BadProblem("quota_upside_down", household=quota.household)
    for fair in problem.fair:
        if fair.within < 0 or fair.last < fair.first:
            raise BadProblem("fair_share_upside_down", within=fair.within)
    for what, number in _limits(problem):
        if number < 0:
            raise BadProblem("below_zero", what=what, id=str(number))
    for household, share in problem.shares.items():
        if share < 1:
            raise BadProblem("share_below_one", household=household)


def _limits(problem: Problem) -> list[tuple[str, int]]:
    spacing = [("spacing", problem.spacing.days)] if problem.spacing else []
    week = [] if problem.per_week is None else [("per_week", problem.per_week)]
    return [*spacing, *week, ("fairness", problem.fairness), *(("checked", one.checked) for one in problem.sessions)]
