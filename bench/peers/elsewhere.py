"""What runs in the Python of the other libraries: reads jobs from its input, one a line, and answers with what it took.

Of itself it imports the standard library alone, so that it starts wherever any of them is installed.
"""

import importlib
import importlib.metadata
import json
import os
import sys
import time
import warnings
from collections.abc import Callable
from typing import Any

LIBRARIES = ("pabutools", "pref_voting", "pyrankvote", "abcvoting", "red-dwarf")
Once = Callable[[], Any]


def pabutools_shares(path: str) -> Once:
    return _pabutools(path, lambda rules, instance, voters, by: rules.method_of_equal_shares(instance, voters, by))


def pabutools_add1(path: str) -> Once:
    """Its own meaning of Add1: raise until no project fits any more."""
    return _pabutools(
        path,
        lambda rules, instance, voters, by: rules.method_of_equal_shares(
            instance, voters, by, voter_budget_increment=1
        ),
    )


def pabutools_greedy(path: str) -> Once:
    return _pabutools(path, lambda rules, instance, voters, by: rules.greedy_utilitarian_welfare(instance, voters, by))


def _pabutools(path: str, bought: Callable[[Any, Any, Any, Any], Any]) -> Once:
    """Satisfaction is the money of the projects one named; equal ballots are put together, as ours are."""
    election, rules = _load("pabutools.election"), _load("pabutools.rules")
    instance, profile = election.parse_pabulib(path)
    voters = profile.as_multiprofile()
    return lambda: sorted(project.name for project in bought(rules, instance, voters, election.Cost_Sat))


def pref_voting_scottish(path: str) -> Once:
    methods, wards = _load("pref_voting.proportional_methods"), _read(path)
    profiles = [(_profile(ward), ward["seats"]) for ward in wards]
    return lambda: [sorted(map(str, methods.stv_scottish(profile, num_seats=seats))) for profile, seats in profiles]


def pref_voting_schulze(path: str) -> Once:
    """Its method of beat paths, by ballots for the winner of a pair, as ours; it knows margins as well.

    The comparison of pairs is part of the count, so a profile is made each time.
    """
    methods, (ward,) = _load("pref_voting.margin_based_methods"), _read(path)

    def once() -> list[str]:
        profile = _profile(ward)
        profile.use_extended_strict_preference()
        return sorted(map(str, methods.beat_path(profile, strength_function=profile.support)))

    return once


def _profile(ward: dict[str, Any]) -> Any:
    profiles = _load("pref_voting.profiles_with_ties")
    orders = [{int(one): place for place, one in enumerate(order, 1)} for order, _ in ward["ballots"]]
    counts = [many for _, many in ward["ballots"]]
    return profiles.ProfileWithTies(orders, counts, candidates=list(map(int, ward["candidates"])))


def pyrankvote_stv(path: str) -> Once:
    """It has no numbers of equal ballots, so each ballot is one of its own."""
    library, prepared = _load("pyrankvote"), []
    for ward in _read(path):
        candidates = {one: library.Candidate(one) for one in ward["candidates"]}
        ballots = [
            library.Ballot(ranked_candidates=[candidates[one] for one in order])
            for order, many in ward["ballots"]
            for _ in range(many)
        ]
        prepared.append((list(candidates.values()), ballots, ward["seats"]))

    def elected(ward: tuple[Any, ...]) -> list[str] | None:
        try:
            count = library.single_transferable_vote(*ward)
        except RuntimeError:  # it stops with "Illegal state" on some wards
            return None
        return sorted(one.name for one in count.get_winners())

    return lambda: [elected(ward) for ward in prepared]


def abcvoting_phragmen(path: str, seats: int) -> Once:
    preferences, rules = _load("abcvoting.preferences"), _load("abcvoting.abcrules")
    found = _read(path)
    profile = preferences.Profile(found["projects"])
    for named, many in found["ballots"]:
        profile.add_voter(preferences.Voter(named, weight=many))
    return lambda: sorted(rules.compute("seqphragmen", profile, committeesize=seats)[0])


def reddwarf_groups(path: str) -> Once:
    polis, votes = _load("reddwarf.implementations.polis"), _read(path)

    def once() -> dict[str, int]:
        people = polis.run_pipeline(votes=votes).participants_df
        return {str(who): int(group) for who, group in people["cluster_id"].dropna().items()}

    return once


JOBS: dict[str, Callable[..., Once]] = {
    job.__name__: job
    for job in (
        pabutools_shares, pabutools_add1, pabutools_greedy, pref_voting_scottish, pref_voting_schulze, pyrankvote_stv,
        abcvoting_phragmen, reddwarf_groups,
    )
}  # fmt: skip


def _load(module: str) -> Any:
    return importlib.import_module(module)


def _read(path: str) -> Any:
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def installed() -> dict[str, str]:
    """The version of each library that is there."""
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def main() -> None:
    # Libraries print as they like; what they print must not be taken for an answer.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    warnings.simplefilter("ignore")
    prepared: dict[str, Once] = {}

    def tell(what: Any) -> None:
        answers.write(json.dumps(what) + "\n")
        answers.flush()

    tell(installed())
    for line in sys.stdin:
        asked = json.loads(line)
        if line not in prepared:
            prepared[line] = JOBS[asked["job"]](asked["file"], **asked["more"])
        began = time.process_time()
        found = prepared[line]()
        tell({"busy": time.process_time() - began, "found": found})


if __name__ == "__main__":
    main()
