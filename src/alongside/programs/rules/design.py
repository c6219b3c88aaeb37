"""A design: what a program has agreed, section by section; checked as a whole, compared and changed value by value.

A design is plain data as JSON knows it. A change is {"sessions.starts": [before, after], …}: names joined by dots,
lists as one value, and None for "is not there".
"""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from alongside.programs.rules.faults import DoesNotFit, Fault
from alongside.programs.rules.faults import gettext_noop as _
from alongside.programs.rules.section import Design, Section
from alongside.programs.rules.shapes import ListOf, MapOf, Shape, Table, unknown

Change = Mapping[str, Sequence[Any]]


def design_faults(design: Design, sections: Sequence[Section]) -> list[Fault]:
    """All that is wrong with a design; what sections ask of each other only once every value has its shape."""
    known = {section.name: section for section in sections if section.is_open_to_change}
    faults = [unknown(name, (name,), known) for name in design if name not in known]
    for name, section in known.items():
        if name in design:
            faults += section.shape.faults(design[name], (name,))
        elif section.shape.must:
            faults.append(Fault((name,), _('"%(key)s" is missing'), section.shape.help, {"key": name}))
    if faults:
        return faults
    return [fault for section in known.values() for fault in section.check(design)]


def check(design: Design, sections: Sequence[Section]) -> None:
    """Raises DoesNotFit for a design that cannot be."""
    if faults := design_faults(design, sections):
        raise DoesNotFit(faults)


def difference(before: Design, after: Design) -> dict[str, list[Any]]:
    """The change that makes one design of another, in a fixed order; {} where they are equal."""
    return dict(_differences(before, after, ()))


def _differences(before: Any, after: Any, path: tuple[str, ...]) -> Iterator[tuple[str, list[Any]]]:
    if before == after and type(before) is type(after):
        return
    # A section that comes or goes is told value by value too, so that two proposals about it can be compared.
    if _is_table(before) and _is_table(after) and (before or after or not path):
        for key in [*(before or {}), *(key for key in after or {} if key not in (before or {}))]:
            yield from _differences((before or {}).get(key), (after or {}).get(key), (*path, key))
        if (before is None) != (after is None) and not (before or after):
            yield ".".join(path), [before, after]
        return
    yield ".".join(path), [before, after]


def _is_table(value: Any) -> bool:
    return value is None or isinstance(value, dict)


def applied(design: Design, change: Change) -> dict[str, Any]:
    """The design after a change; the given one stays as it is. Tables that nothing is left in go."""
    after: dict[str, Any] = deepcopy(dict(design))
    for name, (_before, value) in change.items():
        _set(after, name.split("."), deepcopy(value))
    return after


def _set(table: dict[str, Any], names: Sequence[str], value: Any) -> None:
    first, *rest = names
    if rest:
        inner = table.setdefault(first, {})
        if not isinstance(inner, dict):
            inner = table[first] = {}
        _set(inner, rest, value)
        if not inner:
            del table[first]
    elif value is None:
        table.pop(first, None)
    else:
        table[first] = value


def value_at(design: Design, name: str) -> Any:
    """What stands at a name: "sessions.starts"; None where nothing does."""
    value: Any = design
    for step in name.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    return value


def stale(design: Design, change: Change) -> list[str]:
    """Names whose values are not any more what the change says they were."""
    return [name for name, (before, _after) in change.items() if value_at(design, name) != before]


def meets(one: Change, other: Change) -> list[str]:
    """Names of the first change that the other touches too, itself or a part of it."""
    return [
        name
        for name in one
        if any(name == that or name.startswith(f"{that}.") or that.startswith(f"{name}.") for that in other)
    ]


def shape_at(sections: Sequence[Section], name: str) -> Shape | None:
    """The shape of the value with a name: "sessions.starts"; None where no value has it."""
    shape: Shape | None = Table(of={section.name: section.shape for section in sections})
    for step in name.split("."):
        shape = inside(shape, step)
    return shape


def inside(shape: Shape | None, step: str | int) -> Shape | None:
    """The shape of what stands at a name, or a place, within a value of this shape."""
    if isinstance(shape, Table):
        return shape.of.get(str(step))
    if isinstance(shape, MapOf | ListOf):
        return shape.of
    return None
