"""Addresses of what follows a vote: answers that wait, who sees to it, how far it is, what came of it."""

from django.urls import path

from alongside.decisions.views import follow_up

_one = "c/<slug:community_slug>/decide/votes/<uuid:decision_id>"
urlpatterns = [
    path(f"{_one}/answers/", follow_up.unanswered, name="unanswered"),
    path(f"{_one}/owner/", follow_up.name_owner, name="name_owner"),
    path(f"{_one}/progress/", follow_up.note_progress, name="note_progress"),
    path(f"{_one}/rate/", follow_up.rate, name="rate"),
]
