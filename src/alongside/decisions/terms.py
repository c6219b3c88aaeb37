"""From the rows of a decision to what the rules count by: its terms, its rolls and its ballots."""

from fractions import Fraction

from alongside.decisions.models import Ballot, Decision, Option, RollEntry
from alongside.decisions.rules.exact import share
from alongside.decisions.rules.kinds import Cast, Choice, Terms
from alongside.decisions.rules.recounting import quorum_of
from alongside.decisions.rules.sides import HALF


def terms_of(decision: Decision) -> Terms:
    """What was laid down when voting opened."""
    kept = decision.settings
    threshold: Fraction = share(kept["threshold"]) if "threshold" in kept else HALF
    return Terms(
        rule=decision.rule,
        quorum=quorum_of(kept["quorum"]["kind"], kept["quorum"]["share"]),
        threshold=threshold,
        choices=tuple(Choice(one.number, one.name, one.cost, one.side) for one in Option.objects.on(decision)),
        seats=kept.get("seats", 1),
        budget=kept.get("budget", 0),
        seed=decision.lot_seed,
    )


def rolls_of(decision: Decision) -> dict[str, int]:
    """How many people are on the roll of each side, in the order of the sides."""
    on_roll = dict.fromkeys(decision.sides, 0)
    for side in RollEntry.objects.on(decision).values_list("side", flat=True):
        on_roll[side] += 1
    return on_roll


def ballots_of(decision: Decision) -> list[Cast]:
    """The ballots of a closed decision, in an order that tells nothing."""
    return list(Ballot.objects.on(decision).order_by("pk").values_list("side", "choice"))
