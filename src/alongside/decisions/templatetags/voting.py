"""What the page of a proposal says about its votes."""

from collections.abc import Sequence
from typing import Any

from django import template

from alongside.decisions.models import Decision, HandVote, Proposal
from alongside.decisions.subjects import subject_of
from alongside.people.access import MemberRequest, may

register = template.Library()


@register.inclusion_tag("decisions/_vote_links.html", takes_context=True)
def vote_links(context: dict[str, Any], proposal: Proposal) -> dict[str, Any]:
    """The votes on a proposal, and what the reader may do about the next one."""
    request = context["request"]
    votes = Decision.objects.of(request.community).filter(proposal=proposal).newest_first()
    return {
        "proposal": proposal,
        "community": request.community,
        "votes": votes,
        "conciliation": proposal.conciliations.running().first() if proposal.state == Proposal.State.SPLIT else None,
        "may_open": proposal.state == Proposal.State.TALKED_OVER and may(request, "decisions.run_votes"),
        "may_ask": _may_ask(request, proposal),
        "hands": HandVote.objects.of(request.community).waiting().filter(proposal=proposal).first()
        if proposal.state == Proposal.State.VOTING
        else None,
        "may_say_side": proposal.state == Proposal.State.TALKED_OVER,
    }


def _may_ask(request: MemberRequest, proposal: Proposal) -> bool:
    """May the reader take it upon themself to decide after asking?"""
    about = subject_of(proposal)
    is_fit = proposal.state == Proposal.State.TALKED_OVER and (about is None or "advice" in about.ways)
    return is_fit and may(request, "decisions.open_advice", proposal)


@register.filter
def at(cells: Sequence[Any], place: int) -> Any:
    """The cell of a row at a place counted from 0."""
    return cells[place]
