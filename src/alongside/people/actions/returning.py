"""Somebody whose record was emptied comes back with the same record."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from alongside.kernel import activity
from alongside.kernel.channels import Channel
from alongside.people.actions.members import begin_membership, place_email
from alongside.people.models import Membership, Person, Role


@transaction.atomic
def fill_again(
    *,
    membership: Membership,
    name: str,
    by: Person | None,
    at: datetime,
    email: str | None = None,
    joined_on: date | None = None,
    roles: Iterable[str] = (Role.PARTICIPANT,),
    channel: Channel = Channel.WEB,
    **details: Any,
) -> Membership:
    """Fill an erased person's record anew and let them belong again, with the member number they had.

    For files moved in a second time, when an undo and nobody's wish had emptied the record. `details` are fields
    of Person. Raises EmailKnownHere, or AlreadyBelongs when the membership has not ended.
    """
    person = membership.person
    person.erased_at = None
    person.rename(name)
    for field, value in {**place_email(email, community=membership.community, owner=person), **details}.items():
        setattr(person, field, value)
    person.save()
    again = begin_membership(
        community=membership.community, person=person, roles=roles, by=by, at=at, joined_on=joined_on
    )
    activity.log(did="people.filled_again", about_what=again, by_id=by.pk if by else None, at=at, channel=channel)
    return again
