"""Addresses of runs: plans of sessions, looking on, changing runs, and diplomas."""

from django.urls import path

from alongside.programs.views import looks, runs

_one = "c/<slug:community_slug>/programs/<uuid:program_id>/"
_session = f"{_one}sessions/<uuid:session_id>/"
_run = f"{_one}runs/<uuid:cohort_id>/"

patterns = [
    path(f"{_session}plan/", looks.session_plan, name="session_plan"),
    path(f"{_session}look/", looks.look_on, name="look_on"),
    path(f"{_run}happened/", looks.what_happened, name="what_happened"),
    path(f"{_one}runs/change/", runs.change, name="change_run"),
    path(f"{_one}runs/changes/<uuid:move_id>/stay/", runs.stay, name="stay_in_run"),
    path(f"{_one}people/<uuid:enrolment_id>/diploma/", runs.diploma, name="diploma"),
]
