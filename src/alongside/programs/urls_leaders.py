"""Addresses of stepping in to lead."""

from django.urls import path

from alongside.programs.views import leaders

_run = "c/<slug:community_slug>/programs/<uuid:program_id>/runs/<uuid:cohort_id>/leaders/"
_offer = f"{_run}<uuid:offer_id>/"

patterns = [
    path(_run, leaders.find_leader, name="find_leader"),
    path(f"{_run}step-in/", leaders.step_in, name="step_in"),
    path(f"{_run}step-back/", leaders.step_back, name="step_back"),
    path(f"{_offer}confirm/", leaders.confirm_leader, name="confirm_leader"),
    path(f"{_offer}decline/", leaders.decline_leader, name="decline_leader"),
]
