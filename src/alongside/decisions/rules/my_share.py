"""What one voter's share of a budget paid for, by their ballot: exactly, and in the unit of the budget."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from alongside.decisions.rules.kinds import Cast, Terms, funded


class Came(StrEnum):
    """What became of something that a voter ticked.

    USED_UP: it was paid for when nothing of this share was left. REST: what nobody's share had used paid for it.
    """

    PAID = "paid"
    USED_UP = "used_up"
    REST = "rest"
    NOT_FUNDED = "not_funded"


@dataclass(frozen=True)
class Part:
    """One thing that was ticked, by its number, and how much of this share went into it."""

    number: int
    came: Came
    amount: Fraction = Fraction(0)


@dataclass(frozen=True)
class MyShare:
    """`held`: all that a voter of this side had in the end. `left`: what of it paid for nothing."""

    held: Fraction
    parts: tuple[Part, ...]
    left: Fraction


def share_of(terms: Terms, cast: Sequence[Cast], side: str, marked: Collection[int]) -> MyShare:
    """What a ballot of `side` that ticks `marked` paid for in the count of `cast`, in the order it was paid.

    It need not be among the ballots: every ballot that says the same pays the same. Raises KeyError for a side of
    which nobody voted, and for a rule that shares out no budget.
    """
    found = funded(terms, cast)
    held, paid = found.endowments[side], {}
    if found.paid is not None:
        paid = dict(found.paid([number - 1 for number in sorted(marked)], side))
    bought = {str(one.facts["what"]) for one in found.steps if one.code.startswith("shares.bought")}
    parts = [Part(int(name), Came.PAID, amount) for name, amount in paid.items()]
    for number in sorted(marked):
        name = str(number)
        if name in paid:
            continue
        if name not in found.winners:
            parts.append(Part(number, Came.NOT_FUNDED))
        else:
            parts.append(Part(number, Came.USED_UP if name in bought else Came.REST))
    return MyShare(held, tuple(parts), held - sum(paid.values(), Fraction(0)))
