"""Who may hold what the design gives to a role or a side: jobs, and hosting a class."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q

from alongside.people.models import Membership, Role, RoleHeld
from alongside.programs.actions.belonging import NotOfThisProgram, sides_in
from alongside.programs.gaps import COMMUNITY_ROLES
from alongside.programs.models import Enrolment, Program
from alongside.programs.rules.words import SIDES
from alongside.safeguarding import pool


def may_hold(
    program: Program, design: Mapping[str, Any], membership: Membership, *, role: str, side: str, at: datetime
) -> bool:
    """Does somebody belong to the program, and to the side and the role that are asked for ("" asks for none)?"""
    theirs = sides_in(program, membership, at=at)
    if not theirs or (side and SIDES[side] not in theirs):
        return False
    return not role or has_role(program, design, membership, role, at=at)


def has_role(program: Program, design: Mapping[str, Any], membership: Membership, role: str, *, at: datetime) -> bool:
    """They have the role in this program, or are in the community what the design says of it."""
    who = design.get("roles", {}).get(role, {}).get("who")
    takes_part = Enrolment.objects.on(program).here().filter(membership=membership)
    if takes_part.filter(role=role).exists():
        return True
    if who not in COMMUNITY_ROLES:
        return who == "participant" and takes_part.exists()
    held = RoleHeld.objects.of(program.community).on(program.community.day_of(at)).filter(membership=membership)
    return bool(held.filter(Q(group=None) | Q(group=program.group_id), role=COMMUNITY_ROLES[who]).exists())


def lacks(program: Program, design: Mapping[str, Any], membership: Membership, role: str, *, at: datetime) -> list[str]:
    """The checks that a role asks for and that somebody does not have today, by name."""
    needs = design.get("roles", {}).get(role, {}).get("needs", [])
    if not needs:
        return []
    kinds = pool.named(program.community, needs)
    missing = pool.missing(membership.person, kinds.values(), on=program.community.day_of(at))
    return [name for name in needs if name not in kinds] + [kind.name for kind in missing]


def check_asker(program: Program, membership: Membership, *, at: datetime) -> None:
    """Raises NotOfThisProgram for who asks people of a program without being one of them or keeping it going."""
    keeps = RoleHeld.objects.of(program.community).on(program.community.day_of(at)).filter(membership=membership)
    if not sides_in(program, membership, at=at) and not (
        keeps.filter(group=None, role__in=[Role.COORDINATOR, Role.STEWARD]).exists()
    ):
        raise NotOfThisProgram
