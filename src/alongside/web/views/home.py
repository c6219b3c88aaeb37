"""The noticeboard of a community."""

from django.http import HttpResponse
from django.shortcuts import render

from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, needs
from alongside.web.noticeboard import board_for


@needs("people.see_noticeboard")
def home(request: MemberRequest) -> HttpResponse:
    return render(request, "web/home.html", {"board": board_for(request.standing, at=now())})
