"""Whether some of a problem's rules can be kept together, asked over and over with different ones."""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, replace
from functools import cached_property
from math import inf

from alongside.rota.rules.engines import Effort, Relaxed, Toggles, Verdict, search
from alongside.rota.rules.hunting import best, holds
from alongside.rota.rules.problem import Problem
from alongside.rota.rules.program import Kind, Part, Program, Row, Rule, build, pair_id

# Work that is the same on every machine; 1 is about a second.
QUICK_STEPS = 0.2
# Of the time that is left, how much one question may take before it is asked in another way.
SHARE_OF_QUESTION = 0.1
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
    def _toggles(self) -> Toggles:
        return Toggles(self.program)

    @cached_property
    def about(self) -> dict[Rule, tuple[str, ...]]:
        """Each rule, and all whom or what it is about."""
        found: dict[Rule, dict[str, None]] = {}
        for rule, about in self.program.parts():
            found.setdefault(rule, {})[about] = None
        return {rule: tuple(about) for rule, about in found.items()}

    # Parts by number: they are looked up many thousand times.

    @cached_property
    def _number_of(self) -> dict[Part, int]:
        return {part: number for number, part in enumerate(dict.fromkeys(self.program.parts()))}

    @cached_property
    def _row_numbers(self) -> list[int]:
        return [self._number_of[row.part] for row in self.program.rows]

    @cached_property
    def _closer_numbers(self) -> dict[int, list[int]]:
        return {place: [self._number_of[part] for part in those] for place, those in self.program.closed.items()}

    def _closed_by(self, wanted: Set[int]) -> set[int]:
        return {place for place, those in self._closer_numbers.items() if not wanted.isdisjoint(those)}

    @property
    def rules(self) -> frozenset[Rule]:
        return frozenset(self.about)

    def with_only(self, rules: frozenset[Rule]) -> bool | None:
        """Whether these rules can be kept together."""
        if rules not in self._known:
            self._known[rules] = self._ask({(rule, about) for rule in rules for about in self.about[rule]})
        return self._known[rules]

    def _ask(self, parts: Set[Part]) -> bool | None:
        return self._answered(self._relaxed(parts), lambda: kept_only(self.program, parts), self.effort)

    def _answered(self, relaxed: Relaxed | None, program: Callable[[], Program], effort: Effort) -> bool | None:
        """What shares of columns say, and where they leave it open, a search."""
        if relaxed is not None and relaxed.impossible:
            return False
        asked = program()
        if relaxed is not None and relaxed.whole and holds(asked, tuple(share > 0.5 for share in relaxed.shares)):
            return True
        return _searched(asked, effort)

    def clash(self, parts: Parts) -> bool:
        """Whether these parts of rules are seen to clash at once; False may mean that it is hard to see."""
        relaxed = self._relaxed({(rule, about) for rule, those in parts.items() for about in those})
        return relaxed is not None and relaxed.impossible

    def _relaxed(self, parts: Set[Part]) -> Relaxed | None:
        wanted = {self._number_of[part] for part in parts}
        on = [number in wanted for number in self._row_numbers]
        if any(is_on and len(row.plus) < row.low for row, is_on in zip(self.program.rows, on, strict=True)):
            return Relaxed(impossible=True)
        return self._toggles.ask(on, self._closed_by(wanted), self.effort.part(SHARE_OF_QUESTION))

    def changed(self, problem: Problem, rules: frozenset[Rule], effort: Effort) -> bool | None:
        """Whether these rules can be kept in a problem where some have another number."""
        program = build(problem, wide=rules != self.rules, priced=False)
        if rules != self.rules:
            program = kept_only(program, {part for part in program.parts() if part[0] in rules})
        if any(len(row.plus) < row.low for row in program.rows):
            return False
        relaxed = Toggles(program).ask([True] * len(program.rows), set(), effort)
        return self._answered(relaxed, lambda: program, effort)


def _searched(program: Program, effort: Effort) -> bool | None:
    """A quick search first, which is often enough; then all that is known."""
    found = search(program, replace(effort, steps=QUICK_STEPS))
    if found.values is None and found.verdict is Verdict.OPEN:
        found = best(program, effort)
    if found.values is not None:
        return True
    return False if found.verdict is Verdict.IMPOSSIBLE else None


def _closed(program: Program, parts: Set[Part]) -> set[int]:
    return {place for place, closers in program.closed.items() if not parts.isdisjoint(closers)}


def kept_only(program: Program, parts: Set[Part]) -> Program:
    """The program with these parts of rules alone; columns that they forbid stay empty."""
    closed = _closed(program, parts)
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


def fewest_exceptions(
    possible: Possible, rules: frozenset[Rule], rule: Rule, effort: Effort
) -> Exceptions | bool | None:
    """Exceptions to `rule` that let all `rules` be kept otherwise; False where even without it that is impossible."""
    program = possible.program
    others = {(one, about) for one in rules - {rule} for about in possible.about[one]}
    eased = kept_only(program, others)
    eased.costs = list(program.costs)
    names: dict[int, str] = {}
    blocked = _closed(program, others)
    for place, closers in program.closed.items():
        if place not in blocked and any(one == rule for one, _ in closers):
            eased.costs[place] = 1
            names[place] = "\n".join(program.assignments[place])
    for row in program.rows:
        if row.part[0] == rule:
            eased.rows.append(_eased(_open(row, blocked), eased, names))
    found = best(eased, effort)
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
