"""Blueprints that nobody wrote: drawn from the shapes of every section that this house can run."""

from collections.abc import Mapping
from typing import Any

import tomli_w
from hypothesis import assume
from hypothesis import strategies as st

from alongside.programs.rules.design import design_faults, inside
from alongside.programs.rules.faults import Path
from alongside.programs.rules.section import Section
from alongside.programs.rules.sections.purpose import ABOUT
from alongside.programs.rules.shapes import (
    Choice,
    ListOf,
    MapOf,
    NameOf,
    Shape,
    Table,
    Text,
    Whole,
    Written,
    YesNo,
)
from alongside.programs.serving import sections

WORDS = ("Walk", "eat together", "mañana", "世界", 'say "yes"', "a \\ b", "<b>bold</b>", "50 % off", "O'Hara's", "💛")
KEYS = ("ada", "bo 2", "c_d", "e-f")
# What people write where a length, a time, a share or a credit belongs; each place takes those it understands.
WRITTEN = ("2h30", "45 min", "1h", "18:30", "9:05", "3 weeks", "2 months", "1 year", "1/4", "1/2", "none", "time given")
MORE_THAN_LEAST = 12
ENTRIES = 3
REPAIRS = 40


@st.composite
def designs(draw: Any) -> dict[str, Any]:
    """A design in which every value fits, alone and with the others."""
    known = [section for section in sections() if section.is_open_to_change]
    design: dict[str, Any] = {
        section.name: draw(values(section.shape)) for section in known if _is_drawn(draw, section)
    }
    for _turn in range(REPAIRS):
        design = _without_empty(design)
        faults = design_faults(design, known)
        if not faults:
            return design
        _mend(draw, design, faults[0].path, {section.name: section for section in known})
    assume(False)
    raise AssertionError


@st.composite
def blueprints(draw: Any) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """The words of a file, the answers to its questions, and the design that they make."""
    design = draw(designs())
    asked = draw(st.lists(st.sampled_from(list(_numbers(design, ()))), max_size=3, unique=True) | st.just([]))
    told, asks, answers = _copy(design), [], {}
    for number, path in enumerate(asked):
        key, value = f"answer{number}", _at(design, path)
        asks.append(
            {"key": key, "question": "How many?", "kind": "whole number", "from": value, "to": value, "usual": value}
        )
        answers[key] = value
        _put(told, path, f"{{{key}}}")
    about = {**draw(values(ABOUT)), "id": "made-up"}
    return tomli_w.dumps({"blueprint": about, **({"ask": asks} if asks else {}), **told}), answers, design


def values(shape: Shape) -> st.SearchStrategy[Any]:
    """Values of a shape: what must be there is, the rest is or is not."""
    match shape:
        case Text():
            return (
                st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join).map(lambda t: t[: shape.longest])
            )
        case Whole():
            return st.integers(shape.least, min(shape.most, shape.least + MORE_THAN_LEAST))
        case YesNo():
            return st.booleans()
        case Choice():
            return st.sampled_from(list(shape.of))
        case Written():
            return st.sampled_from([text for text in (*WRITTEN, shape.example) if not list(shape.faults(text, ()))])
        case NameOf():
            return st.sampled_from(KEYS)
        case ListOf():
            most = min(shape.most, max(shape.least, ENTRIES))
            return st.lists(values(shape.of), min_size=shape.least, max_size=most)
        case Table():
            must = {key: values(each) for key, each in shape.of.items() if each.must}
            may = {key: values(each) for key, each in shape.of.items() if not each.must}
            return st.fixed_dictionaries(must, optional=may)
        case MapOf():
            keys = tuple(shape.keys) or KEYS
            return st.dictionaries(st.sampled_from(keys), values(shape.of), max_size=min(shape.most, len(keys)))
    raise AssertionError(shape)


def _is_drawn(draw: Any, section: Section) -> bool:
    return section.shape.must or draw(st.booleans())


def _mend(draw: Any, design: dict[str, Any], path: Path, known: Mapping[str, Section]) -> None:
    """Take away what does not fit, or put there what is missing; what must be there is drawn anew in the next turn."""
    shape: Shape | None = known[str(path[0])].shape
    for step in path[1:]:
        shape = inside(shape, step)
    if _at(design, path) is not None:
        _take(design, path)
    elif isinstance(shape, NameOf) and not (named := list(design.get(shape.section, {}))):
        _take(design, path[:-1])
    elif isinstance(shape, NameOf):
        _put(design, path, draw(st.sampled_from(named)))
    elif shape is not None:
        _put(design, path, draw(values(shape)))
    else:
        _take(design, path[:-1])


def _at(value: Any, path: Path) -> Any:
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _put(value: Any, path: Path, new: Any) -> None:
    for step in path[:-1]:
        value = value.setdefault(step, {}) if isinstance(value, dict) else value[step]
    value[path[-1]] = new


def _take(value: Any, path: Path) -> None:
    around = _at(value, path[:-1])
    del around[path[-1]]


def _without_empty(value: Any) -> Any:
    """Tables in which nothing stands say nothing: a design keeps none."""
    if not isinstance(value, dict):
        return value
    kept = {key: _without_empty(each) for key, each in value.items()}
    return {key: each for key, each in kept.items() if each != {}}


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copy(each) for key, each in value.items()}
    return [_copy(each) for each in value] if isinstance(value, list) else value


def _numbers(value: Any, path: Path) -> Any:
    """Where whole numbers stand."""
    if isinstance(value, dict | list):
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _numbers(each, (*path, key))
    elif isinstance(value, int) and not isinstance(value, bool):
        yield path
