"""Roles are given for a time and end, in the whole community or in one group."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from alongside.kernel import activity
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people.models import Community, Group, Membership, Person, Role, RoleHeld

# A community without one of these cannot look after itself.
NEVER_NOBODY = (Role.COORDINATOR, Role.STEWARD)


class RoleHeldAlready(Refusal):
    """The person holds this role, in this scope, during this time; `role_held` is the row."""

    def __init__(self, *, role_held: RoleHeld) -> None:
        super().__init__(role_held.role)
        self.role_held = role_held


class EndsBeforeItStarts(Refusal):
    """The last day lies before the first."""


class LastOfTheirKind(Refusal):
    """Nobody else holds `role` in the community, and it cannot do without."""

    def __init__(self, *, role: str) -> None:
        super().__init__(role)
        self.role = role


@transaction.atomic
def give_role(
    *,
    membership: Membership,
    role: str,
    by: Person | None,
    at: datetime,
    group: Group | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    channel: Channel = Channel.WEB,
) -> RoleHeld:
    """Let a member hold `role` from `starts_on` (today when None) to `ends_on`, both days included.

    Raises EndsBeforeItStarts or RoleHeldAlready.
    """
    community = membership.community
    starts_on = starts_on or community.day_of(at)
    if ends_on is not None and ends_on < starts_on:
        raise EndsBeforeItStarts
    Membership.objects.of(community).select_for_update(no_key=True).get(pk=membership.pk)
    held = RoleHeld.objects.of(community).filter(membership=membership, role=role, group=group, ended_at=None)
    if ends_on is not None:
        held = held.filter(starts_on__lte=ends_on)
    if overlapping := held.filter(Q(ends_on=None) | Q(ends_on__gte=starts_on)).first():
        raise RoleHeldAlready(role_held=overlapping)
    given = RoleHeld.objects.create(
        community=community,
        membership=membership,
        role=role,
        group=group,
        starts_on=starts_on,
        ends_on=ends_on,
        given_by=by,
    )
    activity.log(did="people.role_given", about_what=given, by_id=by.pk if by else None, at=at, channel=channel)
    return given


@transaction.atomic
def end_role(
    *,
    role_held: RoleHeld,
    by: Person | None,
    at: datetime,
    even_the_last: bool = False,
    channel: Channel = Channel.WEB,
) -> RoleHeld:
    """End a role at once: from the next request on it no longer holds.

    Raises LastOfTheirKind for the last coordinator or steward unless `even_the_last`, and
    SomeoneElseWasFaster when the role has ended already.
    """
    community = role_held.community
    # Two coordinators who end each other's role at once must not both succeed.
    Community.objects.select_for_update(no_key=True).get(pk=community.pk)
    today = community.day_of(at)
    if not even_the_last and role_held.group_id is None:
        refuse_the_last(role_held.membership, [role_held.role], on=today)
    ended = RoleHeld.objects.of(community).filter(pk=role_held.pk, ended_at=None)
    ended = ended.filter(Q(ends_on=None) | Q(ends_on__gte=today))
    last_day = max(today, role_held.starts_on)
    if not ended.update(ends_on=last_day, ended_at=at, ended_by=by):
        raise SomeoneElseWasFaster
    role_held.refresh_from_db()
    activity.log(did="people.role_ended", about_what=role_held, by_id=by.pk if by else None, at=at, channel=channel)
    return role_held


def refuse_the_last(membership: Membership, roles: list[str], *, on: date) -> None:
    """Raise LastOfTheirKind when the member alone holds one of `roles` that a community needs."""
    held = RoleHeld.objects.of(membership.community).filter(membership=membership, group=None).on(on)
    for role in held.filter(role__in=[role for role in roles if role in NEVER_NOBODY]).values_list("role", flat=True):
        others = Membership.objects.of(membership.community).current().holding(role, on=on)
        if not others.exclude(pk=membership.pk).exists():
            raise LastOfTheirKind(role=role)
