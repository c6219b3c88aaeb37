"""What the page of a proposal says about its sources."""

from typing import Any

from django import template

from alongside.decisions.models import Proposal, Source
from alongside.decisions.views.finding import allowed

register = template.Library()


@register.inclusion_tag("decisions/_sources.html", takes_context=True)
def source_list(context: dict[str, Any], proposal: Proposal) -> dict[str, Any]:
    """Addresses and files, and for its authors the way to more of them."""
    request = context["request"]
    return {
        "proposal": proposal,
        "community": request.community,
        "csrf_token": context.get("csrf_token"),
        "sources": list(Source.objects.of(request.community).shown().filter(proposal=proposal)),
        "may_add": proposal.state == Proposal.State.TALKED_OVER
        and allowed(request, "decisions.write_proposal", proposal),
    }
