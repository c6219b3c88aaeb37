"""Made conversations with known groups, for the tests of the opinion map."""

from random import Random

AGREE_OR_NOT = (-1, 1)


def conversation(*sizes: int, statements: int = 24, agreed: float = 0.9, asked: float = 0.8, seed: int = 7):
    """Groups of these sizes, each with an opinion of its own on every statement, and who is in which group.

    `agreed`: how likely a person votes as the group does; `asked`: how likely a person votes on a statement.
    """
    chance = Random(seed)
    votes: dict[str, dict[str, int]] = {}
    group_of: dict[str, int] = {}
    for group, size in enumerate(sizes):
        opinion = {f"s{one}": chance.choice(AGREE_OR_NOT) for one in range(statements)}
        for one in range(size):
            person = f"p{group}-{one}"
            group_of[person] = group
            votes[person] = {
                name: vote if chance.random() < agreed else chance.choice((-vote, 0))
                for name, vote in opinion.items()
                if chance.random() < asked
            }
    return votes, group_of


def mixed(people: int, *, statements: int = 30, seed: int = 5) -> dict[str, dict[str, int]]:
    """Everybody votes by chance."""
    chance = Random(seed)
    return {
        f"p{one}": {f"s{name}": chance.choice((-1, 0, 1)) for name in range(statements) if chance.random() < 0.7}
        for one in range(people)
    }


def log_of(votes: dict[str, dict[str, int]]) -> str:
    """The conversation as Polis exports it."""
    rows = [f"{at},{who},{name},{vote}" for at, (who, name, vote) in enumerate(_flat(votes), 1_483_000_000_000)]
    return "\n".join(["timestamp,voter-id,comment-id,vote", *rows, ""])


def _flat(votes: dict[str, dict[str, int]]):
    return [(who, name, vote) for who, cast in votes.items() for name, vote in cast.items()]
