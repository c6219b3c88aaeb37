"""Addresses of conciliation: after a split, people of each side look for a new version."""

from django.urls import path

from alongside.decisions.views import conciliation as views

_one = "c/<slug:community_slug>/decide/votes/<uuid:decision_id>/conciliation"
urlpatterns = [
    path(f"{_one}/", views.room, name="conciliation"),
    path(f"{_one}/volunteer/", views.volunteer, name="volunteer"),
    path(f"{_one}/step-back/", views.step_back, name="step_back"),
    path(f"{_one}/draw/", views.draw_seats, name="draw_seats"),
    path(f"{_one}/say/", views.say_among_them, name="say_among_them"),
    path(f"{_one}/write/", views.begin_together, name="begin_together"),
    path(f"{_one}/agree/", views.agree_to_words, name="agree_to_words"),
    path(f"{_one}/stop/", views.would_stop, name="would_stop"),
]
