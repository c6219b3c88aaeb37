"""What the pages of proposals and decisions say about the values a version would set."""

from typing import Any

from django import template

from alongside.decisions.models import Decision, Draft, Proposal, Version
from alongside.decisions.subjects import CameOfIt, lines_of, subject_of

register = template.Library()


@register.inclusion_tag("decisions/_values.html")
def values_of(
    proposal: Proposal, words: Version | Draft, *, may_edit: bool = False, is_over: str | bool = False
) -> dict[str, Any]:
    """Old and new values side by side; nothing for a proposal of words alone.

    `may_edit`: with the way to them. `is_over`: it was decided, so what was is no more told as what is now.
    """
    subject = subject_of(proposal)
    return {
        "lines": lines_of(proposal, words.change),
        "subject": subject,
        "is_over": is_over,
        "edit_url": subject.edit_url(proposal) if subject and may_edit else "",
    }


@register.simple_tag
def came_of_it(decision: Decision) -> CameOfIt | None:
    """What the room that a decision is about has done with it."""
    subject = subject_of(decision.proposal)
    return subject.came_of_it(decision) if subject else None
