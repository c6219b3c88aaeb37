"""Decide: what needs me, what is being talked over, and what was decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render

from alongside.decisions.models import Contribution, Decision, OpenQuestion, Proposal, Reaction, Undertaking, Version
from alongside.decisions.needs import needs_of
from alongside.decisions.permissions.meetings import seen_meetings
from alongside.decisions.views.finding import page_of, viewpoint
from alongside.decisions.views.showing import TONES
from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, may, needs

MOST_OVER, MOST_VOTES = 5, 50
# So long what became of something people took on is news.
SINCE = timedelta(days=30)


@dataclass(frozen=True)
class Row:
    """A proposal in a list: its present words, and how much is being said."""

    proposal: Proposal
    version: Version | None
    spoke: int
    unanswered: int
    tone: str


@needs("decisions.see_proposals")
def home(request: MemberRequest) -> HttpResponse:
    """What is going on in deciding together."""
    here = Proposal.objects.of(request.community)
    looked_at = [Proposal.State.TALKED_OVER, Proposal.State.SPLIT]
    talked_over = here.filter(state__in=looked_at).with_people().latest_first()
    going_on, older = page_of(talked_over, before=request.GET.get("before", ""), by="changed_at")
    over = list(here.over().with_people().latest_first()[:MOST_OVER])
    rows = _rows(request, [*going_on, *over])
    votes = Decision.objects.of(request.community).open().with_words().newest_first()
    context = {
        "votes": votes[:MOST_VOTES],
        "questions": OpenQuestion.objects.of(request.community).open(now()).newest_first()[:MOST_OVER],
        **_meetings(request),
        "needs": [] if "before" in request.GET else needs_of(viewpoint(request)),
        "going_on": rows[: len(going_on)],
        "over": rows[len(going_on) :],
        "older_url": f"?{urlencode({'before': older})}" if older else "",
        "may_propose": may(request, "decisions.propose"),
        "may_run": may(request, "decisions.run_votes"),
        "may_ask": may(request, "decisions.ask_question"),
        "shows_people": may(request, "people.see_members"),
    }
    return render(request, "decisions/home.html", context)


def _meetings(request: MemberRequest) -> dict[str, Any]:
    """The next meetings, and what became of what people took on; nothing for who only reads figures."""
    if not may(request, "decisions.see_meetings"):
        return {}
    mine, at = seen_meetings(viewpoint(request)), now()
    rows = Undertaking.objects.of(request.community).filter(meeting__in=mine, closed_at__gt=at - SINCE)
    return {
        "shows_meetings": True,
        "meetings": mine.coming(at).with_words()[:MOST_OVER],
        "became": rows.with_words().order_by("-closed_at", "-id")[:MOST_OVER],
        "may_call": may(request, "decisions.run_meetings"),
        "today": today(),
    }


@needs("decisions.see_proposals")
def over(request: MemberRequest) -> HttpResponse:
    """Everything that was decided or taken back, the latest first."""
    found = Proposal.objects.of(request.community).over().with_people().latest_first()
    rows, older = page_of(found, before=request.GET.get("before", ""), by="changed_at")
    context = {
        "rows": _rows(request, rows),
        "older_url": f"?{urlencode({'before': older})}" if older else "",
        "shows_people": may(request, "people.see_members"),
    }
    return render(request, "decisions/over.html", context)


def _rows(request: MemberRequest, proposals: Iterable[Proposal]) -> list[Row]:
    """Rows for a list, in three further queries."""
    found = list(proposals)
    versions = Version.objects.of(request.community).filter(proposal__in=found).order_by("number")
    present = {each.proposal_id: each for each in versions.only("proposal", "community", "number", "summary")}
    spoke = Reaction.objects.of(request.community).filter(proposal__in=found)
    asked = Contribution.objects.of(request.community).unanswered_questions().filter(proposal__in=found)
    reactions, waiting = (
        dict(rows.order_by().values_list("proposal").annotate(count=Count("pk"))) for rows in (spoke, asked)
    )
    return [
        Row(
            proposal=each,
            version=present.get(each.pk),
            spoke=reactions.get(each.pk, 0),
            unanswered=waiting.get(each.pk, 0) if each.is_open else 0,
            tone=TONES[Proposal.State(each.state)],
        )
        for each in found
    ]
