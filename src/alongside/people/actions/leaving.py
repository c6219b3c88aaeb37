"""A goodbye: leaving one community, and being erased from all. The books of others stay."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q

from alongside.kernel import activity
from alongside.kernel.channels import Channel
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.people import departures
from alongside.people.actions.bodies import refuse_the_last_adult
from alongside.people.actions.details import NotYoursToChange
from alongside.people.actions.roles import NEVER_NOBODY, refuse_the_last
from alongside.people.exporting import export_zip
from alongside.people.models import (
    BodyMember,
    Community,
    ContactShare,
    Delegation,
    Membership,
    Person,
    RoleHeld,
)


@transaction.atomic
def leave_community(
    *,
    membership: Membership,
    by: Person,
    at: datetime,
    even_the_last: bool = False,
    channel: Channel = Channel.WEB,
) -> Membership:
    """End a membership: roles, places and agreements end; history and books stay.

    Raises LastOfTheirKind for the last coordinator or steward unless `even_the_last`, LastAdult while
    children of a household would stay alone, and SomeoneElseWasFaster when the membership has ended already.
    """
    community = membership.community
    Community.objects.select_for_update(no_key=True).get(pk=community.pk)
    if not even_the_last:
        refuse_the_last(membership, list(NEVER_NOBODY), on=community.day_of(at))
    refuse_the_last_adult(membership)
    _end_membership(membership, by=by, at=at)
    activity.log(
        did="people.left",
        about_what=membership,
        by_id=by.pk,
        at=at,
        on_behalf_of_id=membership.person_id if by != membership.person else None,
        channel=channel,
    )
    return membership


@transaction.atomic
def erase_person(
    *,
    person: Person,
    by: Person | None,
    at: datetime,
    even_the_last: bool = False,
    channel: Channel = Channel.WEB,
) -> Person:
    """Wipe everything about a person in every community; what is left is "former member".

    Every room wipes its own words; ids, minutes and dates of the books stay. The same human
    being's merged records go too. Raises LastOfTheirKind unless `even_the_last`, and LastAdult while
    children of a household would stay alone.
    """
    mine = Membership.objects.current().of_person(person).select_related("community", "person")
    # In one order for everybody, so that two goodbyes never wait for each other.
    for membership in mine.order_by("community_id"):
        Community.objects.select_for_update(no_key=True).get(pk=membership.community_id)
        if not even_the_last:
            refuse_the_last(membership, list(NEVER_NOBODY), on=membership.community.day_of(at))
        refuse_the_last_adult(membership)
        _end_membership(membership, by=by, at=at)
    for record in Person.objects.filter(Q(pk=person.pk) | Q(merged_into=person)):
        for room in departures.rooms():
            room.erase(record, by=by, at=at)
        _empty(record, at)
    person.refresh_from_db()
    activity.log(
        did="people.erased",
        about_what=person,
        by_id=by.pk if by else None,
        at=at,
        on_behalf_of_id=person.pk if by and by != person else None,
        channel=channel,
    )
    return person


@transaction.atomic
def erase_kept_person(
    *, membership: Membership, by: Person, at: datetime, channel: Channel, even_the_last: bool = False
) -> Person:
    """Erase somebody who has no screen, at their own word, which reached a coordinator by `channel`.

    Raises NotYoursToChange for people who have signed in or belong elsewhere too: that is theirs to do.
    """
    person = Person.objects.select_for_update(no_key=True).get(pk=membership.person_id)
    _only_kept(person, membership)
    return erase_person(person=person, by=by, at=at, even_the_last=even_the_last, channel=channel)


@transaction.atomic
def hand_over_everything(*, membership: Membership, by: Person, at: datetime, channel: Channel) -> bytes:
    """The file of everything of somebody who has no screen, asked for by `channel`; who took it out is written down.

    Raises NotYoursToChange like `erase_kept_person`.
    """
    _only_kept(membership.person, membership)
    activity.log(
        did="people.everything_handed_over",
        about_what=membership,
        by_id=by.pk,
        at=at,
        on_behalf_of_id=membership.person_id,
        channel=channel,
    )
    return export_zip(membership.person)


def _only_kept(person: Person, membership: Membership) -> None:
    if not person.is_kept_by(membership.community_id):
        raise NotYoursToChange


def _end_membership(membership: Membership, *, by: Person | None, at: datetime) -> None:
    for room in departures.rooms():
        if room.leave is not None:
            room.leave(membership, by=by, at=at)
    if not Membership.objects.of(membership.community).filter(pk=membership.pk, left_at=None).update(left_at=at):
        raise SomeoneElseWasFaster
    membership.left_at = at


def leave_own_rows(membership: Membership, *, by: Person | None, at: datetime) -> None:
    """End what the people room itself holds for a membership."""
    community = membership.community
    today = community.day_of(at)
    running = RoleHeld.objects.of(community).filter(membership=membership, ended_at=None)
    running.filter(starts_on__gt=today).delete()
    running.filter(Q(ends_on=None) | Q(ends_on__gte=today)).update(ends_on=today, ended_at=at, ended_by=by)
    BodyMember.objects.of(community).filter(membership=membership).delete()
    agreements = Delegation.objects.of(community).filter(ended_at=None)
    agreements.filter(Q(membership=membership) | Q(helper=membership)).update(ended_at=at, ended_by=by)
    ContactShare.objects.of(community).open().with_member(membership).update(ended_at=at)


def erase_own_rows(person: Person, *, by: Person | None, at: datetime) -> None:
    """Wipe what the people room itself holds about a person; `_empty` wipes the person's row last."""
    mine = Membership.objects.of_person(person)
    Delegation.objects.filter(Q(membership__in=mine) | Q(helper__in=mine)).update(consent_words="")
    ContactShare.objects.filter(Q(asker__in=mine) | Q(asked__in=mine)).delete()
    person.join_requests.all().delete()
    mine.update(area="", contact_shown=Membership.ContactShown.NOBODY)
    EmailAddress.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()


def _empty(person: Person, at: datetime) -> None:
    for field in ("name", "search_name", "unproved_email", "phone", "other_phone", "address", "gender"):
        setattr(person, field, "")
    person.email = person.born_on = person.last_login = None
    person.erased_at = at
    person.set_unusable_password()
    person.save()
