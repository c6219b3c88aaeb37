"""Who looks at a gathering, for whom, and what several pages look up."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import rules
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.gatherings.models import Attendance, Booking, Gathering, Part
from alongside.gatherings.models.gatherings import DOORS_OPEN
from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, note_refusal, subject
from alongside.people.listing import seen_members
from alongside.people.models import Group, Role
from alongside.people.models.membership import MembershipQuerySet
from alongside.people.permissions import Standing, standing_of

SIGN_UP = "gatherings.sign_up"


def viewpoint(request: MemberRequest) -> Standing:
    """The standing from which gatherings are seen: of the member one acts for, else one's own."""
    if request.acting_for is None or SIGN_UP not in request.acting_for.abilities:
        return request.standing
    theirs = standing_of(request.acting_for.membership.person, request.community, on=today())
    # Nobody lends a role: whoever acts for a coordinator does not coordinate.
    return replace(theirs, roles=frozenset({Role.PARTICIPANT}), group_roles={}) if theirs else request.standing


def find_gathering(request: MemberRequest, gathering_id: UUID, permission: str = "gatherings.see") -> Gathering:
    """A gathering of this community that one has `permission` for, or 404 (403 without it)."""
    rows = Gathering.objects.of(request.community).with_words()
    gathering: Gathering = get_object_or_404(rows, pk=gathering_id)
    gathering.community = request.community
    if not rules.has_perm(permission, viewpoint(request), gathering):
        note_refusal(request, permission)
        raise PermissionDenied
    return gathering


def looks_after(request: MemberRequest, gathering: Gathering) -> bool:
    return bool(rules.has_perm("gatherings.look_after", viewpoint(request), gathering))


def parts_of(gathering: Gathering) -> list[Part]:
    return list(Part.objects.of(gathering.community).filter(gathering=gathering).in_order())


def booking_of(request: MemberRequest, gathering: Gathering) -> Booking | None:
    """The word of whoever this page is about."""
    rows = Booking.objects.of(request.community).filter(gathering=gathering, membership=subject(request))
    found: Booking | None = rows.with_seats().first()
    return found


def people_here(request: MemberRequest) -> MembershipQuerySet:
    """The members this person may name."""
    return seen_members(request.standing)


def open_groups(request: MemberRequest) -> list[Group]:
    return list(Group.objects.of(request.community).filter(closed_at=None).order_by("name", "id"))


def tabs(request: MemberRequest, gathering: Gathering, current: str) -> list[dict[str, Any]]:
    """The pages of one gathering, for who looks after it; nobody else needs any."""
    if not looks_after(request, gathering):
        return []
    pages = {"gathering": _("Gathering"), "desk": _("Sign-up desk")}
    if not gathering.is_called_off and now() >= gathering.starts_at - DOORS_OPEN:
        pages["attendance"] = _("Who is there")
    if Attendance.objects.of(request.community).disputed().filter(gathering=gathering).exists():
        pages["contradictions"] = _("Contradictions")
    return [
        {
            "label": label,
            "url": reverse(f"gatherings:{name}", args=[request.community.slug, gathering.pk]),
            "current": name == current,
        }
        for name, label in pages.items()
    ]
