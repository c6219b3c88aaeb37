"""The same rules written down the short and slow way, in fractions, to check the quick ones against."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from alongside.decisions.rules.budgeting.election import Election


def equal_shares_in_fractions(election: Election, endowment: Mapping[str, Fraction]) -> list[int]:
    """Projects funded, in order, when each voter of a side begins with `endowment[side]`."""
    groups = [group for group in election.ballots if group.count]
    money = [endowment.get(group.side, endowment.get("", Fraction(0))) for group in groups]
    votes = [sum(g.count for g in groups if place in g.projects) for place in range(len(election.projects))]
    eligible = [place for place in election.eligible if votes[place]]
    chosen = [place for place in eligible if election.projects[place].cost == 0]
    while True:
        offers = []
        for place in eligible:
            if place not in chosen and (price := _price(place, election, money)) is not None:
                cost = election.projects[place].cost
                offers.append((price / cost, -votes[place], cost, place, price))
        if not offers:
            return chosen
        *_, place, price = min(offers)
        chosen.append(place)
        for number, group in enumerate(groups):
            if place in group.projects:
                money[number] -= min(price, money[number])


def _price(place: int, election: Election, money: Sequence[Fraction]) -> Fraction | None:
    """The least that everybody can be asked for at most, so that together they pay the cost."""
    groups = [group for group in election.ballots if group.count]
    purses = sorted((money[number], group.count) for number, group in enumerate(groups) if place in group.projects)
    needed, people = election.projects[place].cost, sum(count for _, count in purses)
    for held, count in purses:
        if held * people >= needed:
            return needed / people
        needed, people = needed - held * count, people - count
    return None


def add1_in_fractions(election: Election, *, sides: bool = False, exhaustive: bool = False) -> list[int]:
    """Raise by one unit for each voter until overspent (or, `exhaustive`, until nothing else fits)."""
    voters = election.voters if sides else {"": sum(election.voters.values())}
    everybody, raised, kept = sum(voters.values()), 0, list[int]()
    supported = [place for place in election.eligible if any(place in group.projects for group in election.ballots)]
    while True:
        total = election.budget + raised * everybody
        found = equal_shares_in_fractions(
            election, {side: total / (len(voters) * many) for side, many in voters.items() if many}
        )
        if election.cost(found) > election.budget:
            return kept
        kept, left = found, election.budget - election.cost(found)
        out = [place for place in supported if place not in found]
        if not out or (exhaustive and all(election.projects[place].cost > left for place in out)):
            return kept
        raised += 1
