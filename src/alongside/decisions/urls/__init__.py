"""Addresses of proposals, of what is said about them, and of voting: one module a subject."""

from alongside.decisions.urls import proposals

app_name = "decisions"
urlpatterns = [*proposals.urlpatterns]
