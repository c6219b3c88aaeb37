"""Addresses of looking over a vote, and of what follows it: answers, who sees to it, how far it is, what came of it."""

from django.urls import path

from alongside.decisions.views import follow_up, watching

_one = "c/<slug:community_slug>/decide/votes/<uuid:decision_id>"
urlpatterns = [
    path(f"{_one}/scrutineers/", watching.scrutineers, name="scrutineers"),
    path(f"{_one}/answers/", follow_up.unanswered, name="unanswered"),
    path(f"{_one}/owner/", follow_up.name_owner, name="name_owner"),
    path(f"{_one}/progress/", follow_up.note_progress, name="note_progress"),
    path(f"{_one}/rate/", follow_up.rate, name="rate"),
]
