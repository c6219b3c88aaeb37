"""Which roles lie in the gift of the person of a request."""

from django.utils.translation import gettext as _

from alongside.kernel.clock import today
from alongside.people.access import MemberRequest, note_refusal
from alongside.people.models import Membership, Role, RoleHeld
from alongside.people.rules.roles import roles_in_the_gift_of
from alongside.ui import flash


def gift_of(request: MemberRequest) -> frozenset[str]:
    """The roles this person may give and end today."""
    stewards = Membership.objects.of(request.community).current().holding(Role.STEWARD, on=today())
    return roles_in_the_gift_of(request.standing.roles, stewards_exist=stewards.exists())


def holds_more_than_my_gift(request: MemberRequest, membership: Membership) -> bool:
    """True, and written down, when the member holds a role that is not this person's to give or to end."""
    held = RoleHeld.objects.of(request.community).filter(membership=membership, ended_at=None)
    running = held.exclude(ends_on__lt=today()).values_list("role", flat=True)
    if set(running) <= gift_of(request) or membership == request.membership:
        return False
    note_refusal(request, "people.give_roles")
    return True


def keeps_a_role_from(request: MemberRequest, membership: Membership) -> bool:
    """The same, said on the next page: what is asked would end, move or open such a role."""
    if not holds_more_than_my_gift(request, membership):
        return False
    flash.sorry(request, _("Only a steward may do this: the role here is not yours to give."))
    return True
