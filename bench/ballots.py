"""Made-up ballots, the same ones every time: a large budget vote and wards that elect by transferable votes."""

import random
from itertools import accumulate
from pathlib import Path

# As many as in the largest approval vote with public ballots (Łódź 2022).
VOTERS, PROJECTS, BUDGET = 90_000, 160, 6_000_000
WARDS, WARD_BALLOTS = 1_000, 4_000


def write_budget(path: Path, *, voters: int = VOTERS, projects: int = PROJECTS, seed: int = 1) -> Path:
    """A `.pb` file: voters of 40 neighborhoods approve one to five projects, mostly of their own."""
    chance = random.Random(seed)
    costs = [chance.randrange(20, 1000) * 1000 * BUDGET // 6_000_000 for _ in range(projects)]
    homes = [_home(projects, chance) for _ in range(40)]
    ballots = []
    for _ in range(voters):
        weights, many = chance.choice(homes), chance.randint(1, 5)
        named = sorted(set(chance.choices(range(projects), cum_weights=weights, k=many)))
        ballots.append(",".join(map(str, named)))
    lines = [
        "META",
        "key;value",
        f"num_projects;{projects}",
        f"num_votes;{voters}",
        f"budget;{BUDGET * voters // VOTERS}",
    ]
    lines += ["vote_type;approval", "rule;equalshares/add1", "PROJECTS", "project_id;cost"]
    lines += [f"{place};{max(cost * voters // VOTERS, 1)}" for place, cost in enumerate(costs)]
    lines += ["VOTES", "voter_id;vote", *(f"{voter};{named}" for voter, named in enumerate(ballots))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _home(projects: int, chance: random.Random) -> list[float]:
    """How much a neighborhood likes each project, summed up: a few of its own very much, the well-known ones some."""
    own = set(chance.sample(range(projects), 8))
    return list(accumulate(1 / (place + 3) + (place in own) for place in range(projects)))


def write_wards(folder: Path, *, wards: int = WARDS, ballots: int = WARD_BALLOTS) -> list[Path]:
    """`.blt` files: three or four seats, four to eleven candidates, one to four names on a ballot."""
    return [_write_ward(folder / f"ward{number}.blt", random.Random(number), ballots) for number in range(wards)]


def _write_ward(path: Path, chance: random.Random, ballots: int) -> Path:
    candidates, seats = chance.randint(4, 11), chance.randint(3, 4)
    liked = [chance.random() + 0.1 for _ in range(candidates)]
    counts: dict[str, int] = {}
    for _ in range(ballots):
        named = dict.fromkeys(chance.choices(range(1, candidates + 1), liked, k=chance.randint(1, 4)))
        order = " ".join(map(str, named))
        counts[order] = counts.get(order, 0) + 1
    lines = [f"{candidates} {min(seats, candidates)}", *(f"{many} {order} 0" for order, many in counts.items()), "0"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
