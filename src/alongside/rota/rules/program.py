"""A problem as columns that are 0 or 1 and rows that say what their sums may be. Every row knows its rule.

The same rows are solved, bounded and, where they clash, taken out rule by rule.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from math import inf

from alongside.rota.rules.problem import Assignment, Duty, Person, Problem, Scope, is_free


class Kind(StrEnum):
    """Kinds of rules, in the order in which people can most easily give way."""

    APART = "apart"
    WEEK = "week"
    SPACING = "spacing"
    FAIR = "fair"
    MOST = "most"
    LEAST = "least"
    HAND = "hand"
    AWAY = "away"
    SOMEBODY = "somebody"
    EVERYBODY = "everybody"
    CHECKED = "checked"
    FILLED = "filled"
    ONCE = "once"


@dataclass(frozen=True, order=True)
class Rule:
    """One rule as a coordinator names it. `detail`: a kind of training or duty, or where a pair may not meet.

    `number`: as it is set now; None where it has none, or differs from one household or session to the next.
    """

    kind: Kind
    detail: str = ""
    first: date | None = None
    last: date | None = None
    number: int | None = field(default=None, compare=False)


# A rule together with whom or what it is about: a household, a person, a duty, a session or a pair.
Part = tuple[Rule, str]


@dataclass(frozen=True)
class Row:
    """`low` ≤ sum of the `plus` columns − sum of the `minus` columns ≤ `high`."""

    part: Part
    plus: tuple[int, ...]
    low: float = -inf
    high: float = inf
    minus: tuple[int, ...] = ()


@dataclass
class Program:
    """Columns of assignments come first, then those that only help. `closed`: the rules that forbid a column."""

    assignments: list[Assignment] = field(default_factory=list)
    costs: list[int] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    closed: dict[int, list[Part]] = field(default_factory=dict)

    def add_column(self, cost: int) -> int:
        self.costs.append(cost)
        return len(self.costs) - 1

    def parts(self) -> Iterator[Part]:
        """Every rule with what it is about; some come more than once."""
        yield from (row.part for row in self.rows)
        for closers in self.closed.values():
            yield from closers

    def chosen(self, values: Sequence[bool]) -> frozenset[Assignment]:
        return frozenset(one for one, value in zip(self.assignments, values, strict=False) if value)


# What makes a household's loads cost: not a rule, and never taken out.
COUNTING: Part = (Rule(Kind.ONCE, "counting"), "")


def build(problem: Problem, *, wide: bool = False, priced: bool = True) -> Program:
    """The rows of a problem. `wide`: with the columns that a rule forbids, to find out which rules clash.

    `priced`: with what assignments and loads cost; otherwise every column costs 0.
    """
    builder = _Columns(problem, wide, priced)
    rows: list[Callable[[_Columns], None]] = [_duties, _sessions, _quotas, _fair, _rhythm, _once, _pairs, _by_hand]
    for add in rows:
        add(builder)
    if priced and problem.fairness:
        _loads(builder)
    return builder.program


class _Columns:
    """The columns of assignments, by duty, person and household."""

    def __init__(self, problem: Problem, wide: bool, priced: bool) -> None:
        self.problem, self.wide, self.program = problem, wide, Program()
        self.of_person: dict[str, list[int]] = defaultdict(list)
        self.of_duty: dict[str, list[int]] = defaultdict(list)
        self.of_household: dict[str, list[int]] = defaultdict(list)
        self.column: dict[Assignment, int] = {}
        self.person_at: list[Person] = []
        self.duty_at: list[Duty] = []
        for duty in problem.duties:
            for person in problem.people:
                closers = list(_closers(person, duty))
                if wide or not closers:
                    self._add(person, duty, person.costs.get(duty.id, 0) if priced else 0, closers)

    def _add(self, person: Person, duty: Duty, cost: int, closers: list[Part]) -> None:
        column = self.program.add_column(cost)
        one = Assignment(person.id, duty.id)
        self.program.assignments.append(one)
        self.column[one] = column
        self.person_at.append(person)
        self.duty_at.append(duty)
        self.of_person[person.id].append(column)
        self.of_duty[duty.id].append(column)
        self.of_household[person.home].append(column)
        if closers:
            self.program.closed[column] = closers

    def row(self, rule: Rule, about: str, columns: Iterable[int], *, low: float = -inf, high: float = inf) -> None:
        """Add a row, unless no choice of its columns could break it."""
        plus = tuple(columns)
        if low > 0 or len(plus) > high:
            self.program.rows.append(Row((rule, about), plus, low, high))

    def days_of(self, household: str) -> dict[date, list[int]]:
        """The columns of a household by day, in the order of days."""
        found: dict[date, list[int]] = defaultdict(list)
        for column in self.of_household[household]:
            found[self.duty_at[column].day].append(column)
        return dict(sorted(found.items()))


def _closers(person: Person, duty: Duty) -> Iterator[Part]:
    if not is_free(person, duty):
        yield Rule(Kind.AWAY), person.id
    for training in sorted(duty.everybody - person.training):
        yield Rule(Kind.EVERYBODY, training), duty.id


def _duties(at: _Columns) -> None:
    """Each duty has its people, and somebody among them the training it needs."""
    for duty in at.problem.duties:
        columns = at.of_duty[duty.id]
        at.row(Rule(Kind.FILLED, duty.kind), duty.id, columns, low=duty.people, high=duty.people)
        for training in sorted(duty.somebody):
            _somebody(at, training, duty.id, columns)


def _somebody(at: _Columns, training: str, about: str, columns: Iterable[int]) -> None:
    trained = [column for column in columns if training in at.person_at[column].training]
    at.row(Rule(Kind.SOMEBODY, training), about, trained, low=1)


def _sessions(at: _Columns) -> None:
    for session in at.problem.sessions:
        columns = [column for duty in dict.fromkeys(session.duties) for column in at.of_duty[duty]]
        rule = Rule(Kind.CHECKED, number=one_number({one.checked for one in at.problem.sessions if one.checked}))
        checked = [column for column in columns if at.person_at[column].checked]
        at.row(rule, session.id, checked, low=session.checked)
        for training in sorted(session.somebody):
            _somebody(at, training, session.id, columns)


def one_number(numbers: Iterable[int]) -> int | None:
    """The number that all share, or None."""
    found = set(numbers)
    return found.pop() if len(found) == 1 else None


def _quotas(at: _Columns) -> None:
    quotas = at.problem.quotas
    for quota in quotas:
        alike = [one for one in quotas if (one.first, one.last) == (quota.first, quota.last)]
        columns = _within(at, quota.household, quota.first, quota.last)
        least = one_number({one.least for one in alike if one.least})
        at.row(Rule(Kind.LEAST, "", quota.first, quota.last, least), quota.household, columns, low=quota.least)
        if quota.most is not None:
            most = one_number({one.most for one in alike if one.most is not None})
            at.row(Rule(Kind.MOST, "", quota.first, quota.last, most), quota.household, columns, high=quota.most)


def _within(at: _Columns, household: str, first: date, last: date) -> list[int]:
    return [column for column in at.of_household[household] if first <= at.duty_at[column].day <= last]


def _fair(at: _Columns) -> None:
    for fair in at.problem.fair:
        rule = Rule(Kind.FAIR, "", fair.first, fair.last, fair.within)
        for household in at.problem.households:
            least, most = at.problem.bounds(fair, household)
            at.row(rule, household, _within(at, household, fair.first, fair.last), low=least, high=most)


def _rhythm(at: _Columns) -> None:
    """Days between the duties of a household, and how many it has in a week."""
    spacing, per_week = at.problem.spacing, at.problem.per_week
    for household in at.problem.households:
        days = at.days_of(household)
        windows = list(_windows(at, days, spacing.days)) if spacing and spacing.days else []
        for window in windows:
            at.row(Rule(Kind.SPACING, number=spacing.days if spacing else None), household, window, high=1)
        if per_week is None:
            continue
        weeks: dict[tuple[int, int], list[int]] = defaultdict(list)
        for columns in days.values():
            weeks[at.duty_at[columns[0]].week].extend(columns)
        said = [] if at.wide or not per_week else [set(window) for window in windows]
        for columns in weeks.values():
            if not any(window.issuperset(columns) for window in said):
                at.row(Rule(Kind.WEEK, number=per_week), household, columns, high=per_week)


def _windows(at: _Columns, days: dict[date, list[int]], length: int) -> Iterator[list[int]]:
    """Runs of days of which a household has at most one duty; none that lies within another."""
    place_of, order = at.problem.place_of_day, list(days)
    end = 0
    for start, day in enumerate(order):
        before, end = end, max(end, start)
        while end < len(order) and place_of[order[end]] < place_of[day] + length:
            end += 1
        if end > before:
            yield [column for inside in order[start:end] for column in days[inside]]


def _once(at: _Columns) -> None:
    """Nobody is in two places at a time. Where days between duties say so already, it is not said again."""
    spacing = at.problem.spacing
    if not at.wide and spacing and spacing.days and all(duty.starts.date() == duty.ends.date() for duty in at.duty_at):
        return
    for person, columns in at.of_person.items():
        ordered = sorted(columns, key=lambda column: (at.duty_at[column].starts, column))
        for place, column in enumerate(ordered):
            at_once = [other for other in ordered[:place] if at.duty_at[other].ends > at.duty_at[column].starts]
            if at_once:
                at.row(Rule(Kind.ONCE), person, [*at_once, column], high=1)


def _pairs(at: _Columns) -> None:
    for pair in at.problem.apart:
        rule, about = Rule(Kind.APART, pair.scope), pair_id(pair.one, pair.other)
        theirs: dict[object, list[int]] = defaultdict(list)
        for column in at.of_person[pair.other]:
            theirs[_meeting(pair.scope, at.duty_at[column])].append(column)
        for column in at.of_person[pair.one]:
            if at.duty_at[column].day in pair.besides:
                continue
            for other in theirs[_meeting(pair.scope, at.duty_at[column])]:
                at.row(rule, about, (column, other), high=1)


def _meeting(scope: Scope, duty: Duty) -> object:
    return duty.id if scope is Scope.DUTY else duty.day


def pair_id(*people: str) -> str:
    """How a pair is named among the parts of a rule; `whose` reads it."""
    return "\n".join(people)


def whose(about: str) -> tuple[str, ...]:
    """The ids that a part of a rule is about: two of a pair or of a person on a duty, one otherwise."""
    return tuple(about.split("\n"))


def _by_hand(at: _Columns) -> None:
    for one in sorted(at.problem.fixed):
        column = at.column.get(one)
        at.row(Rule(Kind.HAND), pair_id(*one), () if column is None else (column,), low=1)


def _loads(at: _Columns) -> None:
    """A column for the first, second … duty of each household, each dearer than the one before."""
    for household, columns in at.of_household.items():
        most = _most(at, household)
        steps = [at.program.add_column(at.problem.step_cost(household, nth)) for nth in range(1, most + 1)]
        at.program.rows.append(Row(COUNTING, tuple(columns), 0, 0, tuple(steps)))


def _most(at: _Columns, household: str) -> int:
    """No household can have more duties than this."""
    problem, days = at.problem, at.days_of(household)
    limits = [len(at.of_household[household])]
    if problem.per_week is not None:
        limits.append(problem.per_week * len({at.duty_at[columns[0]].week for columns in days.values()}))
    if problem.spacing and problem.spacing.days:
        places = [problem.place_of_day[day] for day in days]
        limits.append(_spaced(places, problem.spacing.days))
    return min(limits)


def _spaced(places: Iterable[int], apart: int) -> int:
    """How many of these places can be taken at this distance, from the first on."""
    many, free = 0, -inf
    for place in places:
        if place >= free:
            many, free = many + 1, place + apart
    return many
