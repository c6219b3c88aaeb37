"""Who may do what with people: a person's standing in a community, and predicates over it.

Every predicate takes a `Standing` and, where it concerns one, a thing of the same community.
Other rooms write theirs in their own `permissions.py` with the helpers from here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import rules

from alongside.people.models import Community, Membership, Person, Role, RoleHeld


@dataclass(frozen=True)
class Standing:
    """One person in one community, with the roles that hold today."""

    person: Person
    community: Community
    membership: Membership
    roles: frozenset[str]
    group_roles: Mapping[UUID, frozenset[str]] = field(default_factory=dict)

    def has(self, *roles: Role) -> bool:
        """True when at least one of `roles` holds in the whole community."""
        return not self.roles.isdisjoint(roles)

    def has_in(self, group_id: UUID, *roles: Role) -> bool:
        """True when at least one of `roles` holds in the group or in the whole community."""
        return self.has(*roles) or not self.group_roles.get(group_id, frozenset()).isdisjoint(roles)


def standing_of(person: Person, community: Community, *, on: date) -> Standing | None:
    """The person's standing in the community on a day; None when they do not belong."""
    membership = Membership.objects.of(community).current().filter(person=person).first()
    if membership is None:
        return None
    membership.person, membership.community = person, community
    held = RoleHeld.objects.of(community).filter(membership=membership).on(on).values_list("group_id", "role")
    in_groups: dict[UUID, set[str]] = {}
    for group_id, role in held:
        in_groups.setdefault(group_id, set()).add(role)
    community_wide = frozenset(in_groups.pop(None, set()))  # type: ignore[call-overload]
    return Standing(
        person=person,
        community=community,
        membership=membership,
        roles=community_wide,
        group_roles={group: frozenset(roles) for group, roles in in_groups.items()},
    )


def any_of(*roles: Role) -> rules.Predicate:
    """A predicate that holds for people with at least one of the roles in the whole community."""

    @rules.predicate(name=f"any_of:{','.join(sorted(roles))}")
    def holds_a_role(standing: Standing, thing: Any = None) -> bool:
        return standing.has(*roles)

    return holds_a_role


@rules.predicate
def belongs(standing: Standing, thing: Any = None) -> bool:
    """Anyone who belongs to the community."""
    return True


is_coordinator = any_of(Role.COORDINATOR)
is_steward = any_of(Role.STEWARD)
is_commissioner = any_of(Role.COMMISSIONER)
keeps_the_books = any_of(Role.COORDINATOR, Role.STEWARD)

rules.add_perm("people.see_noticeboard", belongs)
