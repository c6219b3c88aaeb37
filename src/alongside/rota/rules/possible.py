"""Whether some of a problem's rules can be kept together, asked over and over with different ones."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from math import inf

from alongside.rota.rules.engines import Effort, Verdict
from alongside.rota.rules.hunting import best
from alongside.rota.rules.problem import Problem
from alongside.rota.rules.program import Kind, Part, Program, Row, Rule, build, pair_id

# How an exception is marked by which a duty has more people than it asks for.
MORE = "more"
Parts = Mapping[Rule, tuple[str, ...]]


@dataclass
class Possible:
    """A problem with all its rules side by side. Answers: True, False, or None when time ran out."""

    problem: Problem
    effort: Effort

    def __post_init__(self) -> None:
        self._known: dict[frozenset[Rule], bool | None] = {}

    @cached_property
    def program(self) -> Program:
        return build(self.problem, wide=True, priced=False)

    @cached_property
    def about(self) -> dict[Rule, tuple[str, ...]]:
        """Each rule, and all whom or what it is about."""
        found: dict[Rule, dict[str, None]] = {}
        for rule, about in self.program.parts():
            found.setdefault(rule, {})[about] = None
        return {rule: tuple(about) for rule, about in found.items()}

    @property
    def rules(self) -> frozenset[Rule]:
        return frozenset(self.about)

    def without(self, rules: Set[Rule]) -> bool | None:
        return self.with_only(self.rules - rules)

    def with_only(self, rules: frozenset[Rule]) -> bool | None:
        if rules not in self._known:
            self._known[rules] = self._ask((rule, about) for rule in rules for about in self.about[rule])
        return self._known[rules]

    def with_parts(self, parts: Parts) -> bool | None:
        return self._ask((rule, about) for rule, those in parts.items() for about in those)

    def _ask(self, parts: Iterable[Part]) -> bool | None:
        return answer(kept_only(self.program, set(parts)), self.effort)

    def changed(self, problem: Problem, rules: frozenset[Rule]) -> bool | None:
        """Whether these rules can be kept in a problem where some have another number."""
        program = build(problem, wide=True, priced=False)
        return answer(kept_only(program, {part for part in program.parts() if part[0] in rules}), self.effort)


def answer(program: Program, effort: Effort) -> bool | None:
    if any(len(row.plus) < row.low for row in program.rows):
        return False
    found = best(program, effort)
    if found.values is not None:
        return True
    return False if found.verdict is Verdict.IMPOSSIBLE else None


def kept_only(program: Program, parts: Set[Part]) -> Program:
    """The program with these parts of rules alone; columns that they forbid stay empty."""
    closed = {place for place, closers in program.closed.items() if not parts.isdisjoint(closers)}
    rows = [_open(row, closed) for row in program.rows if row.part in parts]
    return Program(program.assignments, list(program.costs), rows)


def _open(row: Row, closed: Set[int]) -> Row:
    return Row(row.part, tuple(place for place in row.plus if place not in closed), row.low, row.high)


@dataclass(frozen=True)
class Exceptions:
    """The fewest exceptions to a rule that make the others possible. `proved`: no fewer would do.

    Each is who or what it is about: a duty, a pair, a person and a duty, or a duty and MORE.
    """

    made: tuple[str, ...]
    proved: bool


def fewest_exceptions(possible: Possible, rules: frozenset[Rule], rule: Rule) -> Exceptions | bool | None:
    """Exceptions to `rule` that let all `rules` be kept otherwise; False where even without it that is impossible."""
    program = possible.program
    others = {(one, about) for one in rules - {rule} for about in possible.about[one]}
    eased = kept_only(program, others)
    eased.costs = list(program.costs)
    names: dict[int, str] = {}
    blocked = {place for place, closers in program.closed.items() if not others.isdisjoint(closers)}
    for place, closers in program.closed.items():
        if place not in blocked and any(one == rule for one, _ in closers):
            eased.costs[place] = 1
            names[place] = "\n".join(program.assignments[place])
    for row in program.rows:
        if row.part[0] == rule:
            eased.rows.append(_eased(_open(row, blocked), eased, names))
    found = best(eased, possible.effort)
    if found.values is None:
        return False if found.verdict is Verdict.IMPOSSIBLE else None
    made = tuple(name for place, name in names.items() if found.values[place])
    return Exceptions(made, found.verdict is Verdict.BEST)


def _eased(row: Row, program: Program, names: dict[int, str]) -> Row:
    """The row with columns that make up for what is missing, or take away what is too much."""
    about = row.part[1]
    over_name = pair_id(about, MORE) if row.part[0].kind is Kind.FILLED else about
    short = _columns(program, int(row.low) if row.low > 0 else 0, about, names)
    over = _columns(program, len(row.plus) - int(row.high) if row.high < inf else 0, over_name, names)
    return Row(row.part, (*row.plus, *short), row.low, row.high, over)


def _columns(program: Program, many: int, name: str, names: dict[int, str]) -> tuple[int, ...]:
    columns = tuple(program.add_column(1) for _ in range(max(many, 0)))
    names.update(dict.fromkeys(columns, name))
    return columns
