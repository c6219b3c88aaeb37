"""Two records of one human being become one, inside one community, with the books intact."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models.functions import Lower

from alongside.kernel import activity
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal
from alongside.people import departures
from alongside.people.actions.members import begin_membership
from alongside.people.models import (
    BodyMember,
    Community,
    Consent,
    ContactShare,
    Delegation,
    Membership,
    Person,
    RoleHeld,
)
from alongside.people.models.membership import MembershipQuerySet

FILLED_WHEN_BLANK = ("email", "unproved_email", "phone", "other_phone", "address", "born_on", "gender")


class NotTwoRecords(Refusal):
    """Merging takes two different people who both belong to one community today."""


class CannotJoinYet(Refusal):
    """`room` cannot bring its part of the two records together as things stand; nothing was changed."""

    def __init__(self, *, room: str) -> None:
        super().__init__(room)
        self.room = room


class NotYourRecord(Refusal):
    """The record does not carry an e-mail address that this person has confirmed."""


def which_to_keep(one: Membership, other: Membership) -> tuple[Membership, Membership]:
    """(kept, dropped): kept is who has a way in or a life elsewhere, else the lower member number.

    The choice is the house's, so that it tells nobody where else a person belongs.
    """
    community_id = one.community_id
    in_order = sorted((one, other), key=lambda each: (each.person.is_kept_by(community_id), each.number))
    return in_order[0], in_order[1]


@transaction.atomic
def merge_members(
    *, one: Membership, other: Membership, by: Person, at: datetime, channel: Channel = Channel.WEB
) -> Membership:
    """Join two records of one person and return the one that stays (see `which_to_keep`).

    Every room moves what it holds. Nobody gains a way to sign in: addresses move only between
    records that no one has ever signed in with. Raises NotTwoRecords or CannotJoinYet.
    """
    community = one.community
    Community.objects.select_for_update(no_key=True).get(pk=community.pk)
    current = Membership.objects.of(community).current().filter(pk__in=[one.pk, other.pk])
    records = list(current.select_related("person", "community"))
    if len(records) != 2:
        raise NotTwoRecords
    kept, dropped = which_to_keep(*records)
    for room in departures.rooms():
        _join_in(room, kept=kept, dropped=dropped, by=by, at=at)
    if dropped.person.is_kept_by(community.pk):
        _join_persons(kept.person, dropped.person, fill=kept.person.is_kept_by(community.pk))
    dropped.left_at, dropped.merged_into = at, kept
    dropped.save(update_fields=["left_at", "merged_into"])
    activity.log(did="people.merged", about_what=dropped, by_id=by.pk, at=at, channel=channel)
    return kept


@transaction.atomic
def claim_record(*, membership: Membership, person: Person, at: datetime, channel: Channel = Channel.WEB) -> Membership:
    """Say "that is me" of a record that carries one's own confirmed e-mail address.

    Raises NotYourRecord or CannotJoinYet.
    """
    if not claimable(person).filter(pk=membership.pk).exists():
        raise NotYourRecord
    community = membership.community
    mine = Membership.objects.of(community).current().of_person(person).first() or begin_membership(
        community=community, person=person, roles=[], by=membership.added_by, at=at
    )
    return merge_members(one=mine, other=membership, by=person, at=at, channel=channel)


def claimable(person: Person) -> MembershipQuerySet:
    """Records of other people that carry an e-mail address which `person` has confirmed."""
    confirmed = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    records: MembershipQuerySet = (
        Membership.objects.current()
        .annotate(written_down=Lower("person__unproved_email"))
        .filter(written_down__in=[email.lower() for email in confirmed], person__last_login=None)
        .exclude(person=person)
        .select_related("community", "person")
    )
    return records


def _join_in(room: departures.Departure, *, kept: Membership, dropped: Membership, by: Person, at: datetime) -> None:
    if room.merge is None:
        return
    try:
        room.merge(kept=kept, dropped=dropped, by=by, at=at)
    except Refusal as refusal:
        # Rooms above have refusals of their own, whose names this room cannot know.
        raise CannotJoinYet(room=room.room) from refusal


def merge_own_rows(*, kept: Membership, dropped: Membership, by: Person, at: datetime) -> None:
    """Move what the people room itself holds from one membership to the other."""
    community = kept.community
    for role in RoleHeld.objects.of(community).filter(membership=dropped):
        _move_role(role, kept)
    _move_places(kept, dropped)
    Consent.objects.of(community).filter(membership=dropped).update(membership=kept)
    agreements = Delegation.objects.of(community).filter(ended_at=None)
    (agreements.filter(membership=dropped) | agreements.filter(helper=dropped)).update(ended_at=at, ended_by=by)
    ContactShare.objects.of(community).open().with_member(dropped).update(ended_at=at)


def _move_role(role: RoleHeld, kept: Membership) -> None:
    """Let the kept record hold a role; where it holds the same at the same time, one row covers the days of both."""
    roles = RoleHeld.objects.of(kept.community)
    theirs = roles.filter(membership=kept, role=role.role, group=role.group_id, ended_at=None)
    same = [each for each in theirs if role.ended_at is None and _overlap(each, role)]
    if not same:
        roles.filter(pk=role.pk).update(membership=kept)
        return
    both = [role, *same]
    last_days = [each.ends_on for each in both]
    roles.filter(pk__in=[role.pk, *(each.pk for each in same[1:])]).delete()
    roles.filter(pk=same[0].pk).update(
        starts_on=min(each.starts_on for each in both),
        ends_on=None if None in last_days else max(last_days),
    )


def _overlap(one: RoleHeld, other: RoleHeld) -> bool:
    begins_in_time = one.ends_on is None or other.starts_on <= one.ends_on
    return begins_in_time and (other.ends_on is None or one.starts_on <= other.ends_on)


def _move_places(kept: Membership, dropped: Membership) -> None:
    """Move places; who spoke for a body in one of the two records goes on to."""
    places = BodyMember.objects.of(kept.community)
    for place in places.filter(membership=dropped):
        same_body = {"household": place.household_id, "organisation": place.organisation_id, "group": place.group_id}
        there = places.filter(membership=kept, **same_body)
        if not there.exists():
            places.filter(pk=place.pk).update(membership=kept)
            continue
        if place.part == BodyMember.Part.SPEAKS_FOR:
            there.update(part=place.part)
        place.delete()


def _join_persons(kept: Person, dropped: Person, *, fill: bool) -> None:
    found = {field: getattr(dropped, field) for field in FILLED_WHEN_BLANK}
    dropped.merged_into, dropped.email = kept, None
    dropped.save(update_fields=["merged_into", "email"])
    if not fill:
        return
    for field, value in found.items():
        if not getattr(kept, field):
            setattr(kept, field, value)
    kept.save()
