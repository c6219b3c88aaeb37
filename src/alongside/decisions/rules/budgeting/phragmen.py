"""Sequential Phragmén: everybody earns at the same pace; whatever its supporters can pay for first is bought.

Source: Brill, Freeman, Janson and Lackner 2017, arXiv:2102.12305; for budgets Los, Christoff and Grossi 2022,
doi:10.24963/ijcai.2022/56. The count ends with the first project that no longer fits. Equal moments: more votes
first, then the cheaper, then as listed.
"""

from collections import Counter
from fractions import Fraction

from alongside.decisions.rules.budgeting.election import Election, Funded
from alongside.decisions.rules.explaining import step


def phragmen(election: Election) -> Funded:
    """Buy in the order in which supporters, who each earn one unit of money per unit of time, can afford it."""
    counting = _Counting(election)
    left, chosen, steps = election.budget, [], []
    while counting.waiting:
        moment, place = counting.next()
        cost = election.projects[place].cost
        if cost > left:
            steps.append(step("phragmen.stopped", what=election.id(place), cost=cost, left=left))
            break
        counting.buy(place, moment)
        chosen.append(place)
        left -= cost
        steps.append(step("phragmen.bought", round=len(chosen), what=election.id(place), cost=cost, moment=moment))
    return Funded("phragmen", tuple(map(election.id, chosen)), election.cost(chosen), tuple(steps))


class _Counting:
    """For each waiting project: how many of its supporters last paid at which moment. Nobody paid yet: moment 0."""

    def __init__(self, election: Election) -> None:
        self.election = election
        groups = election.ballots
        self.supporters: list[list[int]] = [[] for _ in election.projects]
        for group, ballots in enumerate(groups):
            for project in ballots.projects:
                self.supporters[project].append(group)
        self.votes = [sum(groups[group].count for group in found) for found in self.supporters]
        self.waiting = {place for place in election.eligible if self.votes[place]}
        self.last = [0] * len(groups)
        self.moments = [Fraction(0)]
        self.paid_at: list[Counter[int]] = [Counter({0: votes}) for votes in self.votes]

    def next(self) -> tuple[Fraction, int]:
        projects = self.election.projects
        return min(
            ((self._moment(place), place) for place in self.waiting),
            key=lambda pair: (pair[0], -self.votes[pair[1]], projects[pair[1]].cost, pair[1]),
        )

    def _moment(self, place: int) -> Fraction:
        spent = sum((self.moments[last] * many for last, many in self.paid_at[place].items()), Fraction(0))
        return (self.election.projects[place].cost + spent) / self.votes[place]

    def buy(self, place: int, moment: Fraction) -> None:
        self.waiting.discard(place)
        self.moments.append(moment)
        now = len(self.moments) - 1
        for group in self.supporters[place]:
            ballots, before = self.election.ballots[group], self.last[group]
            for project in ballots.projects:
                if project in self.waiting:
                    self.paid_at[project][before] -= ballots.count
                    self.paid_at[project][now] += ballots.count
            self.last[group] = now
