"""Every change to people and communities has a name here; one module a subject."""

from alongside.people.actions.communities import AddressTaken, create_community
from alongside.people.actions.members import (
    AlreadyBelongs,
    EmailKnownHere,
    NameMissing,
    NumberTaken,
    add_person,
    begin_membership,
)
from alongside.people.actions.roles import (
    EndsBeforeItStarts,
    LastOfTheirKind,
    RoleHeldAlready,
    end_role,
    give_role,
)

__all__ = [
    "AddressTaken",
    "AlreadyBelongs",
    "EmailKnownHere",
    "EndsBeforeItStarts",
    "LastOfTheirKind",
    "NameMissing",
    "NumberTaken",
    "RoleHeldAlready",
    "add_person",
    "begin_membership",
    "create_community",
    "end_role",
    "give_role",
]
