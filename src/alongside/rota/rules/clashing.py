"""Where no rota is possible: the smallest set of rules that clash, and what giving way on each would bring.

A rule is what a coordinator calls one: "at most one duty a week", never a row for each family and week. Each rule of
a clash is needed: without any one of them, the others can be kept together. A problem can hold several clashes; then
giving way on one rule of the first shows the next, until a rota is possible.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations

from alongside.rota.rules.easing import Relief, relief
from alongside.rota.rules.engines import Effort
from alongside.rota.rules.possible import Possible
from alongside.rota.rules.problem import Problem
from alongside.rota.rules.program import Kind, Rule

# At most this many people or duties are named where a clash lies; with more, it is the rule as a whole.
NAMED = 3
MOST_CLASHES = 6
# A clash is easiest to see in the duties it is about, so those are narrowed down first.
NARROWED = (Kind.FILLED, Kind.SOMEBODY, Kind.EVERYBODY, Kind.CHECKED, Kind.HAND, Kind.AWAY, Kind.APART, Kind.LEAST)
IN_DUTIES = NARROWED[:4]
Rules = frozenset[Rule]


@dataclass(frozen=True)
class Clash:
    """Rules that cannot all be kept. `minimal`: proved that without any one of them the others can; `smallest`:
    proved that no fewer rules clash. Both hold unless time ran out.

    `about`: for a rule, the few people, duties or pairs that clash already; a rule that is not named is meant whole.
    `after`: rules on which one had given way already.
    """

    rules: tuple[Rule, ...]
    minimal: bool
    smallest: bool
    about: dict[Rule, tuple[str, ...]]
    reliefs: tuple[Relief, ...] = ()
    after: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class Explanation:
    """`clashes`: none where a rota is possible after all. `complete`: giving way on one rule of each is enough."""

    clashes: tuple[Clash, ...]
    complete: bool
    seconds: float = field(default=0.0, compare=False)


def explain(problem: Problem, seconds: float = 10.0, *, workers: int = 1, seed: int = 0) -> Explanation:
    """Why there is no rota. What could not be found out in `seconds` is left open, never guessed."""
    began = time.monotonic()
    possible = Possible(problem, Effort(began + seconds, workers, seed))
    clashes: list[Clash] = []
    left = possible.rules
    while len(clashes) < MOST_CLASHES and possible.with_only(left) is False:
        clash = _clash(possible, left, tuple(rule for one in clashes for rule in one.rules if rule not in left))
        clashes.append(clash)
        if any(one.solves for one in clash.reliefs):
            break
        left -= {clash.rules[0]}
    solved = bool(clashes) and any(one.solves for one in clashes[-1].reliefs)
    complete = solved or possible.with_only(left) is True
    return Explanation(tuple(clashes), complete, time.monotonic() - began)


def _clash(possible: Possible, rules: Rules, after: tuple[Rule, ...]) -> Clash:
    found, smallest = _smallest(possible, rules)
    minimal = all(possible.with_only(found - {rule}) is True for rule in found)
    ordered = tuple(sorted(found, key=lambda rule: (list(Kind).index(rule.kind), rule)))
    reliefs = tuple(relief(possible, rules, rule) for rule in ordered)
    return Clash(ordered, minimal, smallest, _about(possible, found), reliefs, after)


def _smallest(possible: Possible, rules: Rules) -> tuple[Rules, bool]:
    """A smallest set of rules that clash; False where only that each of its rules is needed is known.

    Rules without which all others can be kept are in every clash. Where these alone do not clash, sets that touch
    every way out are tried, the smallest first. Source: Ignatiev et al. 2015, doi:10.1007/978-3-319-23219-5_13.
    """
    needed = frozenset(rule for rule in rules if possible.with_only(rules - {rule}) is True)
    if possible.with_only(needed) is False:
        return needed, True
    ways_out = [frozenset({rule}) for rule in needed]
    while not possible.effort.over:
        tried = _touching(ways_out, rules)
        kept = possible.with_only(tried)
        if kept is False:
            return tried, True
        if kept is None:
            break
        ways_out.append(rules - _grown(possible, tried, rules))
    return _each_needed(possible, rules), False


def _touching(ways_out: Iterable[Rules], rules: Rules) -> Rules:
    """The smallest set of rules that has one of every way out."""
    forced = frozenset(rule for way in ways_out for rule in way if len(way) == 1)
    open_ways = [way for way in ways_out if not way & forced]
    others = sorted(frozenset(rule for way in open_ways for rule in way))
    for size in range(len(others) + 1):
        for chosen in combinations(others, size):
            if all(way.intersection(chosen) for way in open_ways):
                return forced | frozenset(chosen)
    return rules


def _grown(possible: Possible, kept: Rules, rules: Rules) -> Rules:
    """As many more rules as can be kept together with these."""
    for rule in sorted(rules - kept):
        if possible.with_only(kept | {rule}) is True:
            kept |= {rule}
    return kept


def _each_needed(possible: Possible, rules: Rules) -> Rules:
    for rule in sorted(rules):
        if possible.with_only(rules - {rule}) is False:
            rules -= {rule}
    return rules


def _about(possible: Possible, rules: Rules) -> dict[Rule, tuple[str, ...]]:
    """For each rule the few people or duties with which the clash stands already, where there are so few.

    A clash that takes more than a few duties is everywhere, and naming people would only seem to help.
    """
    named: dict[Rule, tuple[str, ...]] = {}
    everywhere = False
    parts = {rule: possible.about[rule] for rule in rules}
    for kind in NARROWED:
        for rule in sorted(one for one in rules if one.kind is kind):
            few = None if everywhere else _few(possible, parts, rule)
            if few is not None:
                parts[rule] = named[rule] = few
            else:
                everywhere = everywhere or kind in IN_DUTIES
    return named


def _few(possible: Possible, parts: dict[Rule, tuple[str, ...]], rule: Rule) -> tuple[str, ...] | None:
    """At most three parts of a rule that clash with the others, none of them needless; None where it takes more.

    Of four heaps, three parts leave one untouched. So where each heap is needed, it takes more than three.
    """
    left = parts[rule]
    if not possible.clash(parts):
        return None
    while len(left) > NAMED:
        size = -(-len(left) // (NAMED + 1))
        heaps = [left[start : start + size] for start in range(0, len(left), size)]
        for heap in heaps:
            fewer = tuple(one for one in left if one not in heap)
            if possible.clash({**parts, rule: fewer}):
                left = fewer
                break
        else:
            return None
    for one in left:
        fewer = tuple(other for other in left if other != one)
        if fewer and possible.clash({**parts, rule: fewer}):
            left = fewer
    return left
