"""Decide: what is being voted on, what is being talked over, and the way to what was decided."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Field
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst

from alongside.decisions.models import Decision, Proposal, Version
from alongside.people.access import MemberRequest, may, needs

MOST = 50
# The parts of a proposal that stand folded beneath its plain summary.
FOLDED = ("text", "why", "affects", "changes")


@dataclass(frozen=True)
class Part:
    label: str
    text: str


@dataclass(frozen=True)
class Row:
    """A proposal in its present words."""

    proposal: Proposal
    version: Version
    parts: list[Part]


@needs("decisions.see_proposals")
def home(request: MemberRequest) -> HttpResponse:
    """What is going on in deciding together."""
    votes = Decision.objects.of(request.community).open().with_words().newest_first()
    talked_over = Proposal.objects.of(request.community).filter(state=Proposal.State.TALKED_OVER).latest_first()
    context = {
        "votes": votes[:MOST],
        "rows": _rows(request, talked_over[:MOST]),
        "may_open": may(request, "decisions.run_votes"),
        "may_speak": may(request, "decisions.speak"),
    }
    return render(request, "decisions/home.html", context)


def _rows(request: MemberRequest, proposals: Iterable[Proposal]) -> list[Row]:
    """With their present versions, in one further query."""
    found = list(proposals)
    versions = Version.objects.of(request.community).filter(proposal__in=found).latest_of_each()
    present = {version.proposal_id: version for version in versions}
    return [Row(each, present[each.pk], _parts(present[each.pk])) for each in found if each.pk in present]


def _parts(version: Version) -> list[Part]:
    parts = [Part(label_of(name), getattr(version, name)) for name in FOLDED]
    return [part for part in parts if part.text]


def label_of(name: str) -> str:
    field = Version._meta.get_field(name)
    assert isinstance(field, Field)
    return str(capfirst(field.verbose_name))
