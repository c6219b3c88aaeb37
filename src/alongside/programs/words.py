"""A design in the reader's language: what each value is called, and what it says."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.decisions.subjects import Line
from alongside.programs.rules.design import inside, shape_at
from alongside.programs.rules.faults import Fault, Path
from alongside.programs.rules.shapes import Choice, ListOf, MapOf, Shape, Table, Text, YesNo
from alongside.programs.serving import sections

NOTHING = "–"


def label_of(name: str) -> str:
    """What a value of a design is called: "sessions.starts" is "Sessions · Starts at"."""
    return path_label(tuple(name.split(".")))


def path_label(path: Path) -> str:
    """The same of a path in which places of lists are numbers."""
    told: list[str] = []
    shape: Shape | None = Table(of={section.name: section.shape for section in sections()})
    for step in path:
        told.append(_step_label(shape, step))
        shape = inside(shape, step)
    return " · ".join(part for part in told if part)


def _step_label(around: Shape | None, step: str | int) -> str:
    if isinstance(step, int):
        return str(step + 1)
    if isinstance(around, MapOf) and step in around.keys:
        return str(_(around.keys[step]))
    shape = inside(around, step)
    return str(_(shape.label)) if shape is not None and shape.label else step


def said(shape: Shape | None, value: Any) -> str:
    """One value in words; a dash where nothing is agreed."""
    if value is None or value in ("", [], {}):
        return NOTHING
    if isinstance(shape, Choice):
        return str(_(shape.of.get(value, value)))
    if isinstance(shape, YesNo):
        return _("yes") if value else _("no")
    if isinstance(shape, ListOf):
        return ("; " if isinstance(shape.of, Table | Text) else ", ").join(said(shape.of, each) for each in value)
    if isinstance(shape, Table) and "title" in value:
        rest = {key: each for key, each in value.items() if key != "title"}
        return f"{value['title']} ({said(shape, rest)})" if rest else str(value["title"])
    if isinstance(shape, Table):
        return ", ".join(
            f"{_(shape.of[key].label)}: {said(shape.of[key], each)}" if len(value) > 1 else said(shape.of[key], each)
            for key, each in value.items()
            if key in shape.of
        )
    if isinstance(shape, MapOf):
        return "; ".join(f"{_(shape.keys.get(key, key))}: {said(shape.of, each)}" for key, each in value.items())
    return str(value)


def lines_of(change: Mapping[str, Sequence[Any]]) -> list[Line]:
    """Every value that a change would set, as it was and as it would be; lists of entries entry by entry."""
    found: list[Line] = []
    for name, (before, after) in change.items():
        shape = shape_at(sections(), name)
        if isinstance(shape, ListOf) and isinstance(shape.of, Table):
            found.extend(_entry_lines(label_of(name), shape.of, before or [], after or []))
        else:
            found.append(Line(label_of(name), said(shape, before), said(shape, after)))
    return found


def _entry_lines(label: str, shape: Table, before: list[Any], after: list[Any]) -> Iterator[Line]:
    """Entries that come, go or change; those that stay the same are not told."""
    old, new = [said(shape, each) for each in before], [said(shape, each) for each in after]
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        for number in range(max(j - i, m - k)):
            was = old[i + number] if i + number < j else NOTHING
            is_ = new[k + number] if k + number < m else NOTHING
            place = k + number + 1 if k + number < m else i + number + 1
            yield Line(f"{label} {place}", was, is_)


def text_of(change: Mapping[str, Sequence[Any]]) -> str:
    """What a proposal says until somebody writes other words: every value, as it is and as it would be."""
    told = [
        _("%(what)s: %(after)s instead of %(before)s.")
        % {"what": line.label, "after": line.after, "before": line.before}
        for line in lines_of(change)
    ]
    return "\n".join(told)[:10_000]


def translated(text: str) -> str:
    """Words marked in `rules`, in the reader's language."""
    return _(text)


def title_of(change: Mapping[str, Sequence[Any]]) -> str:
    """What a proposal is called until somebody writes another title: the first value, or how many."""
    names = list(change)
    if len(names) == 1:
        return label_of(names[0])[:120]
    part = label_of(names[0].split(".")[0])
    text = ngettext("%(part)s and %(more)s more", "%(part)s and %(more)s more", len(names) - 1)
    return (text % {"part": part, "more": len(names) - 1})[:120]


def fault_words(faults: Sequence[Fault]) -> str:
    """What is wrong with a design, as sentences."""
    return " ".join(fault_sentence(fault) for fault in faults[:3])


def fault_sentence(fault: Fault) -> str:
    """One fault: where, what, and what to do."""
    told = ": ".join(part for part in (path_label(fault.path), _(fault.reason) % fault.facts) if part)
    return f"{told} ({_(fault.hint) % fault.facts})." if fault.hint else f"{told}."


def reason_of(fault: Fault) -> str:
    """What is wrong, as a sentence beside the field where it is."""
    reason = _(fault.reason) % fault.facts
    told = reason[:1].upper() + reason[1:]
    return f"{told} ({_(fault.hint) % fault.facts})." if fault.hint else f"{told}."
