"""The most supported first, as long as the money lasts.

Two rules go by this name and give different winners: one passes over a project that does not fit (`skip`), the
other ends there (`stop`). Pabulib calls them "greedy" and "greedy-no-skip" (https://pabulib.org/format).
"""

from collections.abc import Collection

from alongside.decisions.rules.budgeting.election import Election, Funded
from alongside.decisions.rules.explaining import Step, step


def greedy_skip(election: Election) -> Funded:
    """By score; a project that no longer fits is passed over. Equal scores: the cheaper, then as listed."""
    chosen, steps = fill(election, taken=())
    return Funded("greedy-skip", tuple(map(election.id, chosen)), election.cost(chosen), tuple(steps))


def greedy_stop(election: Election) -> Funded:
    """By score; the first project that does not fit ends the count."""
    left, chosen, steps = election.budget, [], _left_out(election)
    for place in election.by_support():
        if election.scores[place] == 0:
            break
        if election.projects[place].cost > left:
            steps.append(step("greedy.stopped", what=election.id(place), cost=election.projects[place].cost, left=left))
            break
        chosen.append(place)
        left -= election.projects[place].cost
        steps.append(_funded(election, place))
    return Funded("greedy-stop", tuple(map(election.id, chosen)), election.cost(chosen), tuple(steps))


def fill(election: Election, *, taken: Collection[int]) -> tuple[list[int], list[Step]]:
    """Spend what `taken` leaves of the budget by `greedy_skip`: the projects added, and why."""
    left, added, steps = election.budget - election.cost(taken), [], [] if taken else _left_out(election)
    for place in election.by_support():
        if place in taken or election.scores[place] == 0:
            continue
        cost = election.projects[place].cost
        if cost > left:
            steps.append(step("greedy.skipped", what=election.id(place), cost=cost, left=left))
            continue
        added.append(place)
        left -= cost
        steps.append(_funded(election, place))
    return added, steps


def _funded(election: Election, place: int) -> Step:
    project = election.projects[place]
    return step("greedy.funded", what=project.id, cost=project.cost, score=election.scores[place])


def _left_out(election: Election) -> list[Step]:
    eligible = set(election.eligible)
    out = tuple(project.id for place, project in enumerate(election.projects) if place not in eligible)
    return [step("greedy.below_threshold", others=out, threshold=election.threshold or 0)] if out else []
