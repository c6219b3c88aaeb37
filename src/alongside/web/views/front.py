"""The front page for strangers; people who belong are led to their noticeboard."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.people.access import public


@public
def front(request: HttpRequest) -> HttpResponse:
    return render(request, "web/front.html")
