"""The advice process: one accountable person, or a pair from both sides, decides after asking those concerned.

Source: Laloux 2014, Reinventing Organizations, on the advice process; the numbers are ours, for each circle to
decide on.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from alongside.decisions.rules.explaining import Step, step

FROM_AFFECTED, FROM_EXPERTS = 2, 1


@dataclass(frozen=True)
class Advice:
    """What somebody advised: who, of which side, in what standing, and how it was used ("" until published)."""

    by: str
    side: str
    affected: bool = False
    expert: bool = False
    used: str = ""


@dataclass(frozen=True)
class Ready:
    """Whether the decision may be taken now, and what is missing. `objected`: it goes to the consent rule instead."""

    ready: bool
    objected: bool
    steps: tuple[Step, ...]


def may_decide(
    advice: Sequence[Advice],
    *,
    deciders: Collection[str],
    sides: Collection[str],
    published_at: datetime | None,
    now: datetime,
    wait: timedelta,
    objections: int = 0,
) -> Ready:
    """Ready once two people affected and one with expertise advised, at least one from each side, and it is
    published how every advice was used, `wait` ago or more. An objection within that time moves it to consent.

    Deciders' own advice does not count; nobody counts twice for the same thing.
    """
    heard = [one for one in advice if one.by not in deciders]
    affected = len({one.by for one in heard if one.affected})
    experts = len({one.by for one in heard if one.expert})
    silent = tuple(side for side in sides if side not in {one.side for one in heard})
    unused = len([one for one in heard if not one.used.strip()])
    missing = []
    if affected < FROM_AFFECTED:
        missing.append(step("advice.few_affected", have=affected, needed=FROM_AFFECTED))
    if experts < FROM_EXPERTS:
        missing.append(step("advice.few_experts", have=experts, needed=FROM_EXPERTS))
    missing += [step("advice.side_not_asked", side=side) for side in silent]
    if unused:
        missing.append(step("advice.use_not_told", many=unused))
    if published_at is None:
        missing.append(step("advice.not_published"))
    elif now < published_at + wait:
        missing.append(step("advice.too_early", until=(published_at + wait).isoformat(timespec="minutes")))
    if objections:
        missing.append(step("advice.objected", many=objections))
    return Ready(not missing, objections > 0, tuple(missing) or (step("advice.ready"),))
