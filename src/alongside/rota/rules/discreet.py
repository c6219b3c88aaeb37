"""Looking for a rota in which some people never meet, without telling so.

What is said about a rota never depends on who is kept apart (ADR 0011): the rota of the rules that everybody knows is
looked for first, clashes are explained by these alone, and how good a rota is is measured against them. Where those who
are kept apart would meet, another rota is looked for; where there is none, places stay open and nobody says why. So it
is, too, where time runs out before a rota is found: nobody can tell one from the other.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from alongside.rota.rules.checking import Checker, violations
from alongside.rota.rules.clashing import explain
from alongside.rota.rules.hunting import OnProgress
from alongside.rota.rules.problem import Apart, Assignment, Duty, Person, Problem
from alongside.rota.rules.program import Kind
from alongside.rota.rules.solving import NoRota, Proof, Rota, solve
from alongside.rota.rules.words import Saying, about_clashes

# What a rota with open places still keeps: everything but that all places are filled and all owed is done.
_MAY_LACK = frozenset({Kind.FILLED, Kind.LEAST, Kind.FAIR, Kind.SOMEBODY, Kind.CHECKED})
SHARE_OF_EXPLAINING = 0.5
# Of a rota that is not proved best: within this many ten-thousandths it is told how near it is.
NEAR = 500


@dataclass(frozen=True)
class Found:
    """`result`: "best", "within", "found", "open" or "impossible". `gap`: ten-thousandths above the bound, of "within".

    `told`: the clashes where it is impossible.
    """

    result: str
    assignments: frozenset[Assignment] = frozenset()
    gap: int | None = None
    moves: int = 0
    fewest_moves: bool = False
    told: tuple[Saying, ...] = ()


def find(
    problem: Problem,
    apart: Sequence[Apart] = (),
    *,
    seconds: float = 30.0,
    on_progress: OnProgress | None = None,
    wait: Callable[[float], object] = time.sleep,
) -> Found:
    """The best rota of the rules in which nobody of `apart` meets. The problem itself names no pairs.

    Raises what `solve` raises, but for NoRota.
    """
    until = time.monotonic() + seconds
    try:
        known = solve(problem, seconds, on_progress)
    except NoRota as none:
        if none.proved:
            return _explained(problem, max(2.0, seconds * SHARE_OF_EXPLAINING))
        return _with_open_places(problem, apart, problem.fixed)
    if not _meet(problem, apart, known.assignments):
        return _told(known, known)
    try:
        kept = solve(replace(problem, apart=apart), max(until - time.monotonic(), seconds / 2), on_progress)
    except NoRota:
        # As long as a search that found nothing would have taken.
        wait(max(0.0, until - time.monotonic()))
        return _with_open_places(problem, apart, _parted(problem, apart, known.assignments))
    return _told(kept, known)


def _meet(problem: Problem, apart: Sequence[Apart], held: Iterable[Assignment]) -> bool:
    return any(one.kind is Kind.APART for one in violations(replace(problem, apart=apart), held))


def _told(rota: Rota, known: Rota) -> Found:
    """How good it is by the rules that everybody knows."""
    fewest = known.fewest_moves and rota.moves == known.moves
    found = Found("found", rota.assignments, moves=rota.moves, fewest_moves=fewest)
    if known.bound is None or rota.moves != known.moves:
        return found
    gap = max(0, -(-10_000 * (rota.cost - known.bound) // max(known.bound, 1)))
    if gap == 0 and known.proof is Proof.BEST:
        return replace(found, result="best", gap=0)
    return replace(found, result="within", gap=gap) if 0 < gap <= NEAR else found


def _explained(problem: Problem, seconds: float) -> Found:
    explanation = explain(problem, seconds)
    return Found("impossible", told=tuple(about_clashes(problem, explanation)))


def _parted(problem: Problem, apart: Sequence[Apart], held: frozenset[Assignment]) -> frozenset[Assignment]:
    """The rota without one of two wherever they meet; what was set by hand stays."""
    left = set(held)
    while found := [one for one in violations(replace(problem, apart=apart), left) if one.kind is Kind.APART]:
        where = [Assignment(who, duty) for one in found for who in one.who for duty in one.where]
        loose = [one for one in where if one in left and one not in problem.fixed]
        if not loose:
            break
        left.discard(max(loose))
    return frozenset(left)


def _with_open_places(problem: Problem, apart: Sequence[Apart], begun: Iterable[Assignment]) -> Found:
    """A rota with places left open: from what there is, each place is given to whoever has the least, where it may be.

    No search: what is given stays.
    """
    whole = replace(problem, apart=apart)
    checker = Checker(whole, begun)
    scarce = sorted(problem.duties, key=lambda duty: (duty.starts, duty.id))
    for duty in scarce:
        for person in sorted(
            problem.people, key=lambda one: (_load(checker, one.home), one.costs.get(duty.id, 0), one.id)
        ):
            if len(checker.on_duty[duty.id]) >= duty.people:
                break
            if person.id not in checker.on_duty[duty.id]:
                _try(checker, Assignment(person.id, duty.id))
    held = frozenset(Assignment(person, duty) for duty, people in checker.on_duty.items() for person in people)
    return Found("open", held, moves=len(problem.earlier - held))


def _least_first(checker: Checker, duty: Duty) -> list[Person]:
    return sorted(checker.problem.people, key=lambda one: (_load(checker, one.home), one.costs.get(duty.id, 0), one.id))


def _load(checker: Checker, home: str) -> int:
    return sum(len(checker.duties_of[one.id]) for one in checker.problem.households[home])


def _try(checker: Checker, one: Assignment) -> None:
    """Add it where there is room and no rule that nothing makes good again is broken."""
    there = checker.on_duty[one.duty]
    if one.person in there or len(there) >= checker.problem.duty_of[one.duty].people:
        return
    before = {each for each in checker.about([one.duty], [one.person]) if each.kind not in _MAY_LACK}
    checker.add(one)
    if {each for each in checker.about([one.duty], [one.person]) if each.kind not in _MAY_LACK} - before:
        checker.remove(one)
