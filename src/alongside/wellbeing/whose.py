"""Whose plan and visits a page is about, and whose word is written down.

Nothing here opens by a role, and nothing by living in one home: only the person, and whoever the person themself has
asked to write for them, by name or all coordinators, until a day.
"""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from alongside.kernel.channels import Channel
from alongside.kernel.clock import today
from alongside.people.access import MemberRequest, note_refusal
from alongside.people.models import DelegatedAbility, Delegation, Membership, Person, Role

ABILITY = "wellbeing.write"
ON_THE_TRAIL = {
    **dict.fromkeys(
        (
            "wellbeing.goal_added", "wellbeing.goal_reworded", "wellbeing.goal_ended", "wellbeing.step_begun",
            "wellbeing.step_answered", "wellbeing.step_kept", "wellbeing.step_looked_back_on", "wellbeing.step_let_go",
        ),
        _("Something written in the plan"),
    ),
    **dict.fromkeys(
        (
            "wellbeing.wish_made", "wellbeing.wish_shown", "wellbeing.wish_hidden", "wellbeing.wish_talked_about",
            "wellbeing.wish_taken_back", "wellbeing.share_told", "wellbeing.visit_took_place",
            "wellbeing.visit_missed", "wellbeing.visit_called_off", "wellbeing.visits_ended", "wellbeing.day_set",
            "wellbeing.time_agreed",
        ),
        _("Something written about visits"),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Speaker:
    """Whose plan it is, who writes, for whom (None: for themself), and how the word came."""

    membership: Membership
    by: Person
    on_behalf_of: Person | None
    channel: str

    def deed(self) -> dict[str, Any]:
        return {"by": self.by, "on_behalf_of": self.on_behalf_of, "channel": self.channel}


def speaker_of(request: MemberRequest) -> Speaker:
    """The person of this request, or the member they act for. Raises PermissionDenied without that member's own yes.

    Young people speak for themselves here: a plan binds nobody to anything.
    """
    acting = request.acting_for
    if acting is None:
        return Speaker(request.membership, request.user, None, Channel.WEB)
    if not has_agreed(acting.membership, request):
        note_refusal(request, ABILITY)
        raise PermissionDenied
    acting.membership.community = request.community
    return Speaker(acting.membership, request.user, acting.membership.person, acting.channel)


def has_agreed(membership: Membership, request: MemberRequest) -> bool:
    """Has this member themself let the person of this request read and write their plan?

    Being an adult of their home is not enough: what one would tell nobody at home may stand in a plan.
    """
    agreed = Delegation.objects.of(request.community).live(on=today()).filter(membership=membership)
    mine = agreed.for_helper(request.membership, coordinates=request.standing.has(Role.COORDINATOR))
    named = DelegatedAbility.objects.of(request.community).filter(delegation__in=mine, ability=ABILITY)
    return bool(named.exists()) and request.standing.person.acts_alone(today())
