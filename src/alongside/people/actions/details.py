"""What is written down about a person, changed by themself or by a coordinator."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from alongside.kernel import activity
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal
from alongside.kernel.text import clean_text
from alongside.people.actions.members import NameMissing, place_email
from alongside.people.models import Membership, Person

OWN_FIELDS = frozenset({"phone", "other_phone", "address", "born_on", "gender", "language", "preferred_channel"})


class NotYoursToChange(Refusal):
    """The person looks after these details themself, or is too young to change their date of birth."""


@transaction.atomic
def change_details(
    *, person: Person, name: str, by: Person, at: datetime, channel: Channel = Channel.WEB, **details: Any
) -> Person:
    """Write down a person's own details anew; `details` are some of OWN_FIELDS.

    Raises NameMissing, or NotYoursToChange when somebody under 18 would change their date of birth.
    """
    born_on = details.get("born_on", person.born_on)
    if not person.acts_alone(timezone.localdate(at)) and born_on != person.born_on:
        raise NotYoursToChange
    _write(person, name, details)
    activity.log(
        did="people.details_changed",
        about_what=person,
        by_id=by.pk,
        at=at,
        on_behalf_of_id=person.pk if by != person else None,
        channel=channel,
    )
    return person


@transaction.atomic
def change_for_member(
    *,
    membership: Membership,
    name: str,
    email: str | None,
    by: Person,
    at: datetime,
    channel: Channel = Channel.WEB,
    **details: Any,
) -> Person:
    """Write down details for a member who does not keep them themself, e-mail included.

    Raises NotYoursToChange for people who have signed in or belong elsewhere too: whoever could
    change their e-mail could sign in as them. Raises NameMissing or EmailKnownHere.
    """
    person = membership.person
    if not person.is_kept_by(membership.community_id):
        raise NotYoursToChange
    _write(person, name, details, **place_email(email, community=membership.community, owner=person))
    activity.log(
        did="people.details_changed",
        about_what=person,
        by_id=by.pk,
        at=at,
        community_id=membership.community_id,
        on_behalf_of_id=person.pk,
        channel=channel,
    )
    return person


@transaction.atomic
def change_place(
    *,
    membership: Membership,
    area: str,
    contact_shown: str,
    by: Person,
    at: datetime,
    channel: Channel = Channel.WEB,
) -> Membership:
    """Set what belongs to one community: the part of town, and who sees how to reach the member."""
    membership.area = clean_text(area, max_length=80)
    membership.contact_shown = contact_shown
    membership.save(update_fields=["area", "contact_shown"])
    activity.log(
        did="people.membership_changed",
        about_what=membership,
        by_id=by.pk,
        at=at,
        on_behalf_of_id=membership.person_id if by != membership.person else None,
        channel=channel,
    )
    return membership


def _write(person: Person, name: str, details: dict[str, Any], **email: str | None) -> None:
    """Save these fields alone: what else changes at the same moment, such as a password, stays."""
    if stray := set(details) - OWN_FIELDS:
        raise TypeError(f"not details of a person: {sorted(stray)}")
    if not clean_text(name, max_length=120):
        raise NameMissing
    person.rename(name)
    fields = {**details, **email}
    for field, value in fields.items():
        setattr(person, field, value)
    person.save(update_fields=["name", "search_name", *fields])
