"""The shapes that values of a blueprint have. One description checks a file, makes the JSON Schema for editors, lists
the reference in the handbook, and asks people on pages: so a part of a design is described once.

Words of labels and hints are marked for the translators and stay English here.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any

from alongside.programs.rules.faults import Fault, Path
from alongside.programs.rules.faults import gettext_noop as _
from alongside.programs.rules.times import NotATime, after, minutes_of, time_of

KEY = re.compile(r"[a-z][a-z0-9]*(?:[ _-][a-z0-9]+)*", re.ASCII)
PLACEHOLDER = {"type": "string", "pattern": r"^\{[a-z][a-z0-9_]*\}$"}
LONGEST_KEY = 40


@dataclass(frozen=True, kw_only=True)
class Shape(ABC):
    """`label` names it on pages, `help` explains it in one sentence; `must`: a table without it does not fit."""

    label: str = ""
    help: str = ""
    must: bool = False

    @abstractmethod
    def faults(self, value: Any, path: Path) -> Iterator[Fault]:
        """What is wrong with a value at this place; nothing where it fits."""

    @abstractmethod
    def bare_schema(self) -> dict[str, Any]:
        """As JSON Schema, draft 2020-12, without its words."""

    def schema(self) -> dict[str, Any]:
        """As JSON Schema; wherever no text is wanted, an answer may stand in for the value: "{weeks}"."""
        bare = self.bare_schema()
        told = {"title": self.label, "description": self.help}
        with_answers = bare if bare.get("type") in ("string", "object") else {"anyOf": [bare, PLACEHOLDER]}
        return {**{key: text for key, text in told.items() if text}, **with_answers}


@dataclass(frozen=True, kw_only=True)
class Text(Shape):
    """Words of people; `lines`: more than one line."""

    longest: int = 300
    lines: bool = False

    def faults(self, value: Any, path: Path) -> Iterator[Fault]:
        if not isinstance(value, str) or not value.strip():
            yield Fault(path, _("words belong here"), _("put them between quotation marks"))
        elif len(value) > self.longest or "\0" in value:
            yield Fault(path, _("at most %(longest)s characters fit"), facts={"longest": self.longest})
        elif not self.lines and "\n" in value.strip():
            yield Fault(path, _("one line belongs here"))

    def bare_schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "maxLength": self.longest}


@dataclass(frozen=True, kw_only=True)
class Whole(Shape):
    """A whole number from `least` to `most`, both included."""

    least: int = 0
    most: int = 1000

    def faults(self, value: Any, path: Path) -> Iterator[Fault]:
        if not isinstance(value, int) or isinstance(value, bool) or not self.least <= value <= self.most:
            yield Fault(
                path,
                _("a whole number from %(least)s to %(most)s belongs here"),
                facts={"least": self.least, "most": self.most},
            )

    def bare_schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True, kw_only=True)
class NameOf(Shape):
    """The name of an entry in a section with names of its own: a role, a step. That it is there, the section checks."""

    section: str

    def faults(self, value: Any, path: Path) -> Iterator[Fault]:
        if not isinstance(value, str) or not KEY.fullmatch(value) or len(value) > LONGEST_KEY:
            yield Fault(path, _("a name belongs here"), _("as it stands between the brackets: [roles.leader]"))

    def bare_schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{KEY.pattern}$", "maxLength": LONGEST_KEY}


@dataclass(frozen=True, kw_only=True)
class YesNo(Shape):
    def faults(self, value: Any, path: Path) -> Iterator[Fault]:
        if not isinstance(value, bool):
            yield Fault(path, _("true or false belongs here"), _("without quotation marks"))

    def bare_schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


@dataclass(frozen=True, kw_only=True)
class Choice(Shape):
    """One word of a list; `names` are the words for pages, in the same order."""

    of: Mapping[str, str]

    def faults(self, value: Any, path: Path) -> Iterator[Fault]:
        if not isinstance(value, str) or value not in self.of:
            yield Fault(
                path,
                _("one of these belongs here: %(words)s"),
                nearest(str(value), self.of),
                facts={"words": ", ".join(self.of), "nearest": _nearest_word(str(value), self.of)},
            )

    def bare_schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.of)}


@dataclass(frozen=True, kw_only=True)
class Written(Shape):
    """Words that `read` understands, or raises ValueError; `example` shows one."""

    read: Callable[[str], object]
    example: str
    what: str

    def faults(self, value: Any, path: Path) -> Iterator[Fault]:
        try:
            if not isinstance(value, str):
                raise NotATime(value)
            self.read(value)
        except (ValueError, OverflowError):
            yield Fault(path, self.what, _('for example "%(example)s"'), facts={"example": self.example})

    def bare_schema(self) -> dict[str, Any]:
        return {"type": "string", "examples": [self.example]}


def length(**told: Any) -> Written:
    return Written(read=minutes_of, example="2h30", what=_("a length of time belongs here"), **told)


def time_of_day(**told: Any) -> Written:
    return Written(read=time_of, example="18:30", what=_("a time of day belongs here"), **told)


def period(**told: Any) -> Written:
    return Written(read=_is_period, example="3 weeks", what=_("a number of days, weeks, months or years"), **told)


def _is_period(text: str) -> object:
    return after(date(2000, 1, 1), text)


@dataclass(frozen=True, kw_only=True)
class ListOf(Shape):
    """Several of one shape, from `least` to `most`."""

    of: Shape
    least: int = 0
    most: int = 60

    def faults(self, value: Any, path: Path) -> Iterator[Fault]:
        if not isinstance(value, list):
            yield Fault(path, _("a list belongs here"), _("between [ and ]"))
            return
        if not self.least <= len(value) <= self.most:
            facts = {"least": self.least, "most": self.most, "count": len(value)}
            yield Fault(path, _("%(least)s to %(most)s entries fit, here are %(count)s"), facts=facts)
        for number, each in enumerate(value[: self.most]):
            yield from self.of.faults(each, (*path, number))

    def bare_schema(self) -> dict[str, Any]:
        return {"type": "array", "items": self.of.schema(), "minItems": self.least, "maxItems": self.most}


@dataclass(frozen=True, kw_only=True)
class Table(Shape):
    """Named values, each of its own shape."""

    of: Mapping[str, Shape]

    def faults(self, value: Any, path: Path) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield Fault(path, _("a table of names and values belongs here"))
            return
        for key, each in value.items():
            if shape := self.of.get(key):
                yield from shape.faults(each, (*path, key))
            else:
                yield unknown(key, (*path, key), self.of)
        for key, shape in self.of.items():
            if shape.must and key not in value:
                yield Fault((*path, key), _('"%(key)s" is missing'), shape.help, {"key": key})

    def bare_schema(self) -> dict[str, Any]:
        return {
            "type": "object",
            "properties": {key: shape.schema() for key, shape in self.of.items()},
            "required": [key for key, shape in self.of.items() if shape.must],
            "additionalProperties": False,
        }


@dataclass(frozen=True, kw_only=True)
class MapOf(Shape):
    """Names that the file chooses, each with a value of one shape."""

    of: Shape
    most: int = 20
    keys: Mapping[str, str] = field(default_factory=dict)

    def faults(self, value: Any, path: Path) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield Fault(path, _("a table of names and values belongs here"))
            return
        if len(value) > self.most:
            yield Fault(path, _("at most %(most)s fit"), facts={"most": self.most})
        for key, each in value.items():
            if self.keys and key not in self.keys:
                yield unknown(key, (*path, key), self.keys)
            elif not KEY.fullmatch(key) or len(key) > LONGEST_KEY:
                yield Fault((*path, key), _('"%(key)s" is no name'), _("small letters and digits"), {"key": key})
            else:
                yield from self.of.faults(each, (*path, key))

    def bare_schema(self) -> dict[str, Any]:
        if self.keys:
            properties = {key: self.of.schema() for key in self.keys}
            return {"type": "object", "properties": properties, "additionalProperties": False}
        return {"type": "object", "additionalProperties": self.of.schema(), "maxProperties": self.most}


def unknown(key: str, path: Path, known: Mapping[str, Any]) -> Fault:
    """A name that nobody knows, with the nearest one that is known."""
    facts = {"key": key, "nearest": _nearest_word(key, known)}
    return Fault(path, _('nothing here is called "%(key)s"'), nearest(key, known), facts)


def nearest(word: str, known: Mapping[str, Any]) -> str:
    """The hint that goes with a word that is not known."""
    return _('did you mean "%(nearest)s"?') if _nearest_word(word, known) else ""


def _nearest_word(word: str, known: Mapping[str, Any]) -> str:
    return next(iter(get_close_matches(word, list(known), n=1, cutoff=0.6)), "")
