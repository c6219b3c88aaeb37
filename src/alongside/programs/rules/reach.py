"""How many people a program reaches, and which of the numbers may be shown."""

from collections.abc import Mapping


def shown(sides: Mapping[str, int], *, fewest: int) -> dict[str, int | None]:
    """People by side; None for fewer than `fewest`, and for the smallest other one where a single side is hidden.

    Else the hidden one could be reckoned from all people and the other sides.
    """
    there = {side: count for side, count in sides.items() if count}
    hidden = {side for side, count in there.items() if count < fewest}
    rest = sorted(set(there) - hidden, key=lambda side: (there[side], side))
    if len(hidden) == 1 and rest:
        hidden.add(rest[0])
    return {side: None if side in hidden else count for side, count in there.items()}
