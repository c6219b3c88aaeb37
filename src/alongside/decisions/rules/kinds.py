"""The kinds of votes that have pages: what a ballot of each says, and how ballots are counted, for all kinds alike.

Kinds that choose among options (`has_options`) count when enough of each side took part. Most count everybody's
ballots together; where each side elects its own (`by_side`) every side counts by itself.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from alongside.decisions.rules import ballots as said
from alongside.decisions.rules.ballots import Style
from alongside.decisions.rules.budgeting import equal_shares as shares
from alongside.decisions.rules.budgeting.election import Ballots, Election, Funded, Project
from alongside.decisions.rules.explaining import Step, step
from alongside.decisions.rules.gradients import Gradient, gradients
from alongside.decisions.rules.picking import approval, approvals, score
from alongside.decisions.rules.recounting import tallied
from alongside.decisions.rules.schulze import schulze
from alongside.decisions.rules.scottish import CannotElect, Elected, each_side_elects
from alongside.decisions.rules.sides import (
    HALF,
    Outcome,
    Quorum,
    QuorumKind,
    Says,
    Tally,
    double_majority,
    quorum_step,
    says,
)

TOOK_PART = "took_part"
# A ballot: the side it was cast for, and what it says.
Cast = tuple[str, str]


@dataclass(frozen=True)
class Choice:
    """One of several things, or people, that are voted on. `cost`: in the unit of the budget. `side`: a person's."""

    number: int
    name: str = ""
    cost: int = 0
    side: str = ""

    @property
    def id(self) -> str:
        return str(self.number)


@dataclass(frozen=True)
class Terms:
    """What was laid down before voting opened. `seats`: how many are chosen; by each side where `by_side`."""

    rule: str
    quorum: Quorum
    threshold: Fraction = HALF
    choices: tuple[Choice, ...] = ()
    seats: int = 1
    budget: int = 0
    seed: str = ""

    @property
    def kind(self) -> "Kind":
        return KINDS[self.rule]

    @property
    def names(self) -> dict[str, str]:
        """What choices are called, by their ids."""
        return {one.id: one.name for one in self.choices if one.name}


@dataclass(frozen=True)
class Counted:
    """`says`: what each side comes to. `winners`: numbers of the choices that were chosen, the first first."""

    outcome: Outcome
    says: Mapping[str, str]
    steps: tuple[Step, ...]
    winners: tuple[int, ...] = ()


Count = Callable[[Terms, Mapping[str, int], Sequence[Cast]], Counted]


@dataclass(frozen=True)
class Kind:
    """A kind of vote, by the name of its rule. `has_seats`: how many are chosen is laid down before."""

    rule: str
    style: Style
    count: Count
    has_seats: bool = False
    has_budget: bool = False
    by_side: bool = False

    @property
    def has_options(self) -> bool:
        return self.style not in (Style.WORD, Style.STEP)

    @property
    def is_pooled(self) -> bool:
        """Do numbers of all together tell, with those of one side, the numbers of the other?"""
        return self.has_options and not self.by_side


class CannotCount(ValueError):
    """The terms do not allow a count: fewer candidates than seats, no choices, or no budget."""


def counted(terms: Terms, rolls: Mapping[str, int], cast: Sequence[Cast]) -> Counted:
    """Count ballots (side, text) by the rule of the terms. Raises KeyError for a side without a roll, CannotCount."""
    for side, _text in cast:
        rolls[side]  # a KeyError for a side that has no roll
    try:
        return terms.kind.count(terms, rolls, cast)
    except CannotElect:
        raise CannotCount(terms.rule) from None


def tallies(terms: Terms, rolls: Mapping[str, int], cast: Sequence[Cast]) -> dict[str, dict[str, int]]:
    """For each side how many said what: words, steps, or for each choice its ticks, first places or points."""
    style, found = terms.kind.style, {side: _empty(terms) for side in rolls}
    for side, text in cast:
        for key, many in _adds(style, text).items():
            found[side][key] += many
    return found


def _empty(terms: Terms) -> dict[str, int]:
    style = terms.kind.style
    if style is Style.WORD:
        return dict.fromkeys(("yes", "no", said.ABSTAIN), 0)
    if style is Style.STEP:
        return dict.fromkeys(map(str, said.STEPS), 0)
    return dict.fromkeys((*(one.id for one in terms.choices), said.ABSTAIN), 0)


def _adds(style: Style, text: str) -> Mapping[str, int]:
    if text == said.ABSTAIN or style in (Style.WORD, Style.STEP):
        return {text: 1}
    if style is Style.POINTS:
        return {str(option): points for option, points in said.points_of(text).items()}
    named = said.ranks_of(text)[:1] if style is Style.RANKS else said.marks_of(text)
    return {str(option): 1 for option in named}


def _double_majority(terms: Terms, rolls: Mapping[str, int], cast: Sequence[Cast]) -> Counted:
    sides = tallied(cast, rolls)
    decided = double_majority(sides, quorum=terms.quorum, threshold=terms.threshold)
    words = {side: str(says(one, quorum=terms.quorum, threshold=terms.threshold)) for side, one in sides.items()}
    return Counted(decided.outcome, words, decided.steps)


_BY_STEP = {"gradients.enough": Says.AGREES, "gradients.too_low": Says.DISAGREES}


def _gradients(terms: Terms, rolls: Mapping[str, int], cast: Sequence[Cast]) -> Counted:
    sides = {side: [Gradient(int(text)) for one, text in cast if one == side] for side in rolls}
    decided = gradients(sides, rolls, quorum=terms.quorum)
    words = {one.side: str(_BY_STEP[one.code]) for one in decided.steps if one.code in _BY_STEP}
    return Counted(decided.outcome, {side: words.get(side, str(Says.NOT_QUORATE)) for side in rolls}, decided.steps)


def _choosing(choose: Callable[[Terms, Sequence[Cast]], tuple[Sequence[str], Sequence[Step]]]) -> Count:
    """A count that stands only where enough of each side took part, and changes nothing where nobody is chosen."""

    def count(terms: Terms, rolls: Mapping[str, int], cast: Sequence[Cast]) -> Counted:
        voted = {side: sum(one == side for one, _text in cast) for side in rolls}
        took = {side: Tally(roll, 0, 0, voted[side]) for side, roll in rolls.items()}
        steps = [quorum_step(side, tally, terms.quorum) for side, tally in took.items()]
        short = {side for side, tally in took.items() if not terms.quorum.met(tally) or not tally.voted}
        words = {side: str(Says.NOT_QUORATE) if side in short else TOOK_PART for side in rolls}
        if short or not rolls:
            return Counted(Outcome.NOT_QUORATE, words, (*steps, step("outcome.not_quorate.together")))
        winners, told = choose(terms, cast)
        outcome = Outcome.PASSED if winners else Outcome.NOT_PASSED
        return Counted(outcome, words, (*steps, *told), tuple(map(int, winners)))

    return count


def _approval(terms: Terms, cast: Sequence[Cast]) -> tuple[Sequence[str], Sequence[Step]]:
    ticks = approvals([(tuple(map(str, said.marks_of(text))), 1) for _side, text in cast])
    elected = approval([one.id for one in terms.choices], ticks, terms.seats, seed=terms.seed)
    return elected.winners, elected.steps


def _score(terms: Terms, cast: Sequence[Cast]) -> tuple[Sequence[str], Sequence[Step]]:
    points = {one.id: Fraction(0) for one in terms.choices}
    for _side, text in cast:
        for option, many in said.points_of(text).items():
            points[str(option)] += many
    elected = score(list(points), points, terms.seats, seed=terms.seed)
    return elected.winners, elected.steps


def _schulze(terms: Terms, cast: Sequence[Cast]) -> tuple[Sequence[str], Sequence[Step]]:
    ranked = [(tuple((str(option),) for option in said.ranks_of(text)), 1) for _side, text in cast]
    elected = schulze([one.id for one in terms.choices], [one for one in ranked if one[0]])
    return elected.winners, elected.steps


def _each_side_elects(terms: Terms, cast: Sequence[Cast]) -> tuple[Sequence[str], Sequence[Step]]:
    sides = list(dict.fromkeys(one.side for one in terms.choices))
    candidates = {side: [one.id for one in terms.choices if one.side == side] for side in sides}
    votes = {
        side: [(tuple(str(one) for one in said.ranks_of(text)), 1) for other, text in cast if other == side]
        for side in sides
    }
    elected: Mapping[str, Elected] = each_side_elects(candidates, votes, terms.seats, seed=terms.seed)
    steps = [replace(one, side=side) for side, found in elected.items() for one in found.steps]
    return [one for found in elected.values() for one in found.winners], steps


def election_of(terms: Terms, cast: Sequence[Cast]) -> Election:
    """The budget, its projects and the ballots, as the rules of budgeting take them."""
    projects = [Project(one.id, Fraction(one.cost), one.name) for one in terms.choices]
    grouped: dict[tuple[str, tuple[int, ...]], int] = {}
    for side, text in cast:
        named = (side, tuple(option - 1 for option in said.marks_of(text)))
        grouped[named] = grouped.get(named, 0) + 1
    ballots = [Ballots(named, many, side) for (side, named), many in sorted(grouped.items())]
    return Election(Fraction(terms.budget), projects, ballots)


_BUDGETS: dict[str, Callable[[Election], Funded]] = {"equal-power-mes": shares.equal_power}


def funded(terms: Terms, cast: Sequence[Cast]) -> Funded:
    """What a budget pays for. Raises KeyError for a rule that shares out no budget."""
    return _BUDGETS[terms.rule](election_of(terms, cast))


def _budget(terms: Terms, cast: Sequence[Cast]) -> tuple[Sequence[str], Sequence[Step]]:
    found = funded(terms, cast)
    return found.winners, found.steps


KINDS: dict[str, Kind] = {
    kind.rule: kind
    for kind in (
        Kind("double-majority", Style.WORD, _double_majority),
        Kind("gradients", Style.STEP, _gradients),
        Kind("approval", Style.MARKS, _choosing(_approval), has_seats=True),
        Kind("score", Style.POINTS, _choosing(_score), has_seats=True),
        Kind("schulze", Style.RANKS, _choosing(_schulze)),
        Kind("scottish-stv", Style.RANKS, _choosing(_each_side_elects), has_seats=True, by_side=True),
        Kind("equal-power-mes", Style.MARKS, _choosing(_budget), has_budget=True),
    )
}


def usual_quorum(rule: str, part: Fraction) -> Quorum:
    """Yes-or-no votes ask for enough yes; all others for enough people who took part."""
    kind = QuorumKind.APPROVAL if KINDS[rule].style is Style.WORD else QuorumKind.TURNOUT
    return Quorum(kind, part)
