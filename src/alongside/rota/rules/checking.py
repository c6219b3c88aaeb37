"""Which rules a rota breaks, counted from the duties themselves: nothing here knows how rotas are found."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from alongside.rota.rules.problem import Apart, Assignment, Duty, Problem, Scope, is_free
from alongside.rota.rules.program import Kind


@dataclass(frozen=True, order=True)
class Violation:
    """One rule broken in one place. `who`: people or a household; `where`: duties or a session; `detail`: as in Rule.

    `found` and `asked`: what was counted, and what it should be at least or at most.
    """

    kind: Kind
    who: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    detail: str = ""
    found: int | None = None
    asked: int | None = None


def violations(problem: Problem, assignments: Iterable[Assignment]) -> tuple[Violation, ...]:
    """Everything that is wrong with a rota, in a fixed order."""
    return tuple(sorted(set(Checker(problem, assignments).everything()), key=_order))


def _order(one: Violation) -> tuple[str, ...]:
    return (one.kind, one.detail, *one.who, "", *one.where)


class Checker:
    """A rota that can be asked about some duties and households alone, so that trying a change costs little."""

    def __init__(self, problem: Problem, assignments: Iterable[Assignment]) -> None:
        self.problem = problem
        self.on_duty: dict[str, set[str]] = defaultdict(set)
        self.duties_of: dict[str, set[str]] = defaultdict(set)
        self.sessions_of: dict[str, list[str]] = defaultdict(list)
        self.apart_from: dict[str, list[Apart]] = defaultdict(list)
        self.session_of = {session.id: session for session in problem.sessions}
        for session in problem.sessions:
            for duty in session.duties:
                self.sessions_of[duty].append(session.id)
        for pair in problem.apart:
            self.apart_from[pair.one].append(pair)
            self.apart_from[pair.other].append(pair)
        for one in assignments:
            self.add(one)

    def add(self, one: Assignment) -> None:
        self.on_duty[one.duty].add(one.person)
        self.duties_of[one.person].add(one.duty)

    def remove(self, one: Assignment) -> None:
        self.on_duty[one.duty].discard(one.person)
        self.duties_of[one.person].discard(one.duty)

    def everything(self) -> Iterator[Violation]:
        problem = self.problem
        yield from self.about(problem.duty_of, problem.person_of)

    def about(self, duties: Collection[str], people: Collection[str]) -> Iterator[Violation]:
        """What is wrong with these duties, the sessions they stand in, and these people and their households."""
        for duty in duties:
            yield from self._duty(self.problem.duty_of[duty])
        for session in {id for duty in duties for id in self.sessions_of[duty]}:
            yield from self._session(session)
        for person in people:
            yield from self._person(person)
        for household in {self.problem.person_of[person].home for person in people}:
            yield from self._household(household)

    def _duty(self, duty: Duty) -> Iterator[Violation]:
        there = [self.problem.person_of[id] for id in sorted(self.on_duty[duty.id])]
        if len(there) != duty.people:
            yield Violation(Kind.FILLED, (), (duty.id,), duty.kind, len(there), duty.people)
        for training in duty.somebody:
            if not any(training in person.training for person in there):
                yield Violation(Kind.SOMEBODY, (), (duty.id,), training, 0, 1)
        for person in there:
            for training in duty.everybody - person.training:
                yield Violation(Kind.EVERYBODY, (person.id,), (duty.id,), training)

    def _session(self, id: str) -> Iterator[Violation]:
        session = self.session_of[id]
        # Two duties of one person at a session count twice only where the person holds both.
        there = [self.problem.person_of[person] for duty in set(session.duties) for person in self.on_duty[duty]]
        checked = sum(person.checked for person in there)
        if checked < session.checked:
            yield Violation(Kind.CHECKED, (), (id,), "", checked, session.checked)
        for training in session.somebody:
            if not any(training in person.training for person in there):
                yield Violation(Kind.SOMEBODY, (), (id,), training, 0, 1)

    def _person(self, id: str) -> Iterator[Violation]:
        problem, person = self.problem, self.problem.person_of[id]
        duties = [problem.duty_of[duty] for duty in sorted(self.duties_of[id])]
        for duty in duties:
            if not is_free(person, duty):
                yield Violation(Kind.AWAY, (id,), (duty.id,))
        for one, other in combinations(duties, 2):
            if one.overlaps(other):
                yield Violation(Kind.ONCE, (id,), (one.id, other.id))
        for pair in self.apart_from[id]:
            yield from self._pair(pair)
        for hand in problem.fixed:
            if hand.person == id and hand.duty not in self.duties_of[id]:
                yield Violation(Kind.HAND, (id,), (hand.duty,))

    def _pair(self, pair: Apart) -> Iterator[Violation]:
        duty_of, detail = self.problem.duty_of, str(pair.scope)
        for one in self.duties_of[pair.one]:
            for other in self.duties_of[pair.other]:
                same_day = pair.scope is Scope.DAY and duty_of[one].day == duty_of[other].day
                if (one == other or same_day) and duty_of[one].day not in pair.besides:
                    yield Violation(Kind.APART, (pair.one, pair.other), (one, other), detail)

    def _household(self, household: str) -> Iterator[Violation]:
        members = [person.id for person in self.problem.households[household]]
        duties = [self.problem.duty_of[duty] for id in members for duty in self.duties_of[id]]
        duties.sort(key=lambda duty: (duty.starts, duty.id))
        yield from self._rhythm(household, duties)
        for quota in self.problem.quotas:
            if quota.household == household:
                many = sum(quota.first <= duty.day <= quota.last for duty in duties)
                period = f"{quota.first}/{quota.last}"
                if many < quota.least:
                    yield Violation(Kind.LEAST, (household,), (), period, many, quota.least)
                if quota.most is not None and many > quota.most:
                    yield Violation(Kind.MOST, (household,), (), period, many, quota.most)
        for fair in self.problem.fair:
            many = sum(fair.first <= duty.day <= fair.last for duty in duties)
            least, most = self.problem.bounds(fair, household)
            if not least <= many <= most:
                asked = least if many < least else most
                yield Violation(Kind.FAIR, (household,), (), f"{fair.first}/{fair.last}", many, asked)

    def _rhythm(self, household: str, duties: list[Duty]) -> Iterator[Violation]:
        spacing, place_of = self.problem.spacing, self.problem.place_of_day
        for one, other in pairwise(duties):
            between = place_of[other.day] - place_of[one.day]
            if spacing and between < spacing.days:
                yield Violation(Kind.SPACING, (household,), (one.id, other.id), "", between, spacing.days)
        if self.problem.per_week is not None:
            for week, many in Counter(duty.week for duty in duties).items():
                if many > self.problem.per_week:
                    where = tuple(duty.id for duty in duties if duty.week == week)
                    yield Violation(Kind.WEEK, (household,), where, "", many, self.problem.per_week)
