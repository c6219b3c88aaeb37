"""Who may vote on a proposal, and for which side: reckoned when voting opens, and shown before."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.db.models import Q

from alongside.decisions.models import Proposal, SideChoice
from alongside.people.models import BodyMember, Community, Membership, RoleHeld
from alongside.people.permissions import kin_in
from alongside.people.rules.constituencies import constituencies


@dataclass(frozen=True)
class Rolls:
    """`of`: the members of each side. `unsaid`: those with several sides who have not said which, and their sides."""

    of: Mapping[str, list[Membership]]
    unsaid: Mapping[Membership, tuple[str, ...]]


class OfAGroup(Protocol):
    """Something of a community, or of one of its groups: a proposal, a meeting, a program."""

    @property
    def community(self) -> Community: ...

    @property
    def group_id(self) -> Any: ...


def sides_of_members(about: OfAGroup, *, on: date, only: Membership | None = None) -> dict[Membership, tuple[str, ...]]:
    """Everybody of 18 or more whom it concerns, with every side they may speak for; or one of them alone."""
    community = about.community
    members = Membership.objects.of(community).current().grown(on=on).select_related("person").by_name()
    if only is not None:
        members = members.filter(pk=only.pk)
    if about.group_id is not None:
        in_group = BodyMember.objects.of(community).filter(group=about.group_id).values("membership")
        leading = RoleHeld.objects.of(community).on(on).filter(group=about.group_id).values("membership")
        members = members.filter(Q(pk__in=in_group) | Q(pk__in=leading))
    roles, kin = _roles(about, on=on), kin_in(community, on=on)
    found = {
        member: tuple(map(str, constituencies(roles.get(member.pk, ()), is_kin=member.pk in kin))) for member in members
    }
    return {member: sides for member, sides in found.items() if sides}


def _roles(about: OfAGroup, *, on: date) -> dict[object, set[str]]:
    held = RoleHeld.objects.of(about.community).on(on)
    held = held.filter(Q(group=None) | Q(group=about.group_id)) if about.group_id else held.filter(group=None)
    found: dict[object, set[str]] = {}
    for membership_id, role in held.values_list("membership_id", "role"):
        found.setdefault(membership_id, set()).add(role)
    return found


def rolls_for(proposal: Proposal, sides: Collection[str], *, on: date) -> Rolls:
    """The rolls as they would be if voting opened on that day between these sides."""
    chosen = dict(SideChoice.objects.of(proposal.community).filter(proposal=proposal).values_list("membership", "side"))
    of: dict[str, list[Membership]] = {side: [] for side in sides}
    unsaid: dict[Membership, tuple[str, ...]] = {}
    for member, may_speak_for in sides_of_members(proposal, on=on).items():
        apply = tuple(side for side in may_speak_for if side in of)
        said = chosen.get(member.pk)
        if len(apply) > 1 and said not in apply:
            unsaid[member] = apply
        elif apply:
            of[str(said) if said in apply else apply[0]].append(member)
    return Rolls(of, unsaid)
