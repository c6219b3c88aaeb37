"""Sums of a program's rewards for those who pay and those who answer for it; nobody's name, and no small numbers."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count

from alongside.decisions.rules.publishing import FEWEST
from alongside.gatherings.models import Attendance
from alongside.programs.models import Program
from alongside.rewards.models import Entitlement, Reward
from alongside.rewards.rules.again import Came, Told, came_again, hidden_parts, told
from alongside.rewards.rules.ages import counted_by_age

State = Entitlement.State
# Whatever was issued is one of these, always.
PARTS = (State.REDEEMED, State.ISSUED, State.TRANSFERRED, State.EXPIRED, State.VOID)


@dataclass(frozen=True)
class Row:
    """One reward: issued is redeemed and in hand and handed on and run out and withdrawn; None is not shown."""

    reward: Reward
    issued: int | None
    redeemed: int | None
    in_hand: int | None
    handed_on: int | None
    run_out: int | None
    withdrawn: int | None
    waiting: int | None


def rows_of(program: Program) -> list[Row]:
    """For each reward what became of it, in two questions however many there are."""
    counted: defaultdict[UUID, dict[str, int]] = defaultdict(dict)
    given = Entitlement.objects.in_program(program)
    for row in given.exclude(issued_at=None).values("reward", "state").annotate(count=Count("pk")).order_by():
        counted[row["reward"]][row["state"]] = row["count"]
    waiting = given.filter(state=State.WAITING).values("reward").annotate(count=Count("pk")).order_by()
    in_line = {row["reward"]: row["count"] for row in waiting}
    rewards = Reward.objects.on(program).order_by("name", "pk")
    return [_row(reward, counted[reward.pk], in_line.get(reward.pk, 0)) for reward in rewards]


def _row(reward: Reward, counts: dict[str, int], waiting: int) -> Row:
    issued, parts = hidden_parts({str(part): counts.get(part, 0) for part in PARTS}, fewest=FEWEST)
    _whole, line = hidden_parts({"waiting": waiting}, fewest=FEWEST)
    redeemed, in_hand, handed_on, run_out, withdrawn = (parts[str(part)] for part in PARTS)
    return Row(reward, issued, redeemed, in_hand, handed_on, run_out, withdrawn, line["waiting"])


@dataclass(frozen=True)
class Outstanding:
    """What was given out of one reward and is not used yet, by how long ago; None is not shown."""

    reward: Reward
    count: int | None
    ages: dict[str, int | None]


def outstanding_of(program: Program, rows: Sequence[Row], *, on: date) -> list[Outstanding]:
    """What is outstanding of each reward, in one question.

    `rows`: those of `rows_of`; a number that they hide stays hidden here.
    """
    given: defaultdict[UUID, list[date]] = defaultdict(list)
    in_hand = Entitlement.objects.in_program(program).in_hand().order_by()
    for reward, moment in in_hand.values_list("reward", "issued_at"):
        given[reward].append(program.community.day_of(moment))
    found = []
    for row in rows:
        if not (days := given[row.reward.pk]):
            continue
        _whole, ages = hidden_parts(counted_by_age(days, on=on), fewest=FEWEST)
        is_shown = row.in_hand is not None
        found.append(Outstanding(row.reward, row.in_hand, ages if is_shown else dict.fromkeys(ages)))
    return found


def again_of(program: Program, *, on: date) -> Told:
    """Who came again within six months of their first reward, without a further one; in two questions."""
    community = program.community
    given = Entitlement.objects.in_program(program).filter(origin=Entitlement.Origin.EARNED)
    rewarded: defaultdict[UUID, list[date]] = defaultdict(list)
    kept = given.exclude(issued_at=None).exclude(state=State.VOID, why=Entitlement.Why.CORRECTED)
    for member, moment in kept.order_by("earned_at", "pk").values_list("membership", "earned_at"):
        rewarded[member].append(community.day_of(moment))
    came: defaultdict[UUID, list[date]] = defaultdict(list)
    visits = (
        Attendance.objects.of(community)
        .came()
        .filter(
            gathering__group=program.group_id,
            gathering__closed_at__isnull=False,
            membership__in=kept.values("membership"),
        )
    )
    for member, moment in visits.values_list("membership", "gathering__starts_at"):
        came[member].append(community.day_of(moment))
    people = [Came(days[0], came[member], days[1:]) for member, days in rewarded.items()]
    return told(came_again(people, on=on), fewest=FEWEST)
