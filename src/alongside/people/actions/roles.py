"""Roles are given for a time and end, in the whole community or in one group."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from alongside.kernel import activity, undo
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people import undoing
from alongside.people.models import Community, Group, Membership, Person, Role, RoleHeld
from alongside.people.models.membership import RoleHeldQuerySet

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

    Raises EndsBeforeItStarts, RoleHeldAlready, or SomeoneElseWasFaster when the member has left.
    `by` may take it back for ten seconds.
    """
    community = membership.community
    starts_on = starts_on or community.day_of(at)
    if ends_on is not None and ends_on < starts_on:
        raise EndsBeforeItStarts
    if Membership.objects.of(community).select_for_update(no_key=True).get(pk=membership.pk).left_at:
        raise SomeoneElseWasFaster
    given = RoleHeld(
        community=community,
        membership=membership,
        role=role,
        group=group,
        starts_on=starts_on,
        ends_on=ends_on,
        given_by=by,
    )
    if overlapping := _at_the_same_time(given).first():
        raise RoleHeldAlready(role_held=overlapping)
    first = not Membership.objects.of(community).current().holding(role, on=community.day_of(at)).exists()
    given.save(force_insert=True)
    activity.log(did="people.role_given", about_what=given, by_id=by.pk if by else None, at=at, channel=channel)
    undoing.offer("people.give_role", given, by=by, at=at, first_of_their_kind=first)
    return given


@undo.inverse("people.give_role")
def take_role_back(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """The role was never held. Raises SomeoneElseWasFaster when it has ended, and LastOfTheirKind when the
    community would be left without one that it had before."""
    given = RoleHeld.objects.filter(pk=args["row"], ended_at=None).select_related("community", "membership").first()
    if given is None:
        raise SomeoneElseWasFaster
    Community.objects.select_for_update(no_key=True).get(pk=given.community_id)
    if given.group_id is None and not args["first_of_their_kind"]:
        refuse_the_last(given.membership, [given.role], on=given.community.day_of(at))
    undoing.log("people.role_giving_undone", given, by=by, at=at)
    gone, _ = RoleHeld.objects.of(given.community).filter(pk=given.pk, ended_at=None).delete()
    if not gone:
        raise SomeoneElseWasFaster


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
    SomeoneElseWasFaster when the role has ended already. `by` may take it back for ten seconds.
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
    ended_on_before = ended.values_list("ends_on", flat=True).first()
    if not ended.update(ends_on=last_day, ended_at=at, ended_by=by):
        raise SomeoneElseWasFaster
    role_held.refresh_from_db()
    activity.log(did="people.role_ended", about_what=role_held, by_id=by.pk if by else None, at=at, channel=channel)
    before = ended_on_before.isoformat() if ended_on_before else None
    undoing.offer("people.end_role", role_held, by=by, at=at, ends_on=before)
    return role_held


@undo.inverse("people.end_role")
def hold_role_again(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """The role holds as before. Raises SomeoneElseWasFaster when the member has left or holds it anew."""
    ended = RoleHeld.objects.filter(pk=args["row"], ended_at=undoing.moment_of(args))
    role_held = ended.select_related("community").first()
    if role_held is None:
        raise SomeoneElseWasFaster
    undoing.refuse_unless_here(role_held.community_id, role_held.membership_id)
    role_held.ends_on = date.fromisoformat(args["ends_on"]) if args["ends_on"] else None
    if _at_the_same_time(role_held).exists():
        raise SomeoneElseWasFaster
    undoing.bring_back(ended, ends_on=role_held.ends_on, ended_at=None, ended_by=None)
    undoing.log("people.role_ending_undone", role_held, by=by, at=at)


def _at_the_same_time(wanted: RoleHeld) -> RoleHeldQuerySet:
    """Roles of this kind that the member already holds during the days of `wanted`."""
    held: RoleHeldQuerySet = RoleHeld.objects.of(wanted.community).filter(
        membership=wanted.membership_id, role=wanted.role, group=wanted.group_id, ended_at=None
    )
    if wanted.ends_on is not None:
        held = held.filter(starts_on__lte=wanted.ends_on)
    return held.filter(Q(ends_on=None) | Q(ends_on__gte=wanted.starts_on))


def refuse_the_last(membership: Membership, roles: list[str], *, on: date) -> None:
    """Raise LastOfTheirKind when the member alone holds one of `roles` that a community needs."""
    held = RoleHeld.objects.of(membership.community).filter(membership=membership, group=None).on(on)
    for role in held.filter(role__in=[role for role in roles if role in NEVER_NOBODY]).values_list("role", flat=True):
        others = Membership.objects.of(membership.community).current().holding(role, on=on)
        if not others.exclude(pk=membership.pk).exists():
            raise LastOfTheirKind(role=role)
