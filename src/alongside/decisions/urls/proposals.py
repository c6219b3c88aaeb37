"""Addresses of proposals and of what is said about them."""

from django.urls import path

from alongside.decisions.views import home

_in = "c/<slug:community_slug>/decide"
urlpatterns = [
    path(f"{_in}/", home.home, name="home"),
]
