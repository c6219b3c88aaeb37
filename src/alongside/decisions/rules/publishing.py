"""What of a count may be shown without showing how single people voted."""

from collections.abc import Mapping
from typing import Any

from alongside.decisions.rules.sides import Decided, Quorum, Says, Tally, says

FEWEST = 5


def gives_away(tally: Tally) -> bool:
    """Would the numbers of this side tell how single people voted? A roll, or a vote, of fewer than 5; all alike."""
    alike = max(tally.yes, tally.no, tally.abstain) == tally.voted
    return tally.roll < FEWEST or 0 < tally.voted < FEWEST or (alike and tally.voted > 0)


def sealed_sides(sides: Mapping[str, Tally], *, is_secret: bool) -> tuple[str, ...]:
    """The sides whose numbers stay sealed; none in an open vote, where everybody sees who said what."""
    return tuple(side for side, tally in sides.items() if is_secret and gives_away(tally))


def published(
    decided: Decided, sides: Mapping[str, Tally], *, quorum: Quorum, threshold: Any, is_secret: bool
) -> dict[str, Any]:
    """The result as it is shown and kept: what each side says, and numbers and steps where nobody is given away."""
    sealed = sealed_sides(sides, is_secret=is_secret)
    return {
        "says": {side: str(says(tally, quorum=quorum, threshold=threshold)) for side, tally in sides.items()},
        "rolls": {side: tally.roll for side, tally in sides.items()},
        "tallies": {
            side: {"yes": tally.yes, "no": tally.no, "abstain": tally.abstain}
            for side, tally in sides.items()
            if side not in sealed
        },
        "steps": [one.as_data() for one in decided.steps if one.side not in sealed],
    }


def combined_words(said: Mapping[str, str]) -> dict[str, Says]:
    """What each side says, from its kept words. Raises ValueError for an unknown word."""
    return {side: Says(word) for side, word in said.items()}
