"""What the clock does on pathways: it offers steps, takes back offers of steps that are gone, and tells of lapses."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from alongside.kernel import activity
from alongside.programs import letters_pathway as letters
from alongside.programs import paths
from alongside.programs.actions.belonging import ProgramIsOver
from alongside.programs.actions.walking import (
    NOT_AGAIN_FOR,
    NotYetThere,
    OfferIsOver,
    OnItAlready,
    offer_step,
    withdraw_step,
)
from alongside.programs.models import PathStep, Program
from alongside.programs.paths import Walker
from alongside.programs.rules import pathway


def with_pathways() -> Iterator[tuple[Program, Mapping[str, Any]]]:
    """Every running program that has steps, with its design."""
    for program in Program.objects.running().with_design().select_related("community", "group").order_by("pk"):
        if program.design.get("pathway"):
            yield program, program.design


def keep_pathway(program: Program, design: Mapping[str, Any], *, at: datetime) -> int:
    """Look at one program; returns how much was offered, taken back or told."""
    walkers = paths.walkers_of(program, design, on=program.community.day_of(at))
    for walker in walkers.values():
        for row in walker.rows.values():
            row.program, row.community, row.membership = program, program.community, walker.membership
    done = sum(_take_back_gone(walker, design["pathway"], at=at) for walker in walkers.values())
    done += sum(_tell_of_currency(walker, design["pathway"], at=at) for walker in walkers.values())
    return done + _offer_all(program, design["pathway"], walkers, at=at)


def _offer_all(program: Program, steps: pathway.Steps, walkers: Mapping[Any, Walker], *, at: datetime) -> int:
    """Offer what asks something and is met, to those who take part: once, and not again for long after a "no"."""
    since = at - NOT_AGAIN_FOR
    said_no = PathStep.objects.on(program).exclude(state__in=[PathStep.State.OFFERED, PathStep.State.HELD])
    lately = said_no.filter(Q(answered_at__gt=since) | Q(ended_at__gt=since))
    resting = set(lately.values_list("membership", "step"))
    offered = 0
    for pk, walker in walkers.items():
        passed = walker.passed(steps)
        for key in pathway.eligible(steps, walker.has):
            if (
                walker.has.takes_part
                and key not in passed
                and pathway.asks_something(steps[key])
                and (pk, key) not in resting
                and key not in walker.rows
            ):
                offered += _offer(program, walker, key, at=at)
    return offered


def _offer(program: Program, walker: Walker, key: str, *, at: datetime) -> bool:
    try:
        offer_step(program=program, membership=walker.membership, step=key, offered_by=None, by=None, at=at)
    except (OnItAlready, NotYetThere, ProgramIsOver):
        # Somebody was faster, or it has changed since.
        return False
    return True


def _take_back_gone(walker: Walker, steps: pathway.Steps, *, at: datetime) -> int:
    gone = [row for key, row in walker.rows.items() if key not in steps and row.state == PathStep.State.OFFERED]
    return sum(_withdraw(row, at=at) for row in gone)


def _withdraw(row: PathStep, *, at: datetime) -> bool:
    try:
        withdraw_step(step=row, by=None, at=at)
    except (OfferIsOver, ProgramIsOver):
        # Somebody was faster.
        return False
    return True


def _tell_of_currency(walker: Walker, steps: pathway.Steps, *, at: datetime) -> int:
    """What of their steps has lapsed, come back or lapses soon."""
    told = 0
    for key, row in walker.rows.items():
        if walker.is_held(key) and key in steps and steps[key].get("keeps"):
            now = walker.currency(steps, key, on=row.community.day_of(at))
            told += _note(row, now, steps[key]["name"], at=at)
    return told


@transaction.atomic
def _note(row: PathStep, now: pathway.Currency, name: str, *, at: datetime) -> bool:
    """Write down and tell what has changed. Whoever changes the row tells: two runners tell once."""
    assert now.last_day is not None
    lapsed_before, today = row.is_lapsed, row.community.day_of(at)
    mine = (
        PathStep.objects.on(row.program)
        .held()
        .filter(pk=row.pk, lapsed_on=row.lapsed_on, returned_on=row.returned_on, told_of=row.told_of)
    )
    if now.state == pathway.State.LAPSED and not lapsed_before:
        row.lapsed_on, row.returned_on, did = now.last_day + timedelta(days=1), None, "programs.step_lapsed"
    elif now.is_current and lapsed_before:
        row.returned_on, row.told_of, did = today, None, "programs.step_returned"
    elif now.state == pathway.State.LAPSES and row.told_of != now.last_day:
        row.told_of, did = now.last_day, "programs.step_lapses"
    else:
        return False
    if not mine.update(lapsed_on=row.lapsed_on, returned_on=row.returned_on, told_of=row.told_of):
        return False
    activity.log(did=did, about_what=row, by_id=None, at=at)
    if did == "programs.step_lapsed":
        letters.step_lapsed(row, name, at=at)
    elif did == "programs.step_returned":
        letters.step_returned(row, name, by=None, at=at)
    else:
        letters.step_lapses(row, name, last_day=now.last_day, at=at)
    return True
