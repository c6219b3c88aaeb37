"""From what is earned to what is there: what to give, what to withdraw, what to give back to whom it was withdrawn."""

from collections.abc import Iterable
from dataclasses import dataclass

# As the states of an entitlement are told here.
OPEN, USED, WITHDRAWN = "open", "used", "withdrawn"


@dataclass(frozen=True)
class Plan:
    """Numbers of thresholds, each in order."""

    give: tuple[int, ...] = ()
    withdraw: tuple[int, ...] = ()
    bring_back: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.give or self.withdraw or self.bring_back)


def settled(earned: Iterable[int], there: Iterable[tuple[int, str]]) -> Plan:
    """What to do so that a person has one for each threshold earned.

    `there`: (number, state) of what was ever given. What was used stands and counts, though the time behind it was
    put right since; of what is open the latest goes first. What was withdrawn comes back before anything new is given.
    """
    earned = sorted(set(earned))
    by_state: dict[str, list[int]] = {OPEN: [], USED: [], WITHDRAWN: []}
    for number, state in sorted(there):
        by_state[state].append(number)
    known = {number for numbers in by_state.values() for number in numbers}
    wanted = max(0, len(earned) - len(by_state[USED]))
    missing = wanted - len(by_state[OPEN])
    if missing <= 0:
        return Plan(withdraw=tuple(by_state[OPEN][wanted:]))
    back = by_state[WITHDRAWN][:missing]
    new = [number for number in earned if number not in known][: missing - len(back)]
    return Plan(give=tuple(new), bring_back=tuple(back))
