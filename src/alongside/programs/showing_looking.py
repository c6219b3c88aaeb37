"""How looking back is shown: the self-check of both sides, words by side, say, time, reach and money."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from alongside.decisions.actions.rolls import sides_of_members
from alongside.decisions.models import RollEntry, Say, Side
from alongside.decisions.rules.publishing import FEWEST
from alongside.kernel.clock import today
from alongside.people.models import BodyMember
from alongside.programs.models import BudgetLine, Commitment, Input, LookBack, Program, SelfCheck, StageLead
from alongside.programs.models.program import Aim, design_of
from alongside.programs.rules import board, given, reach, saying, self_check
from alongside.programs.rules.loop import leading_sides
from alongside.programs.rules.words import STAGES
from alongside.programs.words import translated

BOTH = (Side.USES, Side.PROVIDES)


def side_name(side: str) -> str:
    return str(Side(side).label) if side else ""


@dataclass(frozen=True)
class HalfSeen:
    """One side's picture; `seen` None while fewer than five have answered everything."""

    name: str
    seen: self_check.Seen | None

    @property
    def band(self) -> str:
        return translated(self.seen.band) if self.seen else ""

    @property
    def total(self) -> int:
        return round(self.seen.total) if self.seen else 0


@dataclass(frozen=True)
class Bar:
    """A mean of 1 to 5 and its length in thousandths."""

    name: str
    mean: float
    width: int


@dataclass(frozen=True)
class ValueSeen:
    """One value as each side sees it, and how far the sides are apart."""

    name: str
    bars: list[Bar]
    gap: float | None
    is_wide: bool


@dataclass(frozen=True)
class CheckSeen:
    halves: list[HalfSeen]
    others: list[HalfSeen]
    values: list[ValueSeen]
    sentence: str
    waiting: int


def check_seen(program: Program, round_number: int) -> CheckSeen:
    """The self-check of a round, in one query."""
    forms: dict[str, list[dict[str, int]]] = {}
    rows = SelfCheck.objects.on(program, round_number).whole().in_order()
    for side, answers in rows.values_list("side", "answers"):
        forms.setdefault(side, []).append(answers)
    seen = {side: self_check.seen(theirs, step=FEWEST) for side, theirs in forms.items()}
    shown = {side: each for side, each in seen.items() if each}
    halves = [HalfSeen(side_name(side), shown.get(side)) for side in BOTH]
    others = [HalfSeen(side_name(side), each) for side, each in shown.items() if side not in BOTH]
    waiting = sum(len(theirs) for theirs in forms.values()) - sum(each.n for each in shown.values())
    return CheckSeen(halves, others, _values_seen(shown), _sentence(shown), waiting)


def _values_seen(shown: dict[str, self_check.Seen]) -> list[ValueSeen]:
    if not shown:
        return []
    gaps = self_check.gaps(shown.values()) if len(shown) > 1 else {}
    return [
        ValueSeen(
            translated(name),
            [
                Bar(side_name(side), round(each.values[value], 1), round(1000 * each.values[value] / self_check.MOST))
                for side, each in shown.items()
            ],
            round(gaps[value], 1) if gaps else None,
            bool(gaps) and gaps[value] >= self_check.WIDE_GAP,
        )
        for value, name in self_check.VALUES.items()
    ]


def _sentence(shown: dict[str, self_check.Seen]) -> str:
    """What the picture shows, said once in words."""
    if len(shown) < 2:
        return _("A side is shown once five of its people have answered all statements.")
    gap = self_check.gaps(shown.values())
    value = self_check.widest(gap)
    if value is None:
        return _("The sides see all five values alike.")
    facts = {"value": translated(self_check.VALUES[value]), "steps": f"{gap[value]:.1f}"}
    if gap[value] >= self_check.WIDE_GAP:
        return _("The sides differ most about “%(value)s”: by %(steps)s steps. That is worth talking about.") % facts
    return _("The sides see it much alike. They differ most about “%(value)s”: by %(steps)s steps.") % facts


@dataclass(frozen=True)
class SideWords:
    """What people of one side said."""

    name: str
    rows: list[LookBack]


def words_by_side(program: Program, round_number: int) -> tuple[SideWords, SideWords, list[SideWords]]:
    """The two sides, and the others that said something; in one query."""
    rows: dict[str, list[LookBack]] = {side: [] for side in BOTH}
    for row in LookBack.objects.on(program, round_number).in_order():
        rows.setdefault(row.side, []).append(row)
    shown = {side: SideWords(side_name(side), theirs) for side, theirs in rows.items()}
    return shown[BOTH[0]], shown[BOTH[1]], [each for side, each in shown.items() if side not in BOTH]


@dataclass(frozen=True)
class SaidRow:
    """One side's part in the deciding; `said` None where fewer than five may speak for it."""

    name: str
    said: saying.SideSaid | None
    leads: int
    width: int


def said_rows(program: Program) -> list[SaidRow]:
    """Say, kept since the program's proposals were decided, summed by side; in three queries."""
    about = {"decision__proposal__group": program.group_id}
    here = program.community_id
    sides = dict(
        ((decision, who), side)
        for decision, who, side in RollEntry.objects.filter(community=here, **about).values_list(
            "decision_id", "membership_id", "side"
        )
    )
    rows = Say.objects.filter(community=here, **about)
    deeds = [
        saying.Deed(who, sides[decision, who], decision, took_part, authored, adopted)
        for who, decision, took_part, authored, adopted in rows.values_list(
            "membership_id", "decision_id", "took_part", "authored", "adopted"
        )
        if (decision, who) in sides
    ]
    of_side = StageLead.objects.filter(community=here, run__program=program).values_list("side", flat=True)
    leads = Counter(map(str, of_side))
    summed = saying.by_side(deeds, fewest=FEWEST)
    most = max((each.proposals for each in summed.values() if each), default=0)
    return [
        SaidRow(side_name(side), each, leads[side], given.width(each.proposals if each else 0, most))
        for side, each in summed.items()
    ]


@dataclass(frozen=True)
class GivenRow:
    name: str
    row: given.Row
    width: int


def given_table(program: Program) -> tuple[list[GivenRow], given.Sum]:
    """Time given by kind, in one query, with what may not be shown left out."""
    rows = Input.objects.on(program).standing().values_list("kind", "is_paid", "minutes", "membership_id")
    table = given.summed((given.Given(*row) for row in rows), fewest=FEWEST)
    shown = [
        GivenRow(translated(given.KINDS[row.kind]), row, given.width(row.both.minutes, table.most))
        for row in table.rows
    ]
    return shown, table.all


def given_sentence(rows: Sequence[GivenRow], total: given.Sum) -> str:
    """What the picture of given time shows."""
    if total.minutes == 0:
        return _("No time is written down yet.")
    known = [row for row in rows if row.row.both.minutes is not None]
    if total.minutes is None or len(known) < len(rows):
        return _("Some sums are not shown: fewer than five people gave that time.")
    longest = max(known, key=lambda row: row.row.both.minutes or 0)
    share = saying.share(longest.row.both.minutes or 0, total.minutes)
    return _("Most of the time, %(share)s %%, was given %(kind)s.") % {"share": share, "kind": longest.name}


@dataclass(frozen=True)
class Reach:
    """People of the program; None for fewer than five."""

    all: int | None
    sides: list[tuple[str, int | None]]


def reach_of(program: Program) -> Reach:
    """How many people it reaches."""
    people = BodyMember.objects.of(program.community).filter(group=program.group_id).count()
    every = sides_of_members(program, on=today()).values()
    sides = reach.shown(Counter(side for theirs in every for side in theirs), fewest=FEWEST)
    return Reach(
        people if people == 0 or people >= FEWEST else None, [(side_name(side), sides[side]) for side in sorted(sides)]
    )


@dataclass(frozen=True)
class AimSum:
    """What is set aside for one aim: money by currency, and minutes."""

    name: str
    money: list[tuple[str, int]]
    minutes: int


def sums_by_aim(lines: Iterable[BudgetLine]) -> list[AimSum]:
    """Budget lines added up; money of two currencies is never added."""
    money: dict[str, Counter[str]] = {}
    minutes: Counter[str] = Counter()
    for line in lines:
        money.setdefault(line.aim, Counter())[line.currency] += line.amount_minor
        minutes[line.aim] += line.minutes
    return [
        AimSum(str(aim.label), sorted((code, sum_) for code, sum_ in money[aim].items() if code), minutes[aim])
        for aim in Aim
        if aim in money
    ]


@dataclass(frozen=True)
class CommitmentShown:
    """An agreement, who has agreed, and which leading sides are still missing."""

    commitment: Commitment
    agreed: list[tuple[str, Any]]
    missing: list[str]
    is_mine: bool


def commitments_shown(program: Program, me: object) -> list[CommitmentShown]:
    """All agreements, the newest first, in three queries."""
    needed = leading_sides(design_of(program), "co-commission") if _has_commission(program) else BOTH
    shown = []
    for each in Commitment.objects.on(program).with_sides().order_by("-at", "-id"):
        rows = sorted(each.agreed.all(), key=lambda row: row.at)
        there = {row.side for row in rows}
        missing = [side_name(side) for side in needed if side not in there]
        is_mine = any(row.membership_id == me for row in rows)
        shown.append(CommitmentShown(each, [(side_name(row.side), row) for row in rows], missing, is_mine))
    return shown


def _has_commission(program: Program) -> bool:
    return "co-commission" in design_of(program)["stages"]


@dataclass(frozen=True)
class Cell:
    question: str
    amount: int | None
    words: str


@dataclass(frozen=True)
class BoardRow:
    """One kind of actor through the stages."""

    name: str
    cells: list[tuple[str, Cell]]


def board_rows(program: Program) -> tuple[list[tuple[str, str]], list[BoardRow]]:
    """The stages (place, name), and a row for each kind of actor."""
    design = design_of(program)
    values = design.get("board", {})
    stages = [(f"board:{key}", translated(name)) for key, name in STAGES.items()]
    rows = []
    for actor, who in board.WHO.items():
        cells = []
        for stage, name in STAGES.items():
            amount = values.get(stage, {}).get(actor)
            words = translated(board.AMOUNTS[amount]) if amount is not None else _("not said yet")
            question = translated(board.QUESTIONS[stage]) % {"who": translated(who)}
            cells.append((translated(name), Cell(question, amount, words)))
        rows.append(BoardRow(translated(who), cells))
    return stages, rows
