"""What the page of a proposal says about the changes that people offer."""

from typing import Any

from django import template

from alongside.decisions.models import Amendment, Proposal
from alongside.decisions.views.finding import allowed
from alongside.decisions.views.showing import AMENDMENT_TONES
from alongside.people.access import may

register = template.Library()

MOST = 50


@register.inclusion_tag("decisions/_amendments.html", takes_context=True)
def amendment_list(context: dict[str, Any], proposal: Proposal) -> dict[str, Any]:
    """Who would change which part, and what came of it."""
    request = context["request"]
    rows = list(Amendment.objects.of(request.community).filter(proposal=proposal).with_people().newest_first()[:MOST])
    return {
        "proposal": proposal,
        "community": request.community,
        "rows": [(each, AMENDMENT_TONES[each.state]) for each in rows],
        "may_amend": proposal.state == Proposal.State.TALKED_OVER and allowed(request, "decisions.speak"),
        "shows_people": may(request, "people.see_members"),
    }
