"""Who can lead sessions of a program, who could lead together, and what became of those who took part."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Min

from alongside.decisions.rules.publishing import FEWEST
from alongside.kernel.clock import now, today
from alongside.people.models import Membership
from alongside.programs import paths
from alongside.programs.actions import who_said_lived
from alongside.programs.models import PathStep, Program, Session, who_leads
from alongside.programs.models.program import design_of
from alongside.programs.rules import leaders, pathway, reach
from alongside.programs.rules.conversion import Held, Shown, conversion, on_steps, shown
from alongside.programs.rules.pairing import Candidate, suggestions
from alongside.programs.rules.pathway import Currency
from alongside.programs.rules.words import SIDES
from alongside.safeguarding import apart, pool

# Fewer who said so without a name could be told from the pairs that are suggested.
FEWEST_UNNAMED = 2


@dataclass(frozen=True)
class LeaderShown:
    """Somebody of the pool, or planned to lead without being ready. `lacks`: checks by name."""

    membership: Membership
    step: str = ""
    currency: Currency = field(default_factory=Currency)
    led: int = 0
    ahead: int = 0
    lacks: list[str] = field(default_factory=list)
    is_on_step: bool = True
    row: PathStep | None = None

    @property
    def is_ready(self) -> bool:
        return self.is_on_step and self.currency.is_current and not self.lacks


@dataclass(frozen=True)
class Pool:
    """`ready` for new sessions, not ready now, and those planned for sessions who are not ready."""

    role: str
    needs_step: bool
    ready: list[LeaderShown] = field(default_factory=list)
    resting: list[LeaderShown] = field(default_factory=list)
    warnings: list[LeaderShown] = field(default_factory=list)
    together: list[list[LeaderShown]] = field(default_factory=list)
    count: int = 0


def pool_of(program: Program, design: Mapping[str, Any], *, on: date) -> Pool:
    """Everybody on a step that opens the role of those who lead. A fixed number of questions."""
    steps = design.get("pathway", {})
    keys = pathway.opening(steps, leaders.role_that_leads(design))
    name, count = leaders.role_of(design).get("name", ""), leaders.needed(design)
    if not keys:
        return Pool(name, needs_step=False, count=count)
    ahead = _ahead(program)
    walkers = paths.walkers_of(program, design, on=on)
    found = [
        _leader(program, design, walker, keys, ahead[pk], on=on)
        for pk, walker in walkers.items()
        if ahead[pk] or any(walker.is_held(key) for key in keys)
    ]
    found = _with_checks(program, design, found, on=on)
    found.sort(key=lambda each: (each.membership.person.search_name, each.membership.number))
    ready = [each for each in found if each.is_ready]
    return Pool(
        role=name,
        needs_step=True,
        ready=ready,
        resting=[each for each in found if each.is_on_step and not each.is_ready],
        warnings=[each for each in found if each.ahead and not each.is_ready],
        together=_together(program, design, ready, count, on=on),
        count=count,
    )


def _ahead(program: Program) -> Counter[Any]:
    """How many sessions that are still to come each leads."""
    leads = who_leads(program.community, Session.objects.on(program).to_come(now()))
    return Counter(member for theirs in leads.values() for member in theirs)


def _leader(
    program: Program, design: Mapping[str, Any], walker: paths.Walker, keys: list[str], ahead: int, *, on: date
) -> LeaderShown:
    steps = design["pathway"]
    held = [key for key in keys if walker.is_held(key)]
    # Of several steps that open the role, the one that is current longest counts.
    best = max(held, key=lambda key: walker.currency(steps, key, on=on).last_day or date.max, default="")
    return LeaderShown(
        membership=walker.membership,
        step=steps[best]["name"] if best else "",
        currency=walker.currency(steps, best, on=on) if best else Currency(),
        led=len(walker.led_on),
        ahead=ahead,
        is_on_step=bool(best),
        row=walker.rows.get(best),
    )


def _with_checks(
    program: Program, design: Mapping[str, Any], found: list[LeaderShown], *, on: date
) -> list[LeaderShown]:
    """The same, with the checks of their role that they lack. One that the community does not know, all lack."""
    names = leaders.role_of(design).get("needs", [])
    if not names or not found:
        return found
    kinds = pool.named(program.community, names)
    unknown = [name for name in names if name not in kinds]
    lacking = pool.missing_of([each.membership.person_id for each in found], kinds.values(), on=on)
    return [
        LeaderShown(
            **{**vars(each), "lacks": unknown + [kind.name for kind in lacking.get(each.membership.person_id, {})]}
        )
        for each in found
    ]


def _together(
    program: Program, design: Mapping[str, Any], ready: list[LeaderShown], count: int, *, on: date
) -> list[list[LeaderShown]]:
    """Who could lead together. Pairs that are kept apart are left out, and nothing says so (ADR 0011).

    A single person who has said without a name that they have lived with it is not counted: in pair after pair it
    would be seen who that is.
    """
    by_person = {each.membership.person_id: each for each in ready}
    members = [each.membership for each in ready]
    named, unnamed = (who_said_lived(program, members, by_name=by_name) for by_name in (True, False))
    wanted = leaders.role_of(design).get("lived_experience", "")
    lived = named | (unnamed if len(unnamed) >= FEWEST_UNNAMED else set())
    candidates = [
        Candidate(each.membership.person_id, led=each.led, ahead=each.ahead, lived=each.membership.pk in lived)
        for each in ready
    ]
    kept = apart.conflicts(by_person, community=program.community, on=on)
    found = suggestions(candidates, together=count, wanted=wanted, apart=kept, turn=f"{program.pk}:{on}")
    return [[by_person[one.key] for one in group] for group in found]


@dataclass(frozen=True)
class StepCount:
    name: str
    people: int | None


@dataclass(frozen=True)
class Growth:
    """How many are on each step, and how many who came went on: as it may be shown."""

    steps: list[StepCount]
    shown: Shown


def growth_of(program: Program) -> Growth:
    """For the page of sums. A fixed number of questions."""
    design = design_of(program)
    steps = design.get("pathway", {})
    walkers = paths.walkers_of(program, design, on=today(), counts_attended=False)
    on = {pk: pathway.held_with_open(steps, walker.has) for pk, walker in walkers.items()}
    counts = {key: sum(key in theirs for theirs in on.values()) for key in steps}
    told = {**on_steps(counts, fewest=FEWEST), **dict.fromkeys(_of_hidden_sides(steps, walkers.values()))}
    ever = PathStep.objects.on(program).filter(held_from__isnull=False).values_list("membership", flat=True)
    found = conversion(_held(program), set(ever))
    return Growth([StepCount(steps[key]["name"], told[key]) for key in steps], shown(found, fewest=FEWEST))


def _of_hidden_sides(steps: pathway.Steps, walkers: Iterable[paths.Walker]) -> list[str]:
    """Open steps of sides whose number the same page leaves out: they are on it by taking part, so it is the same."""
    sides = Counter(SIDES[side] for walker in walkers if walker.has.takes_part for side in walker.has.sides)
    told = reach.shown(sides, fewest=FEWEST)
    hidden = {name for name, side in SIDES.items() if side in told and told[side] is None}
    return [key for key, step in steps.items() if pathway.is_open(step) and step.get("for") in hidden]


def _held(program: Program) -> list[Held]:
    """Every session that was held, with who came and led, and who came to learn for the first time. Five questions.

    The database finds the first time of all who never lead: a row for each time would be thousands.
    """
    sessions = Session.objects.on(program).held().select_related("gathering")
    leads = who_leads(program.community, sessions)
    leading: set[Any] = set().union(*leads.values())
    came = paths.came_to(program)
    attended: dict[Any, set[Any]] = defaultdict(set)
    firsts = came.exclude(membership__in=leading).order_by().values_list("membership")
    for member, first in firsts.annotate(first=Min("gathering__starts_at")):
        attended[first].add(member)
    there: dict[Any, set[Any]] = defaultdict(set)
    for gathering, member in came.filter(membership__in=leading).values_list("gathering", "membership"):
        there[gathering].add(member)
    found = []
    for one in sessions:
        led = frozenset(member for member in there[one.gathering_id] if member in leads[one.pk])
        at = one.gathering.starts_at
        found.append(Held(at, frozenset(attended[at] | there[one.gathering_id]) - led, led))
    return found
