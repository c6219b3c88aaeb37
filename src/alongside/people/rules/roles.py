"""Who may hand on which role."""

from collections.abc import Collection

_BY_COORDINATOR = frozenset({"participant", "peer_leader", "professional", "coordinator"})
_BY_STEWARD = _BY_COORDINATOR | {"steward", "commissioner"}


def roles_in_the_gift_of(roles: Collection[str], *, stewards_exist: bool) -> frozenset[str]:
    """The roles that somebody with `roles` may give and end.

    Only stewards make stewards and commissioners, so that nobody lifts themselves up; where a
    community has no steward yet, its coordinators may name the first.
    """
    if "steward" in roles:
        return _BY_STEWARD
    if "coordinator" in roles:
        return _BY_COORDINATOR if stewards_exist else _BY_STEWARD
    return frozenset()
