"""One search for people, offers, requests and help."""

from django.http import HttpResponse
from django.shortcuts import render

from alongside.people.access import MemberRequest, needs
from alongside.web.searching import LONGEST_WORDS, search_everything


@needs("web.search")
def search(request: MemberRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:LONGEST_WORDS]
    shelves = search_everything(words, standing=request.standing) if words else []
    return render(request, "web/search.html", {"words": words, "shelves": shelves})
