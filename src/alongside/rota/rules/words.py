"""Rotas and clashes in words: codes with facts, and plain English from them. Other languages translate `wording`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from alongside.rota.rules.clashing import Clash, Explanation
from alongside.rota.rules.easing import Relief
from alongside.rota.rules.possible import MORE
from alongside.rota.rules.problem import BadProblem, Problem
from alongside.rota.rules.program import Kind, Rule, whose
from alongside.rota.rules.solving import Proof, Rota
from alongside.rota.rules.wording import ENGLISH

Names = Mapping[str, str]
# Facts are numbers, days, words as they are, or lists of ids, each of one or two that belong together.
Fact = str | int | float | date | tuple[tuple[str, ...], ...]
# Exceptions named one by one; of more, the first are named and the rest counted.
SHOWN = 6


@dataclass(frozen=True)
class Saying:
    """One thing to say. `code` is a key of `wording.ENGLISH`."""

    code: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


def about_rota(rota: Rota) -> list[Saying]:
    """How good it is, and what changed hands."""
    said = Saying(f"proof.{rota.proof}")
    if rota.proof is Proof.WITHIN and rota.gap is not None:
        # Rounded up: what is said is never better than what is proved.
        said = Saying("proof.within", {"percent": max(0.01, -(-rota.gap * 10_000 // 1) / 100)})
    if not rota.moves:
        return [said]
    return [said, Saying("moves.fewest" if rota.fewest_moves else "moves", {"moves": rota.moves})]


def about_bad_problem(bad: BadProblem) -> Saying:
    return Saying(f"bad.{bad.code}", bad.facts)


def about_clashes(problem: Problem, explanation: Explanation) -> list[Saying]:
    """Each clash with its rules, and after each rule what giving way on it would bring."""
    said: list[Saying] = []
    for place, clash in enumerate(explanation.clashes):
        if place:
            said.append(Saying("clash.next"))
        alone = len(clash.rules) == 1
        code = "clash.alone" if alone else "clash" if clash.minimal else "clash.open"
        said.append(Saying(code, {"many": len(clash.rules)}))
        for one in clash.reliefs:
            said += [about_rule(problem, one.rule, clash), *about_relief(one)]
    return said if explanation.complete else [*said, Saying("clash.more")]


def about_rule(problem: Problem, rule: Rule, clash: Clash) -> Saying:
    """The rule, or the few people or duties of it that clash already."""
    few = clash.about.get(rule, ())
    code = f"rule.{rule.kind}"
    if rule.kind is Kind.APART:
        code += f".{rule.detail}"
    if rule.kind is Kind.FILLED and rule.detail:
        code += ".kind"
    if rule.kind is Kind.SPACING and problem.spacing and problem.spacing.opening:
        code += ".opening"
    if rule.kind in (Kind.SPACING, Kind.WEEK) and rule.number == 1:
        code += ".one"
    if few and f"{code}.about" in ENGLISH:
        code += ".about"
    facts: dict[str, Fact] = {"detail": rule.detail, "which": tuple(whose(one) for one in few)}
    known = {"number": rule.number, "first": rule.first, "last": rule.last}
    return Saying(code, facts | {name: fact for name, fact in known.items() if fact is not None})


def about_relief(relief: Relief) -> list[Saying]:
    if relief.solves is None:
        return [Saying("relief.unknown")]
    if not relief.solves:
        return [Saying("relief.still")]
    return [*_works(relief), *([] if relief.proved else [Saying("relief.open")])]


def _works(relief: Relief) -> list[Saying]:
    rule = relief.rule
    if relief.number is not None and rule.number is not None:
        return [Saying("relief.number", {"number": relief.number, "before": rule.number})]
    if relief.by is not None:
        fewer = rule.kind in (Kind.LEAST, Kind.CHECKED)
        return [Saying("relief.by.fewer" if fewer else "relief.by.more", {"by": relief.by})]
    exceptions = [whose(one) for one in relief.exceptions]
    more = tuple(one[:1] for one in exceptions if one[-1] == MORE)
    plain = tuple(one for one in exceptions if one[-1] != MORE)
    code = f"relief.{rule.kind}"
    if code not in ENGLISH or not exceptions:
        return [Saying("relief.without")]
    said = [Saying(code, {"which": plain, "detail": rule.detail})] if plain else []
    return [*said, *([Saying("relief.filled.more", {"which": more})] if more else [])]


def in_english(said: Iterable[Saying], names: Names | None = None) -> list[str]:
    """One or two plain sentences for each. `names`: how people, households, duties and sessions are called."""
    return [sentence(one, names or {}) for one in said]


def sentence(said: Saying, names: Names, template: str | None = None) -> str:
    """The sentence in English, or in the language of `template`."""
    facts = {name: _shown(fact, names) for name, fact in said.facts.items()}
    return (template or ENGLISH[said.code]).format(**facts)


def _shown(fact: Fact, names: Names) -> str:
    if isinstance(fact, tuple):
        return _listed([" – ".join(names.get(id, id) for id in one) for one in fact])
    if isinstance(fact, date):
        return f"{fact.day} {fact:%B}"
    if isinstance(fact, float):
        return f"{fact:g}"
    return names.get(fact, fact) if isinstance(fact, str) else str(fact)


def _listed(named: list[str]) -> str:
    counted = {one: named.count(one) for one in named}
    shown = [one if many == 1 else f"{one} ({many} ×)" for one, many in counted.items()]
    left = len(shown) - SHOWN
    return ", ".join(shown) if left <= 0 else f"{', '.join(shown[:SHOWN])} + {left}"
