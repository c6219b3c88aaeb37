"""The Method of Equal Shares: every voter holds the same share and pays only for what they named.

Bought next is the project whose supporters give the smallest share of its cost each; those who have less than
that give all they have left. Satisfaction is the money of the funded projects one named, as in the elections held
so far. Sources: Peters, Pierczyński and Skowron 2021, arXiv:2008.13276; https://equalshares.net/explanation.
Equal prices: more votes first, then the cheaper, then as listed.

What Equal Shares leaves over is spent in one of three ways, each under its own name:

* `mes-add1`: raise everybody's share by one unit of money until the budget would be overspent, keep the last
  outcome that was affordable. So it was done in Wieliczka, Assen and other places.
* `mes-add1-exhaustive`: as before, but stop at the first outcome after which no further project would fit.
* `equal-power-mes`: each side as a whole holds the same part of the money; then Add1 for all sides in proportion,
  then what still fits by number of votes.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from alongside.decisions.rules.budgeting.crowds import Field, heads
from alongside.decisions.rules.budgeting.election import Election, Funded
from alongside.decisions.rules.budgeting.greedy import fill
from alongside.decisions.rules.budgeting.race import Run, run
from alongside.decisions.rules.explaining import Fact, Step, step


class CannotShare(ValueError):
    """Equal Shares cannot be counted. `why`: points (ballots are not approvals), one_side (equal power needs two)."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def equal_shares(election: Election) -> Funded:
    """Equal Shares alone; money may be left over."""
    purse = _Purse(election, [""])
    return _told("mes", purse, purse.run(0), ())


def equal_shares_add1(election: Election) -> Funded:
    """Equal Shares with shares raised until overspent; the last affordable outcome counts."""
    purse = _Purse(election, [""])
    return _told("mes-add1", purse, *_raised(purse))


def equal_shares_add1_exhaustive(election: Election) -> Funded:
    """Equal Shares with shares raised until nothing more would fit, or until overspent."""
    purse = _Purse(election, [""])
    return _told("mes-add1-exhaustive", purse, *_raised(purse, until_exhausted=True))


def equal_power(election: Election) -> Funded:
    """Equal Shares where each side holds the same part of the budget, however many it has.

    A voter of side c begins with budget / (sides × ballots of c). Add1 raises the budget by one unit for each
    voter, shared between the sides in the same way. Rolls of equal size: the same as `equal_shares_add1`.
    """
    sides = [side for side, voters in election.voters.items() if voters]
    if len(sides) < 2 or "" in sides:
        raise CannotShare("one_side")
    purse = _Purse(election, sides)
    kept, raised = _raised(purse)
    added, more = fill(election, taken=kept.chosen)
    steps = [*raised, *([step("shares.filled", what=tuple(map(election.id, added)))] if added else [])]
    return _told("equal-power-mes", purse, kept, steps, added, more)


class _Purse:
    """The endowments of each side at a raise, in whole units of the field."""

    def __init__(self, election: Election, sides: Sequence[str]) -> None:
        if any(group.points is not None for group in election.ballots):
            raise CannotShare("points")
        self.election = election
        self.sides = list(sides)
        self.field = Field(election, sides if len(sides) > 1 else None)
        everybody = sum(election.voters.values())
        self.voters = [election.voters[side] for side in sides] if len(sides) > 1 else [everybody]
        self.everybody = everybody
        self.budget = int(election.budget * self.field.unit)

    def endowments(self, raised: int) -> list[Fraction]:
        """What each voter of a side holds after so many raises of one unit of money for each voter."""
        total = self.budget + raised * self.everybody * self.field.unit
        return [Fraction(total, len(self.voters) * voters) if voters else Fraction(0) for voters in self.voters]

    def run(self, raised: int) -> Run:
        """A run after so many raises."""
        return run(self.field, self.endowments(raised))


def _raised(purse: _Purse, *, until_exhausted: bool = False) -> tuple[Run, tuple[Step, ...]]:
    """Raise shares one by one; the last affordable run, and why it was the last."""
    raised, kept = 0, purse.run(0)
    reachable = len(purse.field.running) + len(purse.field.free)
    while len(kept.chosen) < reachable:
        if until_exhausted and _exhausts(kept, purse):
            return kept, (step("shares.exhausted", raised=raised),)
        following = purse.run(raised + 1)
        if following.cost > purse.budget:
            over = Fraction(following.cost, purse.field.unit)
            return kept, (step("shares.overspent", raised=raised, next=raised + 1, cost=over),)
        raised, kept = raised + 1, following
    return kept, (step("shares.all_funded", raised=raised),)


def _exhausts(kept: Run, purse: _Purse) -> bool:
    left, taken = purse.budget - kept.cost, set(kept.chosen)
    return all(purse.field.costs[place] > left for place in purse.field.running if place not in taken)


def _told(
    rule: str,
    purse: _Purse,
    kept: Run,
    raised: Sequence[Step],
    added: Sequence[int] = (),
    more: Sequence[Step] = (),
) -> Funded:
    """The outcome with its story: what each voter held, round by round, and how the rest was spent."""
    election, unit = purse.election, purse.field.unit
    endowments = {side: share / unit for side, share in zip(purse.sides, kept.endowments, strict=True)}
    code = "shares.begin.side" if len(endowments) > 1 else "shares.begin"
    steps = [step(code, side=side, share=share) for side, share in endowments.items()]
    steps += [step("shares.free", what=election.id(place)) for place in purse.field.free]
    for place, one in enumerate(kept.rounds):
        project = election.projects[one.project]
        gave_all = heads(one.ended)
        facts: dict[str, Fact] = {"price": kept.price(place) / unit, "full": one.full, "ended": gave_all}
        code = "shares.bought" if gave_all else "shares.bought.all_paid"
        steps.append(Step(code, {"round": place + 1, "what": project.id, "cost": project.cost, **facts}))
    chosen = [*kept.chosen, *added]
    left = election.budget - election.cost(chosen)
    prices = {election.id(one.project): kept.price(place) / unit for place, one in enumerate(kept.rounds)}
    rounds = {one.project: election.id(one.project) for one in kept.rounds}

    def paid(projects: Sequence[int], side: str) -> Mapping[str, Fraction]:
        return _paid(projects, endowments.get(side, endowments.get("", Fraction(0))), rounds, prices)

    return Funded(
        rule,
        tuple(map(election.id, chosen)),
        election.cost(chosen),
        (*steps, *raised, *more, step("budget.left", left=left)),
        endowments,
        paid,
    )


def _paid(
    projects: Sequence[int], share: Fraction, rounds: Mapping[int, str], prices: Mapping[str, Fraction]
) -> dict[str, Fraction]:
    """What one voter paid, in the order of the rounds."""
    named, paid = set(projects), {}
    for project, name in rounds.items():
        if project in named and share > 0:
            paid[name] = min(prices[name], share)
            share -= paid[name]
    return paid


def personal_steps(funded: Funded, projects: Sequence[int], side: str = "") -> list[Step]:
    """What one voter is told: "your share helped pay for …". Only for outcomes of Equal Shares."""
    if funded.paid is None:
        return []
    paid = funded.paid(projects, side)
    share = funded.endowments.get(side, funded.endowments.get("", Fraction(0)))
    steps = [step("you.held", share=share)]
    steps += [step("you.paid", what=name, amount=amount) for name, amount in paid.items()]
    return [*steps, step("you.left", left=share - sum(paid.values(), Fraction(0)))]
