"""What of a count may be shown without showing how single people voted."""

from collections.abc import Mapping, Sequence
from typing import Any

from alongside.decisions.rules.ballots import Style, cells
from alongside.decisions.rules.kinds import Cast, Counted, Terms, tallies
from alongside.decisions.rules.sides import Says

FEWEST = 5


def gives_away(style: Style, roll: int, said: Sequence[str]) -> bool:
    """Would the ballots of a side tell how single people voted?

    So they do when the roll, or who voted, is fewer than 5; and when something was said by all who voted: the same
    word, the same tick, the same place or points for one choice.
    """
    if roll < FEWEST or 0 < len(said) < FEWEST:
        return True
    return bool(said) and bool(frozenset.intersection(*(cells(style, one) for one in said)))


def sealed_sides(terms: Terms, rolls: Mapping[str, int], cast: Sequence[Cast], *, is_secret: bool) -> tuple[str, ...]:
    """The sides whose ballots stay sealed; none in an open vote, where everybody sees who said what."""
    if not is_secret:
        return ()
    style = terms.kind.style
    return tuple(
        side for side, roll in rolls.items() if gives_away(style, roll, [text for one, text in cast if one == side])
    )


def published(
    terms: Terms, found: Counted, rolls: Mapping[str, int], cast: Sequence[Cast], *, is_secret: bool
) -> dict[str, Any]:
    """The result as it is shown and kept: what each side says, and numbers and steps where nobody is given away.

    Where ballots of all sides are counted together one sealed side keeps all steps back: from the numbers of all and
    those of the other side its own could be reckoned.
    """
    sealed = sealed_sides(terms, rolls, cast, is_secret=is_secret)
    keeps_steps = not (sealed and terms.kind.is_pooled)
    return {
        "says": dict(found.says),
        "rolls": dict(rolls),
        "tallies": {side: one for side, one in tallies(terms, rolls, cast).items() if side not in sealed},
        "steps": [one.as_data() for one in found.steps if keeps_steps and one.side not in sealed],
        "winners": list(found.winners),
    }


def combined_words(said: Mapping[str, str]) -> dict[str, Says]:
    """What each side says, from its kept words. Raises ValueError for an unknown word."""
    return {side: Says(word) for side, word in said.items()}
