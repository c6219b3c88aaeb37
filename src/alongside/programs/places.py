"""Places in a design that people change one at a time: a section's own values, or one entry of a list or map in it.

A place is written "sessions", "sessions.plan:2" (the third session, counted from 0), "roles:leader" or "roles:new".
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from alongside.kernel.text import folded
from alongside.programs.rules.design import applied, shape_at, value_at
from alongside.programs.rules.section import Design, Section
from alongside.programs.rules.shapes import LONGEST_KEY, ListOf, MapOf, Shape, Table
from alongside.programs.serving import open_sections, sections

NEW = "new"


class NoSuchPlace(LookupError):
    """The design has nothing there, or no such thing can be in a design."""


@dataclass(frozen=True)
class Field:
    """One value that a form asks for: its name below the place, its shape, and the key that names it in a map."""

    name: str
    shape: Shape
    label: str
    must: bool


@dataclass(frozen=True)
class Place:
    name: str
    entry: str = ""

    def __str__(self) -> str:
        return f"{self.name}:{self.entry}" if self.entry else self.name

    @property
    def section(self) -> Section:
        return open_sections()[self.name.split(".")[0]]

    @property
    def container(self) -> Shape:
        """The shape at the name: of the values themselves, or of what holds the entries."""
        shape = shape_at(sections(), self.name)
        if shape is None:
            raise NoSuchPlace(self.name)
        return shape

    @property
    def shape(self) -> Shape:
        """The shape of what is changed here."""
        around = self.container
        return around.of if self.entry and isinstance(around, ListOf | MapOf) else around

    @property
    def is_new(self) -> bool:
        return self.entry == NEW

    @property
    def is_in_list(self) -> bool:
        return bool(self.entry) and isinstance(self.container, ListOf)


def place_of(text: str, design: Design) -> Place:
    """Read a place. Raises NoSuchPlace for one that no design has, or this one has not."""
    name, _colon, entry = text.partition(":")
    if name.split(".")[0] not in open_sections():
        raise NoSuchPlace(text)
    place = Place(name, entry)
    holds_entries = entries_in(place.container)
    if bool(entry) != holds_entries or (entry and not place.is_new and not _may_stand(design, place)):
        raise NoSuchPlace(text)
    return place


def entries_in(shape: Shape | None) -> bool:
    """Is it a list or map of things that are changed one by one?"""
    if isinstance(shape, MapOf):
        return not shape.keys or isinstance(shape.of, Table | MapOf)
    return isinstance(shape, ListOf) and isinstance(shape.of, Table)


def fields_of(shape: Shape, name: str = "", label: str = "", *, must: bool = True) -> Iterator[Field]:
    """The values that stand at a place, those of tables in it included; lists of entries are places of their own.

    A value must be there only where every table around it must: `must` says so of those outside.
    """
    if entries_in(shape) and name:
        return
    if isinstance(shape, Table | MapOf):
        inner = shape.of.items() if isinstance(shape, Table) else ((key, shape.of) for key in shape.keys)
        for key, each in inner:
            told = each.label if isinstance(shape, Table) else shape.keys[key]
            yield from fields_of(each, f"{name}.{key}" if name else key, told, must=must and (shape.must or not name))
    else:
        yield Field(name, shape, label, must and shape.must)


def lists_of(shape: Shape, name: str) -> Iterator[tuple[str, ListOf | MapOf]]:
    """The lists and maps of entries at a place and in its tables, by their names."""
    if entries_in(shape):
        assert isinstance(shape, ListOf | MapOf)
        yield name, shape
    elif isinstance(shape, Table):
        for key, each in shape.of.items():
            yield from lists_of(each, f"{name}.{key}")


def value_of(design: Design, place: Place) -> Any:
    """What stands there now; {} for something new."""
    value = value_at(design, place.name)
    if not place.entry:
        return value or {}
    index = None if place.is_new else _index(design, place)
    return {} if index is None else value[index]


def with_value(design: Design, place: Place, value: dict[str, Any], *, position: int | None = None) -> dict[str, Any]:
    """The design with another value there, or a further entry; `position`, from 0: where a list entry goes."""
    if not place.entry:
        return applied(design, {place.name: [None, value or None]})
    entries = deepcopy(value_at(design, place.name))
    if place.is_in_list:
        entries = entries or []
        if not place.is_new:
            entries.pop(_index(design, place))
        entries.insert(len(entries) if position is None else position, value)
    else:
        entries = entries or {}
        entries[_new_key(place, entries, value) if place.is_new else place.entry] = value
    return applied(design, {place.name: [None, entries]})


def without(design: Design, place: Place) -> dict[str, Any]:
    """The design without the entry."""
    entries = deepcopy(value_at(design, place.name))
    index = _index(design, place)
    if index is None:
        return dict(design)
    entries.pop(index)
    return applied(design, {place.name: [None, entries or None]})


def _may_stand(design: Design, place: Place) -> bool:
    """It is there, or it is a name that such a map may have and has not yet."""
    container = place.container
    return _index(design, place) is not None or (isinstance(container, MapOf) and place.entry in container.keys)


def _index(design: Design, place: Place) -> Any:
    """The key or the number of an entry; None where it is not there."""
    container, entries = place.container, value_at(design, place.name)
    if isinstance(container, ListOf):
        number = int(place.entry) if place.entry.isascii() and place.entry.isdigit() else -1
        return number if entries and 0 <= number < len(entries) else None
    return place.entry if entries and place.entry in entries else None


def _new_key(place: Place, entries: dict[str, Any], value: dict[str, Any]) -> str:
    container = place.container
    words = "".join(sign if sign.isalnum() else " " for sign in folded(str(value.get("name", ""))))
    plain = " ".join(word for word in words.split() if word.isascii()).strip()[: LONGEST_KEY - 3]
    key = plain if plain[:1].isalpha() else "entry"
    taken, number = key, 2
    while taken in entries or taken == NEW:
        taken, number = f"{key} {number}", number + 1
    assert isinstance(container, MapOf)
    return taken
