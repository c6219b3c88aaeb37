"""Persons, communities, memberships, roles, and the bodies people form."""

from alongside.people.models.base import CommunityModel, CommunityQuerySet, HouseForeignKey
from alongside.people.models.community import Community
from alongside.people.models.groups import Body, BodyMember, Group, Household, Organisation
from alongside.people.models.membership import Membership, Role, RoleHeld
from alongside.people.models.person import Person

__all__ = [
    "Body",
    "BodyMember",
    "Community",
    "CommunityModel",
    "CommunityQuerySet",
    "Group",
    "HouseForeignKey",
    "Household",
    "Membership",
    "Organisation",
    "Person",
    "Role",
    "RoleHeld",
]
