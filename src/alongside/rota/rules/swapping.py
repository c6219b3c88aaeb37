"""Who may take over or swap a duty without breaking a rule that is kept today, and who covers for somebody leaving."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from alongside.rota.rules.checking import Checker, Violation
from alongside.rota.rules.problem import Assignment, Problem


@dataclass(frozen=True)
class Offer:
    """`person` takes the duty; `gives`: the duty that they hand over for it, None where they simply take it.

    `load`: duties of their household afterwards; `cost`: how much the two would rather not do what they get.
    """

    person: str
    gives: str | None
    load: int
    cost: int


@dataclass(frozen=True)
class Cover:
    """A duty that somebody leaves behind, and who may take it, the best first. `proposed`: who takes it where others
    take the rest as proposed; None where nobody can."""

    duty: str
    offers: tuple[Offer, ...]
    proposed: str | None


class NotOnDuty(Exception):
    """Only who holds a duty can hand it over."""

    def __init__(self, assignment: Assignment) -> None:
        super().__init__(f"{assignment.person} is not on {assignment.duty}")
        self.assignment = assignment


def eligible(
    problem: Problem, assignments: Iterable[Assignment], giving: Assignment, *, since: date | None = None
) -> tuple[Offer, ...]:
    """Who may take this duty: first those who simply take it, then swaps; each the least loaded first.

    A rule that the rota breaks already stands in nobody's way. `since`: no duty before that day is swapped.
    What was set by hand may be given away by whoever asks for it, and is never asked of others.
    """
    if giving not in (held := frozenset(assignments)):
        raise NotOnDuty(giving)
    trial = _Trial(_unhanded(problem, giving), held)
    takers = [offer for person in problem.people if (offer := trial.take(giving, person.id))]
    swaps = [
        offer
        for other in sorted(held - problem.fixed)
        if since is None or problem.duty_of[other.duty].day >= since
        if (offer := trial.swap(giving, other))
    ]
    return tuple([*sorted(takers, key=_rank), *sorted(swaps, key=_rank)])


def _unhanded(problem: Problem, giving: Assignment) -> Problem:
    return replace(problem, fixed=problem.fixed - {giving}) if giving in problem.fixed else problem


def _rank(offer: Offer) -> tuple[int, int, str, str]:
    return offer.load, offer.cost, offer.person, offer.gives or ""


class _Trial:
    """A rota in which changes are tried and taken back."""

    def __init__(self, problem: Problem, assignments: Iterable[Assignment]) -> None:
        self.problem, self.checker = problem, Checker(problem, assignments)

    def take(self, giving: Assignment, person: str) -> Offer | None:
        if person in self.checker.on_duty[giving.duty]:
            return None
        taken = Assignment(person, giving.duty)
        if not self.allows([giving], [taken]):
            return None
        same_home = self._home(person) == self._home(giving.person)
        load = self._load(person) + (0 if same_home else 1)
        return Offer(person, None, load, self._cost(taken))

    def swap(self, giving: Assignment, other: Assignment) -> Offer | None:
        taken, back = Assignment(other.person, giving.duty), Assignment(giving.person, other.duty)
        there = self.checker.on_duty
        if other.duty == giving.duty or taken.person in there[taken.duty] or back.person in there[back.duty]:
            return None
        if not self.allows([giving, other], [taken, back]):
            return None
        return Offer(other.person, other.duty, self._load(other.person), self._cost(taken) + self._cost(back))

    def allows(self, gone: Sequence[Assignment], come: Sequence[Assignment]) -> bool:
        """Whether the change breaks nothing, or makes nothing worse, that it touches."""
        duties = sorted({one.duty for one in chain(gone, come)})
        people = sorted({one.person for one in chain(gone, come)})
        before = set(self.checker.about(duties, people))
        self.change(gone, come)
        after = set(self.checker.about(duties, people))
        self.change(come, gone)
        return all(one in before or _no_worse(one, before) for one in after)

    def change(self, gone: Iterable[Assignment], come: Iterable[Assignment]) -> None:
        for one in gone:
            self.checker.remove(one)
        for one in come:
            self.checker.add(one)

    def _home(self, person: str) -> str:
        return self.problem.person_of[person].home

    def _load(self, person: str) -> int:
        return sum(len(self.checker.duties_of[one.id]) for one in self.problem.households[self._home(person)])

    def _cost(self, one: Assignment) -> int:
        return self.problem.person_of[one.person].costs.get(one.duty, 0)


def _no_worse(one: Violation, before: Iterable[Violation]) -> bool:
    """Whether the same rule was broken in the same place before, by as much or more."""
    if one.found is None or one.asked is None:
        return False
    return any(
        (one.kind, one.who, one.where, one.detail, one.asked)
        == (other.kind, other.who, other.where, other.detail, other.asked)
        and abs(one.found - one.asked) <= abs(other.found - one.asked)
        for other in before
        if other.found is not None
    )


def cover(problem: Problem, assignments: Iterable[Assignment], leaver: str, *, since: date) -> tuple[Cover, ...]:
    """Who can be asked for each duty that `leaver` has from `since` on; duties with the fewest offers come first.

    What was set by hand for the leaver counts no longer. Where nobody of the household is left, neither does what it
    owes; nor do fair shares, which are about to change for all: offers begin with whoever has the least to do.
    """
    held = frozenset(assignments)
    left = {one for one in held if one.person == leaver and problem.duty_of[one.duty].day >= since}
    trial = _Trial(_without(problem, leaver), held)
    covers: list[Cover] = []
    while left:
        offers = {one: _takers(trial, one, leaver) for one in left}
        scarcest = min(left, key=lambda one: (len(offers[one]), problem.duty_of[one.duty].starts, one.duty))
        left.remove(scarcest)
        proposed = offers[scarcest][0].person if offers[scarcest] else None
        all_offers = offers[scarcest] if not covers else _takers(_Trial(trial.problem, held), scarcest, leaver)
        covers.append(Cover(scarcest.duty, all_offers, proposed))
        trial.change([scarcest], [Assignment(proposed, scarcest.duty)] if proposed else [])
    return tuple(covers)


def _takers(trial: _Trial, giving: Assignment, leaver: str) -> tuple[Offer, ...]:
    people = (person.id for person in trial.problem.people if person.id != leaver)
    return tuple(sorted((offer for person in people if (offer := trial.take(giving, person))), key=_rank))


def _without(problem: Problem, leaver: str) -> Problem:
    """The rules, less what is owed by a household of which nobody is left, and what was set by hand for the leaver."""
    home = problem.person_of[leaver].home
    gone = len(problem.households[home]) == 1
    quotas = [one for one in problem.quotas if not gone or one.household != home]
    fixed = frozenset(one for one in problem.fixed if one.person != leaver)
    return replace(problem, quotas=quotas, fair=() if gone else problem.fair, fixed=fixed)
