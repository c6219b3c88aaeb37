"""Other libraries that count: timed where somebody installed them by hand, never depended on.

`pip install pabutools pref_voting abcvoting` into the environment of the benchmark; they are told as missing otherwise.
"""

import importlib
import importlib.util
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from alongside.decisions.files.reading import Rankings
from alongside.decisions.rules.budgeting.election import Election


def installed(library: str) -> bool:
    return importlib.util.find_spec(library) is not None


def pabutools_shares(path: Path) -> Callable[[], set[str]]:
    """Plain Equal Shares by pabutools, from reading the file on."""
    election: Any = importlib.import_module("pabutools.election")
    rules: Any = importlib.import_module("pabutools.rules")

    def once() -> set[str]:
        instance, profile = election.parse_pabulib(str(path))
        bought = rules.method_of_equal_shares(instance, profile.as_multiprofile(), sat_class=election.Cost_Sat)
        return {project.name for project in bought}

    return once


def pref_voting_scottish(wards: Sequence[Rankings]) -> Callable[[], list[set[str]]]:
    """Scottish transferable votes by pref_voting, ballots already read."""
    profiles: Any = importlib.import_module("pref_voting.profiles_with_ties")
    methods: Any = importlib.import_module("pref_voting.proportional_methods")

    def once() -> list[set[str]]:
        elected = []
        for ward in wards:
            orders = [{int(one): place for place, one in enumerate(order, 1)} for order, _ in ward.strict()]
            profile = profiles.ProfileWithTies(orders, [many for _, many in ward.strict()])
            elected.append({str(one) for one in methods.stv_scottish(profile, num_seats=ward.seats)})
        return elected

    return once


def abcvoting_phragmen(election: Election, seats: int) -> Callable[[], set[str]]:
    """Sequential Phragmén by abcvoting, every project costing one seat."""
    preferences: Any = importlib.import_module("abcvoting.preferences")
    rules: Any = importlib.import_module("abcvoting.abcrules")
    profile = preferences.Profile(len(election.projects))
    for group in election.ballots:
        if group.projects:
            profile.add_voter(preferences.Voter(group.projects, weight=group.count))

    def once() -> set[str]:
        (committee, *_) = rules.compute("seqphragmen", profile, committeesize=seats)
        return {election.id(place) for place in committee}

    return once
