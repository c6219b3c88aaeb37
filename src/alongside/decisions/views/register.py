"""The register: every vote, the newest first, looked for by words; and the same as a list for spreadsheets."""

import csv
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render

from alongside.decisions.models import Decision
from alongside.decisions.models.voting import DecisionQuerySet
from alongside.decisions.saying import name_of
from alongside.kernel.text import spreadsheet_safe
from alongside.people.access import MemberRequest, needs

PAGE_SIZE = 30
TONES = {"passed": "good", "split": "careful", "not_quorate": "quiet", "not_passed": "quiet", "": "waiting"}


def _found(request: MemberRequest) -> DecisionQuerySet:
    found: DecisionQuerySet = Decision.objects.of(request.community).matching(request.GET.get("q", ""))
    return found.with_words().newest_first()


@needs("decisions.see_votes")
def register(request: MemberRequest) -> HttpResponse:
    """What was put to the vote, and what came of it."""
    found = _found(request)
    try:
        edge = found.filter(pk=UUID(request.GET.get("before", ""))).values("opens_at", "pk").first()
    except ValueError:
        edge = None
    if edge:
        found = found.filter(Q(opens_at__lt=edge["opens_at"]) | Q(opens_at=edge["opens_at"], pk__lt=edge["pk"]))
    page = list(found[: PAGE_SIZE + 1])
    context: dict[str, Any] = {
        "rows": [
            {"decision": one, "tone": TONES[one.outcome], "word": one.get_outcome_display() or one.get_state_display()}
            for one in page[:PAGE_SIZE]
        ],
        "looked_for": request.GET.get("q", ""),
        "older": page[PAGE_SIZE - 1].pk if len(page) > PAGE_SIZE else "",
    }
    return render(request, "decisions/register.html", context)


@needs("decisions.see_votes")
def register_csv(request: MemberRequest) -> HttpResponse:
    """The register for spreadsheets: one row a vote, the same for everybody."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="decisions.csv"'
    writer = csv.writer(answer)
    writer.writerow(["title", "version", "sides", "secret", "opened", "closed", "state", "outcome"])
    for one in _found(request).iterator():
        closed = one.closed_at.date().isoformat() if one.closed_at else ""
        row = [
            one.proposal.title, one.version.number, ", ".join(map(name_of, one.sides)), one.is_secret,
            one.opens_at.date().isoformat(), closed, one.state, one.outcome,
        ]  # fmt: skip
        writer.writerow([spreadsheet_safe(cell) for cell in row])
    return answer
