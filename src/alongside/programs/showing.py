"""How programs and designs look on pages."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from alongside.decisions.models import Side
from alongside.decisions.subjects import Line
from alongside.people.models import Community, Membership
from alongside.programs import words
from alongside.programs.models import DesignVersion, Program, StageLead, StageProduct, StageRun
from alongside.programs.places import NEW, Place, fields_of, lists_of
from alongside.programs.rules.design import value_at
from alongside.programs.rules.loop import leading_sides
from alongside.programs.rules.section import Design
from alongside.programs.rules.shapes import ListOf, MapOf, Shape
from alongside.programs.serving import open_sections

Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Entry:
    """One of several: a session of the plan, a step of a pathway. `place`: where it is changed."""

    place: str
    title: str
    pairs: Pairs


@dataclass(frozen=True)
class Entries:
    """Several of one kind in a section. `is_numbered`: their order says something."""

    name: str
    label: str
    help: str
    is_numbered: bool
    has_fixed_keys: bool
    rows: list[Entry]

    @property
    def says_something(self) -> bool:
        """Something is agreed here; of names that every design may have, those without a value do not count."""
        return any(row.pairs for row in self.rows) if self.has_fixed_keys else bool(self.rows)

    @property
    def new_place(self) -> str:
        """Where a further one is proposed."""
        return str(Place(self.name, NEW))


@dataclass(frozen=True)
class Shown:
    """A section of a design: values that stand alone, and entries with values of their own."""

    name: str
    label: str
    icon: str
    has_values: bool
    pairs: Pairs
    entries: list[Entries]

    @property
    def is_empty(self) -> bool:
        return not self.pairs and not any(each.says_something for each in self.entries)


def design_shown(design: Design) -> list[Shown]:
    """Every section that a design can have, those that say nothing yet at the end."""
    shown = [section_shown(name, design) for name in open_sections()]
    return sorted(shown, key=lambda each: each.is_empty)


def section_shown(name: str, design: Design) -> Shown:
    """One section as it is agreed."""
    section = open_sections()[name]
    value = design.get(name)
    asked = list(fields_of(section.shape, "")) if not isinstance(section.shape, ListOf) else []
    has_values = bool(asked) and not any(path == name for path, _shape in lists_of(section.shape, name))
    pairs = _pairs(section.shape, value) if has_values else []
    entries = [_entries(path, shape, design) for path, shape in lists_of(section.shape, name)]
    return Shown(name, _(section.label), section.icon, has_values, pairs, entries)


def _pairs(shape: Shape, value: Any) -> Pairs:
    """What is said at a place, in words; what is not said is left out."""
    told = []
    for each in fields_of(shape):
        stands = value_at(value or {}, each.name)
        if stands is not None:
            told.append((_(each.label) if each.label else each.name, words.said(each.shape, stands)))
    return told


def _entries(name: str, shape: ListOf | MapOf, design: Design) -> Entries:
    value: Any = value_at(design, name) or ([] if isinstance(shape, ListOf) else {})
    keyed = enumerate(value) if isinstance(shape, ListOf) else value.items()
    if isinstance(shape, MapOf) and shape.keys:
        keyed = [(key, value.get(key, {})) for key in shape.keys]
    rows = [_entry(f"{name}:{key}", key, shape, each) for key, each in keyed]
    label = "" if "." not in name else _(shape.label)
    has_fixed_keys = isinstance(shape, MapOf) and bool(shape.keys)
    help_text = _(shape.help) if shape.help else ""
    return Entries(name, label, help_text, isinstance(shape, ListOf), has_fixed_keys, rows)


def _entry(place: str, key: Any, shape: ListOf | MapOf, value: Any) -> Entry:
    pairs = _pairs(shape.of, value)
    if isinstance(shape, MapOf) and key in shape.keys:
        return Entry(place, _(shape.keys[key]), pairs)
    title = value.get("title") or value.get("name") or str(key)
    return Entry(place, title, [pair for pair in pairs if pair[1] != title])


@dataclass(frozen=True)
class VersionShown:
    """A version of a design, what it changed, and the vote or round it came of."""

    version: DesignVersion
    lines: list[Line]
    title: str
    rule: str


def versions_shown(program: Program) -> list[VersionShown]:
    """All versions, the newest first, in one query."""
    rows = DesignVersion.objects.on(program).select_related("decision__proposal", "made_by").newest_first()
    return [
        VersionShown(
            row,
            words.lines_of(row.change),
            row.decision.proposal.title if row.decision else "",
            row.decision.rule if row.decision else "",
        )
        for row in rows
    ]


@dataclass(frozen=True)
class ToMake:
    """Something a stage must produce, and what there is of it."""

    what: str
    products: list[StageProduct]


@dataclass(frozen=True)
class SideLed:
    """One side that leads a stage: who, and whether they called it finished."""

    side: str
    name: str
    lead: StageLead | None

    @property
    def state(self) -> str:
        """As the picture of both sides says it."""
        return "agreed" if self.lead and self.lead.finished_at else "none"


@dataclass(frozen=True)
class StageShown:
    run: StageRun
    makes: list[ToMake]
    sides: list[SideLed]
    mine: StageLead | None
    is_complete: bool

    @property
    def others(self) -> list[StageProduct]:
        """What was made beside that."""
        asked = {each.what for each in self.makes}
        return [each for each in self.run.products.all() if each.makes not in asked]


def stage_shown(program: Program, design: Design, me: Membership) -> StageShown | None:
    """The stage that goes on, in three queries; None once a program has ended."""
    runs = (
        StageRun.objects.on(program)
        .open()
        .prefetch_related("leads__membership__person", "products__membership__person")
    )
    run = runs.first()
    if run is None:
        return None
    products = sorted(run.products.all(), key=lambda each: each.at)
    makes = [ToMake(what, [each for each in products if each.makes == what]) for what in run.makes]
    leads = {lead.side: lead for lead in run.leads.all()}
    sides = [SideLed(side, str(Side(side).label), leads.get(side)) for side in leading_sides(design, run.stage)]
    mine = next((lead for lead in leads.values() if lead.membership_id == me.pk), None)
    return StageShown(run, makes, sides, mine, all(each.products for each in makes))


def is_late(run: StageRun, community: Community, today: date) -> bool:
    """Its day has gone by."""
    return run.due_on is not None and run.due_on < today
