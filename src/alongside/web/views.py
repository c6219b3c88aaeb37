"""The front page for strangers and the noticeboard for people who belong."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.people.access import MemberRequest, needs, public


@public
def front(request: HttpRequest) -> HttpResponse:
    return render(request, "web/front.html")


@needs("people.see_noticeboard")
def home(request: MemberRequest) -> HttpResponse:
    return render(request, "web/home.html")
