"""Who makes the sections of a blueprint happen: those of `programs`, and those that rooms above register.

A room above registers its section when the house starts. `programs` calls it when a program starts and when its design
changes, and never imports it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from alongside.people.models import Person
from alongside.programs.models import Program
from alongside.programs.rules.section import Design, Section
from alongside.programs.rules.sections import FRAME


@dataclass(frozen=True)
class Turn:
    """A design that comes into force: what was agreed before ({} when the program starts), and what is now."""

    program: Program
    before: Design
    after: Design
    by: Person | None
    at: datetime


@dataclass(frozen=True)
class Effect:
    """What a change would do, or has done, in words; `count`: how many sessions, visits or duties it touches."""

    words: str
    count: int = 0


def _nothing(turn: Turn) -> list[Effect]:
    return []


@dataclass(frozen=True)
class Served:
    """`preview` says what `carry_out` would do, and writes nothing. Both leave alone what has been delivered."""

    section: Section
    preview: Callable[[Turn], list[Effect]] = _nothing
    carry_out: Callable[[Turn], list[Effect]] = _nothing


_served: dict[str, Served] = {section.name: Served(section) for section in FRAME}


def register(served: Served) -> None:
    """Let blueprints have this section; the last word counts."""
    _served[served.section.name] = served


def sections() -> tuple[Section, ...]:
    """All sections that this house can run, those of the frame first."""
    return tuple(served.section for served in _served.values())


def open_sections() -> Mapping[str, Section]:
    """The sections that a design has, by their names."""
    return {section.name: section for section in sections() if section.is_open_to_change}


def preview(turn: Turn) -> list[Effect]:
    """What a change would do to what is not yet delivered."""
    return [effect for served in _concerned(turn) for effect in served.preview(turn)]


def carry_out(turn: Turn) -> list[Effect]:
    """Bring everything to what the new design says. A part of other actions: call it inside their transaction."""
    return [effect for served in _concerned(turn) for effect in served.carry_out(turn)]


def _concerned(turn: Turn) -> list[Served]:
    def differs(name: str) -> bool:
        before: Any = turn.before.get(name)
        return bool(before != turn.after.get(name))

    return [served for name, served in _served.items() if differs(name)]
