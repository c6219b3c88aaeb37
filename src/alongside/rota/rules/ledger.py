"""What a family owed, did and saved in a period, counted in duties, minutes and the smallest units of money."""

from collections.abc import Sequence
from dataclasses import dataclass

from alongside.rota.rules.section import Money


@dataclass(frozen=True)
class Served:
    """One duty of a family: how long it is, and what became of it ("" while nobody has said)."""

    minutes: int
    outcome: str = ""


@dataclass(frozen=True)
class Sum:
    """`missing`: duties that were owed, neither done nor still to come. `saved`: what the done ones would have cost.

    `fee` is None where no money was agreed, where nothing is missing, and where the family is free of it.
    """

    owed: int
    done: int
    not_done: int
    ahead: int
    missing: int
    is_free: bool
    minutes: int
    saved: Money | None
    fee: Money | None


def reckon(owed: int, served: Sequence[Served], *, each: Money | None, is_free: bool) -> Sum:
    """Add up. What is planned and not yet settled is neither missing nor done."""
    done = sum(one.outcome == "done" for one in served)
    not_done = sum(one.outcome == "not_done" for one in served)
    ahead = len(served) - done - not_done
    missing = max(0, owed - done - ahead)
    return Sum(
        owed=owed,
        done=done,
        not_done=not_done,
        ahead=ahead,
        missing=missing,
        is_free=is_free,
        minutes=sum(one.minutes for one in served if one.outcome == "done"),
        saved=each and Money(each.minor * done, each.currency),
        fee=Money(each.minor * missing, each.currency) if each and missing and not is_free else None,
    )
