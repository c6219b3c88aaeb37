"""Whose rewards a page is about: one's own, or of whom one acts for with their leave."""

from typing import Any

from django.core.exceptions import PermissionDenied

from alongside.people.access import MemberRequest, actor, note_refusal, subject
from alongside.people.models import Membership

ABILITY = "rewards.use"


def holder(request: MemberRequest) -> Membership:
    """Whose rewards these are. Raises PermissionDenied without their leave."""
    acting = request.acting_for
    if acting is not None and ABILITY not in acting.abilities:
        note_refusal(request, ABILITY)
        raise PermissionDenied
    found = subject(request)
    found.community = request.community
    return found


def deed(request: MemberRequest) -> dict[str, Any]:
    """`by`, `on_behalf_of` and `channel` of a write; somebody under 18 does nothing alone here."""
    return actor(request, ABILITY)._asdict()
