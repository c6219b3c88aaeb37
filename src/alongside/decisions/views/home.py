"""Decide: what needs me, what is being talked over, and what was decided."""

from django.http import HttpResponse
from django.shortcuts import render

from alongside.decisions.models import Proposal
from alongside.people.access import MemberRequest, needs


@needs("decisions.see_proposals")
def home(request: MemberRequest) -> HttpResponse:
    """What is going on in deciding together."""
    rows = Proposal.objects.of(request.community).open().with_people().latest_first()[:50]
    return render(request, "decisions/home.html", {"rows": rows})
