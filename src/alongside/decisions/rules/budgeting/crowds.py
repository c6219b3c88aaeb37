"""What stays the same in every run of Equal Shares: costs, who supports what, and voters put together in crowds.

A crowd is all voters of one side who named the same of those projects that any run has bought so far. Nothing has
told them apart yet, so in every run they have paid the same and have the same left: it is reckoned once for all of
them. A project that is bought for the first time splits the crowds of its supporters. Tens of thousands of different
ballots are then a few thousand crowds, because few of the many projects are ever bought.
"""

from array import array
from collections.abc import Iterable, Sequence

from alongside.decisions.rules.budgeting.election import Election

# A crowd and how many of its voters are meant.
Part = tuple[int, int]


class Field:
    """Costs in whole units, supporters of each project, and the crowds so far."""

    def __init__(self, election: Election, sides: Sequence[str] | None = None) -> None:
        names = [""] if sides is None else list(sides)
        place_of = {name: place for place, name in enumerate(names)}
        self.unit = election.unit
        self.costs = [int(project.cost * self.unit) for project in election.projects]
        kept = [group for group in election.ballots if group.projects and group.count]
        self.weights = [group.count for group in kept]
        self.projects = [group.projects for group in kept]
        self.crowd_of = [0 if sides is None else place_of[group.side] for group in kept]
        self.supporters = [array("q") for _ in self.costs]
        for place, group in enumerate(kept):
            for project in group.projects:
                self.supporters[project].append(place)
        self.votes = [sum(map(self.weights.__getitem__, groups)) for groups in self.supporters]
        self.free = [place for place in election.eligible if self.costs[place] == 0 and self.votes[place]]
        self.running = [place for place in election.eligible if self.costs[place] > 0 and self.votes[place]]
        self.side = list(range(len(names)))
        self.named: list[tuple[int, ...]] = [() for _ in names]
        self.told_apart: set[int] = set()
        self._members = [self._counted(groups) for groups in self.supporters]
        self._listed: dict[int, list[Part]] = {}

    def _counted(self, groups: Iterable[int]) -> dict[int, int]:
        """How many voters of these groups are in each crowd."""
        counts: dict[int, int] = {}
        for group in groups:
            crowd = self.crowd_of[group]
            counts[crowd] = counts.get(crowd, 0) + self.weights[group]
        return counts

    def tell_apart(self, project: int) -> dict[int, int]:
        """Split each crowd by who named the project: the crowd → its new part, which did. In the order of new parts."""
        parts: dict[int, int] = {}
        crowd_of, weights, members = self.crowd_of, self.weights, self._members
        for group in self.supporters[project]:
            crowd, many = crowd_of[group], weights[group]
            part = parts.get(crowd)
            if part is None:
                part = parts[crowd] = len(self.named)
                self.named.append((*self.named[crowd], project))
                self.side.append(self.side[crowd])
            crowd_of[group] = part
            for other in self.projects[group]:
                counts = members[other]
                counts[part] = counts.get(part, 0) + many
                counts[crowd] -= many
        self.told_apart.add(project)
        self._listed.clear()
        return parts

    def crowds(self, project: int) -> list[Part]:
        """The supporters of a project, crowd by crowd."""
        if project not in self._listed:
            self._listed[project] = [one for one in self._members[project].items() if one[1]]
        return self._listed[project]


def heads(parts: Iterable[Part]) -> int:
    """How many voters these are."""
    return sum([many for _, many in parts])
