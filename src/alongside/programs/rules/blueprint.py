"""Reading a blueprint: a TOML file that a coordinator can read aloud, checked as a whole and filled in with answers.

blueprint = read(text, sections)          # raises DoesNotFit with every fault, its line and a hint
design = fill(blueprint, {"weeks": 6}, sections)
"""

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from alongside.programs.rules.asks import ASKS, Ask, ask_faults, asks_of, filled, names_in
from alongside.programs.rules.design import check, design_faults
from alongside.programs.rules.faults import DoesNotFit, Fault
from alongside.programs.rules.faults import gettext_noop as _
from alongside.programs.rules.lines import lines_of
from alongside.programs.rules.section import Section
from alongside.programs.rules.shapes import unknown

LARGEST_BYTES = 200_000
_WHERE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")


@dataclass(frozen=True)
class Blueprint:
    """What a file says. `about` is the table [blueprint]; `sections` still hold the names of answers: "{weeks}"."""

    text: str
    about: Mapping[str, Any]
    asks: tuple[Ask, ...]
    sections: Mapping[str, Any]

    @property
    def id(self) -> str:
        return str(self.about["id"])

    @property
    def title(self) -> str:
        return str(self.about["title"])

    @property
    def version(self) -> str:
        return str(self.about["version"])

    @property
    def digest(self) -> str:
        """SHA-256 of the text, in hexadecimal: which words a program started from."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def read(text: str, sections: Sequence[Section]) -> Blueprint:
    """The blueprint that a file holds. Raises DoesNotFit with all that is wrong, in the order of the file.

    `sections`: those that this house can run. A section that nobody serves is a fault, never skipped.
    """
    told = _toml(text)
    lines = lines_of(text)
    known = {"ask": ASKS.schema(), **{section.name: section for section in sections}}
    faults = [unknown(name, (name,), known) for name in told if name not in known]
    about = next(section for section in sections if section.name == "blueprint")
    faults += about.shape.faults(told.get("blueprint", {}), ("blueprint",))
    asked = list(ASKS.faults(told.get("ask", []), ("ask",)))
    asks = () if asked else asks_of(told.get("ask", []))
    faults += asked or ask_faults(asks)
    parts = {name: value for name, value in told.items() if name in known and name not in ("blueprint", "ask")}
    if not asked:
        faults += _name_faults({"blueprint": told.get("blueprint", {}), **parts}, asks)
    faults += _faults_with_answers(parts, asks, sections)
    if faults:
        raise DoesNotFit(_placed(faults, lines))
    return Blueprint(text, told["blueprint"], asks, parts)


def fill(blueprint: Blueprint, answers: Mapping[str, Any], sections: Sequence[Section]) -> dict[str, Any]:
    """The first design of a program. Raises DoesNotFit for answers missing, or a design that cannot be."""
    faults = []
    for ask in blueprint.asks:
        if ask.key not in answers:
            faults.append(Fault((ask.key,), _("this question has no answer yet")))
        else:
            faults += ask.answer.faults(answers[ask.key], (ask.key,))
    if faults:
        raise DoesNotFit(faults)
    known = {ask.key: answers[ask.key] for ask in blueprint.asks}
    design: dict[str, Any] = filled(dict(blueprint.sections), known)
    check(design, sections)
    return design


def about(blueprint: Blueprint, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The table [blueprint] with answers in it: title, summary, aim and so on of a program that starts from it."""
    told: dict[str, Any] = filled(dict(blueprint.about), answers)
    return told


def _toml(text: str) -> dict[str, Any]:
    if len(text.encode()) > LARGEST_BYTES:
        raise DoesNotFit([Fault((), _("the file is larger than a blueprint can be"))])
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as broken:
        where = _WHERE.search(str(broken))
        line = int(where[1]) if where and where[1] else text.count("\n") + 1
        what = _WHERE.sub("", str(broken))
        hint = _("words stand between quotation marks, and a name only once")
        raise DoesNotFit([Fault((), "%(what)s", hint, {"what": what}, line)]) from None
    except RecursionError:
        raise DoesNotFit([Fault((), _("the file is nested too deeply"))]) from None


def _name_faults(parts: Mapping[str, Any], asks: Sequence[Ask]) -> Iterator[Fault]:
    known = {ask.key: ask for ask in asks}
    used: set[str] = set()
    for name, path in names_in(dict(parts), ()):
        used.add(name)
        if name not in known:
            fault = unknown(name, path, known)
            reason = _('no question is called "%(key)s"')
            yield replace(fault, reason=reason, hint=fault.hint or _("add it with [[ask]]"))
    for number, ask in enumerate(asks):
        if ask.key not in used:
            reason, hint = _('the answer to "%(key)s" is used nowhere'), _("write {%(key)s} where it belongs")
            yield Fault(("ask", number, "key"), reason, hint, {"key": ask.key})


def _faults_with_answers(parts: Mapping[str, Any], asks: Sequence[Ask], sections: Sequence[Section]) -> list[Fault]:
    """What is wrong with the usual answers; else with one answer at its edge, the others as usual."""
    usual = {ask.key: ask.usual for ask in asks}
    if faults := design_faults(filled(dict(parts), usual), sections):
        return faults
    for ask in asks:
        for sample in ask.samples:
            tried = design_faults(filled(dict(parts), {**usual, ask.key: sample}), sections)
            if tried:
                facts = {"question": ask.question, "answer": sample, "what": tried[0].reason % tried[0].facts}
                reason = _('with the answer %(answer)s to "%(question)s": %(what)s')
                return [replace(tried[0], reason=reason, facts={**tried[0].facts, **facts})]
    return []


def _placed(faults: Sequence[Fault], lines: Mapping[tuple[str | int, ...], int]) -> list[Fault]:
    """Faults with the lines they stand on, or the line of the nearest thing around them."""
    placed = []
    for fault in faults:
        path = fault.path
        while path and path not in lines:
            path = path[:-1]
        placed.append(replace(fault, line=fault.line or lines.get(path, 1)))
    return sorted(placed, key=lambda fault: fault.line or 0)
