"""How many agree with each statement, in all and on every side. Plain counting."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from alongside.decisions.rules.bridging import bridging

AGREE, PASS, DISAGREE = 1, 0, -1

# Of each voter the one vote on each statement that counts: agree, pass or disagree.
Votes = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Agreement:
    """How many people agree with a statement, disagree with it, and pass."""

    agree: int = 0
    disagree: int = 0
    passed: int = 0

    @property
    def votes(self) -> int:
        return self.agree + self.disagree + self.passed

    def and_one(self, vote: int) -> "Agreement":
        return Agreement(self.agree + (vote == AGREE), self.disagree + (vote == DISAGREE), self.passed + (vote == PASS))


def agreement(votes: Votes) -> dict[str, Agreement]:
    """Statement → how people voted on it; in the order of the ids."""
    found: dict[str, Agreement] = {}
    for cast in votes.values():
        for statement, vote in cast.items():
            found[statement] = found.get(statement, Agreement()).and_one(vote)
    return dict(sorted(found.items()))


def agreement_by_side(votes: Votes, side_of: Mapping[str, str | int]) -> dict[str, dict[str | int, Agreement]]:
    """Statement → side → how its people voted. Every side stands there, also where nobody of it voted.

    `side_of`: voter → constituency, or opinion group; who has none is left out.
    """
    sides = sorted(set(side_of.values()), key=str)
    found: dict[str, dict[str | int, Agreement]] = {
        statement: dict.fromkeys(sides, Agreement()) for statement in agreement(votes)
    }
    for voter, cast in votes.items():
        if voter in side_of:
            for statement, vote in cast.items():
                side = found[statement]
                side[side_of[voter]] = side[side_of[voter]].and_one(vote)
    return found


def bridges(votes: Votes, side_of: Mapping[str, str | int]) -> list[tuple[str, Fraction]]:
    """Statements with their bridging score, best first, level ones by their id. See `rules.bridging`."""
    by_side = agreement_by_side(votes, side_of)
    scores = [(name, bridging((one.agree, one.votes) for one in sides.values())) for name, sides in by_side.items()]
    return sorted(scores, key=lambda pair: (-pair[1], pair[0]))
