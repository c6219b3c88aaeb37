"""Yes or no by sides: double majority, parity-weighted, and what happens when the sides differ.

Each side (constituency) has a roll, frozen when voting opens. One person is on exactly one roll. A tie, and a
side where nobody said yes or no, leave things as they are. Shares are compared as fractions.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from alongside.decisions.rules.explaining import Fact, Step, step
from alongside.decisions.rules.lots import volunteers

HALF, QUARTER = Fraction(1, 2), Fraction(1, 4)
CONCILIATORS = 3


class Outcome(StrEnum):
    """What a yes-or-no decision comes to. Only PASSED changes anything."""

    PASSED = "passed"
    SPLIT = "split"
    NOT_QUORATE = "not_quorate"
    NOT_PASSED = "not_passed"


class Says(StrEnum):
    """What one side by itself comes to."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    NOT_QUORATE = "not_quorate"


class QuorumKind(StrEnum):
    """APPROVAL: enough of the roll said yes. TURNOUT: enough of the roll voted, abstentions included."""

    APPROVAL = "approval"
    TURNOUT = "turnout"


class NotATally(ValueError):
    """Counts that cannot be: negative, or more votes than people on the roll."""


class OnTwoRolls(ValueError):
    """Somebody would vote on two sides. `people`: their ids."""

    def __init__(self, people: Sequence[str]) -> None:
        super().__init__(", ".join(people))
        self.people = tuple(people)


@dataclass(frozen=True)
class Tally:
    """The votes of one side: people on its roll, and how many said yes, no or abstained."""

    roll: int
    yes: int
    no: int
    abstain: int = 0

    def __post_init__(self) -> None:
        if min(self.roll, self.yes, self.no, self.abstain) < 0 or self.voted > self.roll:
            raise NotATally(f"{self.voted} votes, {self.roll} on the roll")

    @property
    def voted(self) -> int:
        return self.yes + self.no + self.abstain

    @property
    def yes_share(self) -> Fraction:
        """Yes among yes and no, from 0 to 1; 0 where nobody said either."""
        said = self.yes + self.no
        return Fraction(self.yes, said) if said else Fraction(0)


@dataclass(frozen=True)
class Quorum:
    """How many must take part for a decision to bind, as a share of each roll.

    Approval quorum is the default: with a turnout quorum one more no can make a proposal pass.
    """

    kind: QuorumKind = QuorumKind.APPROVAL
    share: Fraction = QUARTER

    @classmethod
    def turnout(cls, share: Fraction = HALF) -> "Quorum":
        return cls(QuorumKind.TURNOUT, share)

    def met(self, tally: Tally) -> bool:
        return self.reached(tally) >= self.share * tally.roll

    def refused(self, tally: Tally) -> bool:
        """With an approval quorum: enough of the roll said no, and no fewer than said yes. Then the side has spoken."""
        enough_no = tally.no >= self.share * tally.roll and tally.no >= tally.yes
        return self.kind is QuorumKind.APPROVAL and enough_no and not self.met(tally)

    def reached(self, tally: Tally) -> int:
        """How many people count towards the quorum."""
        return tally.yes if self.kind is QuorumKind.APPROVAL else tally.voted


@dataclass(frozen=True)
class Decided:
    """The outcome of a yes-or-no rule and the steps that explain it to each side."""

    rule: str
    outcome: Outcome
    steps: tuple[Step, ...]

    @property
    def passed(self) -> bool:
        return self.outcome is Outcome.PASSED


def check_rolls(rolls: Mapping[str, Iterable[str]]) -> None:
    """Refuse people who stand on two rolls, or twice on one. Raises OnTwoRolls."""
    seen: set[str] = set()
    twice: set[str] = set()
    for people in rolls.values():
        for person in people:
            (twice if person in seen else seen).add(person)
    if twice:
        raise OnTwoRolls(sorted(twice))


def enough_yes(yes_share: Fraction, threshold: Fraction) -> bool:
    """More than the threshold; a threshold above one half may also be met exactly ("two thirds or more")."""
    return yes_share >= threshold if threshold > HALF else yes_share > threshold


def says(tally: Tally, *, quorum: Quorum, threshold: Fraction = HALF) -> Says:
    """What one side comes to by itself.

    It agrees with the quorum and enough yes among yes and no. With an approval quorum it disagrees where the yes, or
    the no, of enough of the roll stands against agreeing, and is short of its quorum where neither is enough.
    """
    if quorum.met(tally):
        return Says.AGREES if enough_yes(tally.yes_share, threshold) else Says.DISAGREES
    return Says.DISAGREES if quorum.refused(tally) else Says.NOT_QUORATE


def combined(said: Mapping[str, Says]) -> Outcome:
    """The outcome of a double majority from what each side says. No sides: not quorate."""
    words = set(said.values())
    if not words or Says.NOT_QUORATE in words:
        return Outcome.NOT_QUORATE
    if words == {Says.AGREES}:
        return Outcome.PASSED
    return Outcome.SPLIT if Says.AGREES in words else Outcome.NOT_PASSED


def double_majority(sides: Mapping[str, Tally], *, quorum: Quorum | None = None, threshold: Fraction = HALF) -> Decided:
    """Passed when every side by itself reaches the quorum and has enough yes among yes and no.

    Where some sides agree and others do not the outcome is SPLIT: see `conciliation`. Abstentions count towards a
    turnout quorum only. Kin: the Swiss vote of people and cantons, the EU Council's states and population.
    """
    quorum = quorum or Quorum()
    said = {side: says(tally, quorum=quorum, threshold=threshold) for side, tally in sides.items()}
    steps = [_counted(side, tally) for side, tally in sides.items()]
    for side, tally in sides.items():
        steps.append(quorum_step(side, tally, quorum))
        steps.append(_majority_step(side, tally, threshold))
    outcome = combined(said)
    return Decided("double-majority", outcome, (*steps, _outcome_step(outcome, said, sides)))


def parity_weighted(sides: Mapping[str, Tally], *, quorum: Quorum | None = None) -> Decided:
    """Passed when the average over sides of yes among yes and no is more than one half, each quorum met.

    One side's strong yes can outvote the other's narrow no, so never the default between equal partners.
    """
    quorum = quorum or Quorum()
    score = parity_score(sides)
    short = [side for side, tally in sides.items() if not quorum.met(tally)]
    steps = [_counted(side, tally) for side, tally in sides.items()]
    steps += [quorum_step(side, tally, quorum) for side, tally in sides.items()]
    steps.append(step("parity.score", score=score * 100))
    outcome = Outcome.PASSED if score > HALF else Outcome.NOT_PASSED
    if short or not sides:
        outcome = Outcome.NOT_QUORATE
    return Decided("parity-weighted", outcome, (*steps, step(f"outcome.{outcome}.together")))


def parity_score(sides: Mapping[str, Tally]) -> Fraction:
    """The average over sides of the share of yes, from 0 to 1."""
    return sum((tally.yes_share for tally in sides.values()), Fraction(0)) / max(len(sides), 1)


def pooled(sides: Mapping[str, Tally]) -> bool:
    """Whether one head, one vote, sides ignored, would say yes. Only for showing the difference."""
    return sum(tally.yes for tally in sides.values()) > sum(tally.no for tally in sides.values())


@dataclass(frozen=True)
class Conciliation:
    """After a split: as many people from each side look for a new version, then both rolls vote again.

    At most `rounds` rounds within `days` days; without agreement things stay as they are.
    """

    members: Mapping[str, tuple[str, ...]]
    rounds: int = 2
    days: int = 14


def conciliation_size(rolls: Mapping[str, int], *, at_most: int = CONCILIATORS) -> int:
    """How many from each side: three, or the whole of the smallest roll where that is less."""
    return min([at_most, *rolls.values()])


def conciliation(
    rolls: Mapping[str, int], willing: Mapping[str, Sequence[str]], *, seed: str, at_most: int = CONCILIATORS
) -> Conciliation:
    """Draw equal numbers of volunteers from every side by a published seed. Few volunteers make all sides smaller."""
    size = min([conciliation_size(rolls, at_most=at_most), *(len(set(willing.get(side, ()))) for side in rolls)])
    return Conciliation(
        {side: tuple(volunteers(willing.get(side, ()), seats=size, seed=seed, side=side)) for side in rolls}
    )


def _counted(side: str, tally: Tally) -> Step:
    return step("side.counted", side=side, yes=tally.yes, no=tally.no, abstain=tally.abstain, roll=tally.roll)


def quorum_step(side: str, tally: Tally, quorum: Quorum) -> Step:
    """Whether enough of a side said yes, or took part."""
    refused = quorum.refused(tally)
    facts: dict[str, Fact] = {
        "reached": tally.no if refused else quorum.reached(tally),
        "needed": -(-quorum.share.numerator * tally.roll // quorum.share.denominator),
    }
    verdict = "met" if quorum.met(tally) else "refused" if refused else "missed"
    return step(f"quorum.{quorum.kind}.{verdict}", side=side, **facts)


def _majority_step(side: str, tally: Tally, threshold: Fraction) -> Step:
    if tally.yes + tally.no == 0:
        return step("side.silent", side=side)
    if threshold == HALF:
        code = "yes" if tally.yes > tally.no else "tie" if tally.yes == tally.no else "no"
        return step(f"side.{code}", side=side, yes=tally.yes, no=tally.no)
    verdict = "enough" if enough_yes(tally.yes_share, threshold) else "too_few"
    needed = f"{threshold.numerator}/{threshold.denominator}"
    return step(f"side.{verdict}", side=side, yes=tally.yes, said=tally.yes + tally.no, threshold=needed)


def _outcome_step(outcome: Outcome, said: Mapping[str, Says], sides: Mapping[str, Tally]) -> Step:
    if outcome is Outcome.NOT_QUORATE:
        return step("outcome.not_quorate", others=_who(said, Says.NOT_QUORATE))
    if outcome is Outcome.SPLIT:
        size = conciliation_size({side: tally.roll for side, tally in sides.items()})
        agree, others = _who(said, Says.AGREES), _who(said, Says.DISAGREES)
        return step("outcome.split", what=agree, others=others, size=size)
    return step(f"outcome.{outcome}")


def _who(said: Mapping[str, Says], word: Says) -> tuple[str, ...]:
    return tuple(side for side, one in said.items() if one is word)
