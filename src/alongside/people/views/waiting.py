"""What somebody sees who tries too often."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def wait_a_moment(request: HttpRequest) -> HttpResponse:
    return render(request, "429.html", status=429)
