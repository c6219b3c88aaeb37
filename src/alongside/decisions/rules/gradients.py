"""Gradients of agreement: eight steps from wholehearted support to a veto, looked at side by side.

Source: Kaner et al., Facilitator's Guide to Participatory Decision-Making; Loomio has a template of it.
"""

from collections.abc import Mapping, Sequence
from enum import IntEnum

from alongside.decisions.rules.explaining import step
from alongside.decisions.rules.sides import Decided, Outcome, Quorum, QuorumKind


class Gradient(IntEnum):
    """The higher, the more support."""

    VETO = 1
    DISAGREE_STRONGLY = 2
    DISAGREE = 3
    ABSTAIN = 4
    MIXED = 5
    WITH_RESERVATIONS = 6
    SUPPORT = 7
    WHOLEHEARTED = 8


ENOUGH = Gradient.WITH_RESERVATIONS
_HALF_OF_ROLL = Quorum(QuorumKind.TURNOUT)


def gradients(
    sides: Mapping[str, Sequence[Gradient]], rolls: Mapping[str, int], *, quorum: Quorum = _HALF_OF_ROLL
) -> Decided:
    """Passed when on every side the lower median is at least support with reservations, and nobody vetoes.

    `sides`: what each person of a side said. Quorum is by turnout, half of each roll unless told.
    """
    steps, agree, short, vetoes = [], [], [], 0
    for side, said in sides.items():
        counts = {f"n{step_.value}": said.count(step_) for step_ in Gradient}
        steps.append(step("gradients.spread", side=side, **counts))
        vetoes += said.count(Gradient.VETO)
        if not said or len(said) < quorum.share * rolls[side]:
            short.append(side)
            continue
        median = lower_median(said)
        if median >= ENOUGH:
            agree.append(side)
        word = median.name.lower().replace("_", " ")
        steps.append(step("gradients.enough" if median >= ENOUGH else "gradients.too_low", side=side, median=word))
    if vetoes:
        steps.append(step("gradients.veto", many=vetoes))
    if short or not sides:
        outcome = Outcome.NOT_QUORATE
    elif vetoes or not agree:
        outcome = Outcome.NOT_PASSED
    else:
        outcome = Outcome.PASSED if len(agree) == len(sides) else Outcome.SPLIT
    return Decided("gradients", outcome, (*steps, step(f"outcome.{outcome}.together")))


def lower_median(said: Sequence[Gradient]) -> Gradient:
    """The middle one when all are put in order; of two middle ones, the lower. Needs at least one."""
    return sorted(said)[(len(said) - 1) // 2]
