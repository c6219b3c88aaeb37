"""Modified consensus: rounds of agree, stand aside or block, with a fallback vote announced at the opening."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from alongside.decisions.rules.explaining import Step, step
from alongside.decisions.rules.sides import Decided, Outcome, Quorum, QuorumKind, Tally, double_majority

QUARTER = Fraction(1, 4)


@dataclass(frozen=True)
class Words:
    """What a side said in one round: people on its roll, and how many agreed, stood aside or blocked with a reason."""

    roll: int
    agree: int
    aside: int = 0
    block: int = 0

    @property
    def took_part(self) -> int:
        return self.agree + self.aside + self.block


@dataclass(frozen=True)
class Announced:
    """What was said at the opening and cannot change: rounds, and the vote that follows when all have failed.

    `fallback`: the share of yes that every side must then reach, or more; None when there is no fallback.
    """

    rounds: int = 2
    quorum: Fraction = Fraction(1, 2)
    most_aside: Fraction = QUARTER
    fallback: Fraction | None = Fraction(2, 3)


_USUAL = Announced()


class NoFallbackYet(ValueError):
    """A fallback vote was counted although rounds are left, or none was announced."""


def consensus(
    rounds: Sequence[Mapping[str, Words]], *, announced: Announced = _USUAL, vote: Mapping[str, Tally] | None = None
) -> Decided:
    """Passed in the first round with quorum on every side, no block, and few enough who stand aside.

    `vote`: the tallies of the fallback, once all rounds have failed. Raises NoFallbackYet when it came too early.
    """
    steps: list[Step] = []
    for place, said in enumerate(rounds[: announced.rounds], 1):
        steps.extend(_told(place, said))
        if _agreed(said, announced):
            return Decided("consensus", Outcome.PASSED, (*steps, step("consensus.reached", round=place)))
        steps.append(step("consensus.failed", round=place))
    if vote is None:
        return Decided("consensus", Outcome.NOT_PASSED, (*steps, step("outcome.not_passed.together")))
    if announced.fallback is None or len(rounds) < announced.rounds:
        raise NoFallbackYet
    fallen = double_majority(vote, quorum=Quorum(QuorumKind.TURNOUT, announced.quorum), threshold=announced.fallback)
    return Decided("consensus", fallen.outcome, (*steps, step("consensus.fallback"), *fallen.steps))


def _agreed(said: Mapping[str, Words], announced: Announced) -> bool:
    return bool(said) and all(
        words.agree > 0
        and words.block == 0
        and words.took_part >= announced.quorum * words.roll
        and words.aside <= announced.most_aside * words.roll
        for words in said.values()
    )


def _told(place: int, said: Mapping[str, Words]) -> list[Step]:
    return [
        step(
            "consensus.round",
            side=side,
            round=place,
            agree=words.agree,
            aside=words.aside,
            block=words.block,
            roll=words.roll,
        )
        for side, words in said.items()
    ]
