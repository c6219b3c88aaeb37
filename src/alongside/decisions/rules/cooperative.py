"""For cooperatives: one member one vote by class of members, and the surplus shared by use.

Source: the International Cooperative Alliance's principles 2 (democratic member control) and 3 (members' economic
participation, benefits "in proportion to their transactions").
"""

from collections.abc import Mapping
from fractions import Fraction

from alongside.decisions.rules.explaining import Step, step
from alongside.decisions.rules.sides import HALF, Decided, Quorum, Tally, double_majority


def by_class(classes: Mapping[str, Tally], *, quorum: Quorum | None = None, threshold: Fraction = HALF) -> Decided:
    """One member, one vote, in one class each; every class must agree: workers, users, supporters."""
    decided = double_majority(classes, quorum=quorum, threshold=threshold)
    return Decided("member-classes", decided.outcome, decided.steps)


def share_surplus(surplus: int, patronage: Mapping[str, int]) -> dict[str, int]:
    """Split `surplus` (cents or minutes) in proportion to what each member used or gave; the parts sum exactly.

    Each gets the whole part of their share; what is left goes, one unit each, to the largest remainders, level ones
    in the order of their ids. Raises ValueError for negative numbers, or a surplus that nobody may have.
    """
    whole = sum(patronage.values())
    if surplus < 0 or any(used < 0 for used in patronage.values()) or (surplus and not whole):
        raise ValueError("A surplus needs members who used something, and no number may be negative.")
    if not surplus:
        return dict.fromkeys(patronage, 0)
    parts = {member: divmod(surplus * used, whole) for member, used in patronage.items()}
    left = surplus - sum(part for part, _ in parts.values())
    by_remainder = sorted(parts, key=lambda member: (-parts[member][1], member))
    more = set(by_remainder[:left])
    return {member: part + (member in more) for member, (part, _) in parts.items()}


def surplus_steps(surplus: int, patronage: Mapping[str, int]) -> list[Step]:
    """What each member is told about their part."""
    whole = sum(patronage.values())
    return [
        step("surplus.part", what=member, part=part, used=patronage[member], whole=whole, surplus=surplus)
        for member, part in share_surplus(surplus, patronage).items()
    ]
