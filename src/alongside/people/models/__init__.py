"""Persons, communities, memberships, roles, and the bodies people form."""

from alongside.people.models.base import CommunityModel, CommunityQuerySet, HouseForeignKey, HouseOneToOneField
from alongside.people.models.community import Community
from alongside.people.models.consent import Consent, ContactShare
from alongside.people.models.groups import Body, BodyMember, Group, Household, Organisation
from alongside.people.models.helping import DelegatedAbility, Delegation
from alongside.people.models.joining import Invitation, JoinRequest
from alongside.people.models.membership import Membership, Role, RoleHeld
from alongside.people.models.person import Person
from alongside.people.models.signing_in import CacheRow, Device, SignInCard, Way

__all__ = [
    "Body",
    "BodyMember",
    "CacheRow",
    "Community",
    "CommunityModel",
    "CommunityQuerySet",
    "Consent",
    "ContactShare",
    "DelegatedAbility",
    "Delegation",
    "Device",
    "Group",
    "HouseForeignKey",
    "HouseOneToOneField",
    "Household",
    "Invitation",
    "JoinRequest",
    "Membership",
    "Organisation",
    "Person",
    "Role",
    "RoleHeld",
    "SignInCard",
    "Way",
]
