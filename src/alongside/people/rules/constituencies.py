"""The sides of a joint decision, derived from what people are in the community."""

from collections.abc import Collection
from enum import StrEnum


class Constituency(StrEnum):
    USES = "uses"  # people who use it
    PROVIDES = "provides"  # people who provide it
    KIN = "kin"  # family and neighbors
    FUNDS = "funds"  # funders
    KEEPS = "keeps"  # people who look after the community


_SIDES_OF_ROLE = {
    "participant": (Constituency.USES,),
    # Grown from a participant, and now giving the program too: they say which side they speak for.
    "peer_leader": (Constituency.USES, Constituency.PROVIDES),
    "professional": (Constituency.PROVIDES,),
    "coordinator": (Constituency.PROVIDES,),
    "steward": (Constituency.KEEPS,),
    "commissioner": (Constituency.FUNDS,),
}


def constituencies(roles: Collection[str], *, is_kin: bool = False) -> tuple[Constituency, ...]:
    """The sides somebody with `roles` may speak for, in the order of `Constituency`.

    `is_kin`: lives with, or acts for, somebody who uses the program. More than one side means
    that the person says which; nobody speaks for two sides of one decision.
    """
    sides = {side for role in roles for side in _SIDES_OF_ROLE.get(role, ())}
    if is_kin:
        sides.add(Constituency.KIN)
    return tuple(side for side in Constituency if side in sides)
