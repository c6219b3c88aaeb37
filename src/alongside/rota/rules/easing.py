"""What giving way on one rule would bring: the number with which it works, or the fewest exceptions."""

from dataclasses import dataclass, replace

from alongside.rota.rules.engines import Effort
from alongside.rota.rules.possible import SHARE_OF_QUESTION, Exceptions, Possible, fewest_exceptions
from alongside.rota.rules.problem import Problem, Spacing
from alongside.rota.rules.program import Kind, Rule

# Rules with a number to turn; the others have exceptions.
NUMBERED = {Kind.SPACING, Kind.WEEK, Kind.FAIR, Kind.LEAST, Kind.MOST, Kind.CHECKED}
FURTHEST = 64


@dataclass(frozen=True)
class Relief:
    """`solves`: without the rule a rota is possible; None where time ran out.

    `by`: how far its number has to give way, so that a rota is possible. `exceptions`: the fewest that make one
    possible: duties, pairs, or people with duties. `proved`: less would not do.
    """

    rule: Rule
    solves: bool | None
    by: int | None = None
    exceptions: tuple[str, ...] = ()
    proved: bool = True

    @property
    def number(self) -> int | None:
        """The number with which it works; None for rules without one, and where each has a number of its own."""
        if self.by is None or self.rule.number is None:
            return None
        down = self.rule.kind in (Kind.SPACING, Kind.LEAST, Kind.CHECKED)
        return max(0, self.rule.number - self.by) if down else self.rule.number + self.by


def relief(possible: Possible, rules: frozenset[Rule], rule: Rule) -> Relief:
    """What giving way on `rule` brings where all `rules` are to be kept."""
    if rule.kind not in NUMBERED:
        found = fewest_exceptions(possible, rules, rule, possible.effort.part(SHARE_OF_QUESTION))
        if isinstance(found, Exceptions):
            return Relief(rule, True, None, found.made, found.proved)
        return Relief(rule, possible.with_only(rules - {rule}) if found is None else found)
    solves = possible.with_only(rules - {rule})
    if solves is not True:
        return Relief(rule, solves)
    by, proved = _least(possible, rules, rule)
    return Relief(rule, True, by, (), proved)


def _least(possible: Possible, rules: frozenset[Rule], rule: Rule) -> tuple[int | None, bool]:
    """The smallest step with which it works, found by doubling and halving; False where a smaller one is open."""
    low, high, proved = 0, 1, True

    def effort() -> Effort:
        return possible.effort.part(SHARE_OF_QUESTION)

    while (works := possible.changed(eased(possible.problem, rule, high), rules, effort())) is not True:
        proved = proved and works is not None
        if high >= FURTHEST or possible.effort.over:
            return None, False
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        works = possible.changed(eased(possible.problem, rule, middle), rules, effort())
        proved = proved and works is not None
        low, high = (low, middle) if works else (middle, high)
    return high, proved


def eased(problem: Problem, rule: Rule, by: int) -> Problem:
    """The problem with the number of one rule moved by so many, towards what is easier."""
    if rule.kind is Kind.SPACING and problem.spacing:
        return replace(problem, spacing=Spacing(max(0, problem.spacing.days - by), problem.spacing.opening))
    if rule.kind is Kind.WEEK and problem.per_week is not None:
        return replace(problem, per_week=problem.per_week + by)
    if rule.kind is Kind.CHECKED:
        return replace(problem, sessions=[replace(one, checked=max(0, one.checked - by)) for one in problem.sessions])
    period = (rule.first, rule.last)
    if rule.kind is Kind.FAIR:
        wider = [
            replace(one, within=one.within + by) if (one.first, one.last) == period else one for one in problem.fair
        ]
        return replace(problem, fair=wider)
    least, most = (by, 0) if rule.kind is Kind.LEAST else (0, by)
    quotas = [
        replace(one, least=max(0, one.least - least), most=None if one.most is None else one.most + most)
        if (one.first, one.last) == period
        else one
        for one in problem.quotas
    ]
    return replace(problem, quotas=quotas)
