"""The noticeboard of a community."""

from django.http import HttpResponse
from django.shortcuts import render

from alongside.people.access import MemberRequest, needs


@needs("people.see_noticeboard")
def home(request: MemberRequest) -> HttpResponse:
    return render(request, "web/home.html")
