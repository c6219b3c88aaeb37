"""Who reads about a gathering, who may sign up, and who looks after it."""

from datetime import date

import rules
from django.db.models import Q

from alongside.gatherings.models import Attendance, Feed, Gathering, Visibility
from alongside.gatherings.models.gatherings import GatheringQuerySet
from alongside.people.models import BodyMember, Community, Membership, Role, RoleHeld
from alongside.people.models.membership import MembershipQuerySet
from alongside.people.permissions import Standing, keeps_the_books, sees_people

INVITED = [Role.PARTICIPANT, Role.PEER_LEADER, Role.PROFESSIONAL, Role.COORDINATOR, Role.STEWARD]
# Roles that look after the gatherings of their own group.
LEADING = [Role.PEER_LEADER, Role.PROFESSIONAL, Role.COORDINATOR]


def invited_to(gathering: Gathering, *, on: date) -> MembershipQuerySet:
    """The members a gathering is for: everybody who sees people here, or those of its group."""
    held = RoleHeld.objects.of(gathering.community).on(on).filter(group=None, role__in=INVITED)
    here = Membership.objects.of(gathering.community).current().filter(pk__in=held.values("membership"))
    if gathering.group_id is not None and gathering.visibility == Visibility.GROUP:
        here = here.filter(_in_group(gathering.community, gathering.group_id, on=on))
    found: MembershipQuerySet = here.select_related("person").by_name()
    return found


def _in_group(community: Community, group_id: object, *, on: date) -> Q:
    places = BodyMember.objects.of(community).filter(group=group_id).values("membership")
    leading = RoleHeld.objects.of(community).on(on).filter(group=group_id).values("membership")
    return Q(pk__in=places) | Q(pk__in=leading)


def seen_gatherings(standing: Standing) -> GatheringQuerySet:
    """The gatherings somebody may read about: those of all, of their groups, and all for who keeps the books."""
    found: GatheringQuerySet = Gathering.objects.of(standing.community)
    if keeps_the_books(standing):
        return found
    places = BodyMember.objects.of(standing.community).filter(membership=standing.membership).exclude(group=None)
    mine = Q(group__in=places.values("group")) | Q(group__in=list(standing.group_roles))
    return found.filter(~Q(visibility=Visibility.GROUP) | mine)


@rules.predicate
def is_for_them(standing: Standing, gathering: Gathering | None = None) -> bool:
    if gathering is None or gathering.visibility != Visibility.GROUP or keeps_the_books(standing):
        return True
    if gathering.group_id in standing.group_roles:
        return True
    places = BodyMember.objects.of(standing.community).filter(group=gathering.group_id)
    return bool(places.filter(membership=standing.membership).exists())


@rules.predicate
def leads_its_group(standing: Standing, gathering: Gathering | None = None) -> bool:
    """Holds a leading role in the very group a gathering is of; where none is asked about, in any group."""
    if gathering is None:
        return any(not roles.isdisjoint(LEADING) for roles in standing.group_roles.values())
    if gathering.group_id is None:
        return False
    return not standing.group_roles.get(gathering.group_id, frozenset()).isdisjoint(LEADING)


@rules.predicate
def is_not_about_them(standing: Standing, attendance: Attendance | None = None) -> bool:
    """Nobody settles their own case."""
    return attendance is None or attendance.membership_id != standing.membership.pk


@rules.predicate
def owns_feed(standing: Standing, feed: Feed | None = None) -> bool:
    return feed is None or feed.membership_id == standing.membership.pk


rules.add_perm("gatherings.see", sees_people & is_for_them)
rules.add_perm("gatherings.sign_up", sees_people & is_for_them)
rules.add_perm("gatherings.make", keeps_the_books)
rules.add_perm("gatherings.look_after", keeps_the_books | (sees_people & leads_its_group))
rules.add_perm("gatherings.settle", keeps_the_books & is_not_about_them)
rules.add_perm("gatherings.keep_feed", sees_people & owns_feed)
rules.add_perm("gatherings.make_public_feed", keeps_the_books)
