"""A budget, projects with their costs, and ballots in groups of equal ones."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import lcm

from alongside.decisions.rules.explaining import Step


@dataclass(frozen=True)
class Project:
    """`cost` in the unit of the budget: money, or minutes where hours are shared out."""

    id: str
    cost: Fraction
    name: str = ""


@dataclass(frozen=True)
class Ballots:
    """Equal ballots: the projects they name (places in the list of projects), how many, and of which side.

    `points`: what each of those projects gets from one ballot; one each where votes are approvals.
    """

    projects: tuple[int, ...]
    count: int = 1
    side: str = ""
    points: tuple[Fraction, ...] | None = None


@dataclass(frozen=True)
class Election:
    """All that a count of a budget needs. `threshold`: projects with a lower score are left out."""

    budget: Fraction
    projects: Sequence[Project]
    ballots: Sequence[Ballots]
    threshold: Fraction | None = None
    kind: str = "approval"

    @cached_property
    def scores(self) -> list[Fraction | int]:
        """Votes, or points, for each project."""
        scores: list[Fraction | int] = [0] * len(self.projects)
        for group in self.ballots:
            if group.points is None:
                for project in group.projects:
                    scores[project] += group.count
            else:
                for project, points in zip(group.projects, group.points, strict=True):
                    scores[project] += points * group.count
        return scores

    @cached_property
    def eligible(self) -> list[int]:
        """Projects that reach the threshold, in the order of the list."""
        if self.threshold is None:
            return list(range(len(self.projects)))
        return [place for place, score in enumerate(self.scores) if score >= self.threshold]

    @cached_property
    def voters(self) -> dict[str, int]:
        """How many ballots each side cast, those that name nothing included."""
        voters: dict[str, int] = {}
        for group in self.ballots:
            voters[group.side] = voters.get(group.side, 0) + group.count
        return voters

    @cached_property
    def unit(self) -> int:
        """The number that makes every cost and the budget whole when they are multiplied by it."""
        return lcm(self.budget.denominator, *(project.cost.denominator for project in self.projects))

    def cost(self, places: Iterable[int]) -> Fraction:
        return sum((self.projects[place].cost for place in places), Fraction(0))

    def id(self, place: int) -> str:
        return self.projects[place].id

    def by_support(self, scores: Sequence[Fraction | int] | None = None) -> list[int]:
        """Eligible projects, best first: by score, then the cheaper, then as listed."""
        by = self.scores if scores is None else scores
        return sorted(self.eligible, key=lambda place: (-by[place], self.projects[place].cost, place))


@dataclass(frozen=True)
class Funded:
    """Projects that get their money, in the order they were chosen, and why.

    `paid(projects, side)`: what one voter who named these projects paid for each funded one, by its id. Only Equal
    Shares knows that. `endowments`: what each voter of a side held, in the unit of the budget.
    """

    rule: str
    winners: tuple[str, ...]
    cost: Fraction
    steps: tuple[Step, ...]
    endowments: Mapping[str, Fraction] = field(default_factory=dict)
    paid: Callable[[Sequence[int], str], Mapping[str, Fraction]] | None = field(default=None, compare=False)
