"""Addresses of gatherings."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path

app_name = "gatherings"


def _later(request: HttpRequest, gathering_id: UUID) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [path("c/<slug:community_slug>/gatherings/<uuid:gathering_id>/", _later, name="gathering")]
