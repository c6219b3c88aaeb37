"""How a pathway looks: to the person who walks it, and to those who offer steps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from alongside.kernel.clock import now
from alongside.people.models import Membership
from alongside.programs import paths
from alongside.programs.actions.walking import NOT_AGAIN_FOR
from alongside.programs.models import PathStep, Program
from alongside.programs.paths import Walker
from alongside.programs.rules import pathway
from alongside.programs.rules.pathway import Currency, Look
from alongside.programs.rules.words import SIDE_NAMES
from alongside.programs.words import translated
from alongside.programs.words_pathway import keeps_words, need_words

MOST_SHOWN = 50


@dataclass(frozen=True)
class NeedShown:
    words: str
    is_met: bool


@dataclass(frozen=True)
class StepShown:
    """One step of somebody's way. `state`: offered, held, lapses, lapsed, here, ready, next or later."""

    key: str
    name: str
    state: str
    gives: list[str] = field(default_factory=list)
    role: str = ""
    needs: list[NeedShown] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    row: PathStep | None = None
    currency: Currency = field(default_factory=Currency)
    keeps: str = ""

    @property
    def is_mine(self) -> bool:
        return self.state in ("held", "lapses", "lapsed", "here")


@dataclass(frozen=True)
class Way:
    """The steps of one side, in the order of the design. `side`: in words, "" for steps of everybody."""

    side: str
    steps: list[StepShown]


def ways_of(program: Program, design: Mapping[str, Any], membership: Membership, *, on: date) -> list[Way]:
    """The steps of somebody's sides, side by side; of all sides for who speaks for none here."""
    steps = design.get("pathway", {})
    walker = paths.walker_of(program, design, membership, on=on)
    looks = pathway.look(steps, walker.has)
    found: dict[str, list[StepShown]] = {}
    for each in [one for one in looks if one.is_theirs] or looks:
        found.setdefault(steps[each.key].get("for", ""), []).append(_step_shown(design, walker, each, on=on))
    return [Way(translated(SIDE_NAMES[side]) if side else "", shown) for side, shown in found.items()]


def _step_shown(design: Mapping[str, Any], walker: Walker, seen: Look, *, on: date) -> StepShown:
    steps = design["pathway"]
    step, row = steps[seen.key], walker.rows.get(seen.key)
    currency = walker.currency(steps, seen.key, on=on)
    roles = design.get("roles", {})
    return StepShown(
        key=seen.key,
        name=step["name"],
        state=_state(seen, row, currency),
        gives=step.get("gives", []),
        role=roles.get(step.get("role", ""), {}).get("name", ""),
        needs=[NeedShown(need_words(need), need.is_met) for need in seen.needs],
        after=[steps[key]["name"] for key in step.get("from", []) if key in steps],
        row=row,
        currency=currency,
        keeps=keeps_words(step.get("keeps")),
    )


def _state(seen: Look, row: PathStep | None, currency: Currency) -> str:
    if row is not None and row.state == PathStep.State.OFFERED:
        return "offered"
    if row is not None:
        return "held" if currency.state == pathway.State.CURRENT else str(currency.state)
    if seen.is_held:
        return "here"
    return "ready" if seen.is_eligible else "next" if seen.comes_after else "later"


@dataclass(frozen=True)
class Person:
    """Somebody and a step, on the page of those who offer. `missing` in words; `said_no_at`, where they did lately."""

    membership: Membership
    key: str
    name: str
    row: PathStep | None = None
    missing: list[str] = field(default_factory=list)
    currency: Currency = field(default_factory=Currency)
    said_no_at: Any = None


@dataclass(frozen=True)
class Desk:
    """Whom one could ask, who said no lately, who is near, what waits for an answer, whose step lapses or has."""

    ready: list[Person]
    said_no: list[Person]
    near: list[Person]
    waiting: list[Person]
    lapsing: list[Person]


def desk_of(program: Program, design: Mapping[str, Any], *, on: date, sees_all: bool) -> Desk:
    """A fixed number of questions.

    Without `sees_all` nothing is told of what people lack, for checks could be among it, nor of who said no.
    """
    steps = design.get("pathway", {})
    walkers = sorted(
        paths.walkers_of(program, design, on=on).values(),
        key=lambda each: (each.membership.person.search_name, each.membership.number),
    )
    no = _said_no(program)
    desk = Desk([], [], [], [], [])
    for walker in walkers:
        for seen in pathway.look(steps, walker.has):
            _sort_in(desk, steps, walker, seen, no, on=on, sees_all=sees_all)
    return Desk(*(rows[:MOST_SHOWN] for rows in (desk.ready, desk.said_no, desk.near, desk.waiting, desk.lapsing)))


def _sort_in(
    desk: Desk, steps: pathway.Steps, walker: Walker, seen: Look, no: Mapping[Any, Any], *, on: date, sees_all: bool
) -> None:
    key, name = seen.key, steps[seen.key]["name"]
    row, member = walker.rows.get(key), walker.membership
    if row is not None and row.state == PathStep.State.OFFERED:
        desk.waiting.append(Person(member, key, name, row))
    elif row is not None:
        currency = walker.currency(steps, key, on=on)
        if currency.state != pathway.State.CURRENT and sees_all:
            desk.lapsing.append(Person(member, key, name, row, currency=currency))
    elif seen.is_eligible and not pathway.is_open(steps[key]) and key not in walker.passed(steps):
        said_no_at = no.get((member.pk, key))
        # Who said no lately is known to coordinators; others are not to ask them again so soon.
        if said_no_at is None:
            desk.ready.append(Person(member, key, name))
        elif sees_all:
            desk.said_no.append(Person(member, key, name, said_no_at=said_no_at))
    elif seen.is_near and sees_all and len(seen.missing) <= max(1, len(seen.needs) - 1):
        desk.near.append(Person(member, key, name, missing=[need_words(need) for need in seen.missing]))


def _said_no(program: Program) -> dict[tuple[Any, str], Any]:
    """When somebody lately declined or gave up a step."""
    since = now() - NOT_AGAIN_FOR
    rows = PathStep.objects.on(program).filter(state__in=[PathStep.State.DECLINED, PathStep.State.GIVEN_UP])
    lately = rows.filter(Q(answered_at__gt=since) | Q(ended_at__gt=since)).in_order()
    return {
        (member, step): ended or at
        for member, step, at, ended in lately.values_list("membership", "step", "answered_at", "ended_at")
    }


def offerable(design: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The steps that can be offered, by key and name."""
    steps = design.get("pathway", {})
    return [(key, step["name"]) for key, step in steps.items() if not pathway.is_open(step)]
