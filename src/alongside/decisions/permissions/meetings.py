"""Who may read, call and run meetings, write their minutes and approve them: who was there, and who keeps the books."""

from datetime import date

import rules
from django.db.models import Q

from alongside.decisions.models import Attendance, HandVote, Meeting, Undertaking
from alongside.decisions.models.meetings import MeetingQuerySet
from alongside.people.models import BodyMember, Community, Membership, Role, RoleHeld
from alongside.people.models.membership import MembershipQuerySet
from alongside.people.permissions import Standing, keeps_the_books, sees_people

_INVITED = [Role.PARTICIPANT, Role.PEER_LEADER, Role.PROFESSIONAL, Role.COORDINATOR, Role.STEWARD]


def invited_to(meeting: Meeting, *, on: date) -> MembershipQuerySet:
    """The members a meeting is for: everybody who sees people here, or those of its group."""
    held = RoleHeld.objects.of(meeting.community).on(on).filter(group=None, role__in=_INVITED)
    here = Membership.objects.of(meeting.community).current().filter(pk__in=held.values("membership"))
    if meeting.group_id is not None:
        here = here.filter(_in_group(meeting.community, meeting.group_id, on=on))
    found: MembershipQuerySet = here.select_related("person").by_name()
    return found


def _in_group(community: Community, group_id: object, *, on: date) -> Q:
    places = BodyMember.objects.of(community).filter(group=group_id).values("membership")
    leading = RoleHeld.objects.of(community).on(on).filter(group=group_id).values("membership")
    return Q(pk__in=places) | Q(pk__in=leading)


def seen_meetings(standing: Standing) -> MeetingQuerySet:
    """The meetings somebody may read about: those of all, of their groups, and all for who keeps the books."""
    found: MeetingQuerySet = Meeting.objects.of(standing.community)
    return found if keeps_the_books(standing) else meetings_for(standing)


def meetings_for(standing: Standing) -> MeetingQuerySet:
    """The meetings that are for somebody: those of all, and of their groups."""
    found: MeetingQuerySet = Meeting.objects.of(standing.community)
    places = BodyMember.objects.of(standing.community).filter(membership=standing.membership).exclude(group=None)
    mine = Q(group=None) | Q(group__in=places.values("group")) | Q(group__in=list(standing.group_roles))
    return found.filter(mine)


def was_there(meeting: Meeting, membership: Membership) -> Attendance | None:
    """The place of a member on the attendance list, None for who was not there."""
    found: Attendance | None = (
        Attendance.objects.of(meeting.community).filter(meeting=meeting, membership=membership).first()
    )
    return found


@rules.predicate
def is_invited(standing: Standing, meeting: Meeting | None = None) -> bool:
    if meeting is None or meeting.group_id is None or keeps_the_books(standing):
        return True
    if meeting.group_id in standing.group_roles:
        return True
    places = BodyMember.objects.of(standing.community).filter(group=meeting.group_id)
    return bool(places.filter(membership=standing.membership).exists())


@rules.predicate
def attended(standing: Standing, meeting: Meeting | None = None) -> bool:
    """On the attendance list; True when no meeting is asked about."""
    return meeting is None or was_there(meeting, standing.membership) is not None


@rules.predicate
def is_to_do_it(standing: Standing, undertaking: Undertaking | None = None) -> bool:
    return undertaking is None or undertaking.owner_id == standing.membership.pk


@rules.predicate
def saw_the_hands(standing: Standing, hands: HandVote | None = None) -> bool:
    """There, for one of the sides that decided."""
    if hands is None:
        return True
    place = was_there(hands.meeting, standing.membership)
    return place is not None and place.side in hands.counts


# Commissioners read what was decided in the register; in a room with names they are guests.
rules.add_perm("decisions.see_meetings", sees_people & is_invited)
rules.add_perm("decisions.run_meetings", keeps_the_books)
rules.add_perm("decisions.bring_item", sees_people & is_invited)
rules.add_perm("decisions.write_minutes", sees_people & is_invited & (attended | keeps_the_books))
rules.add_perm("decisions.approve_minutes", sees_people & (attended | keeps_the_books))
rules.add_perm("decisions.end_undertaking", sees_people & (is_to_do_it | keeps_the_books))
rules.add_perm("decisions.confirm_hands", sees_people & saw_the_hands)


def sides_there(meeting: Meeting) -> dict[Membership, str]:
    """Who was there and for which side, by name."""
    rows = Attendance.objects.of(meeting.community).filter(meeting=meeting).select_related("membership__person")
    return {row.membership: row.side for row in rows.order_by("membership__person__search_name", "pk")}
