"""Addresses of jobs, committees and boards."""

from django.urls import path, register_converter

from alongside.programs.views import boards, jobs


class JobKey:
    regex = r"[a-z][a-z0-9 _-]*"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(JobKey, "job_key")

_jobs = "c/<slug:community_slug>/programs/<uuid:program_id>/jobs/"
_job = f"{_jobs}at/<job_key:job>/"
_term = f"{_jobs}seats/<uuid:term_id>/"
_meeting = f"{_jobs}meetings/<uuid:meeting_id>/"

patterns = [
    path(_jobs, jobs.jobs, name="jobs"),
    path(f"{_jobs}to-fill/", jobs.vacancies, name="vacancies"),
    path(f"{_jobs}households/", jobs.households, name="households_without_a_job"),
    path(_job, jobs.job, name="job"),
    path(f"{_job}offer/", jobs.offer, name="offer_job"),
    path(f"{_job}ask/", jobs.ask, name="ask_to_do"),
    path(f"{_term}choose/", jobs.choose, name="choose_for_job"),
    path(f"{_term}accept/", jobs.accept, name="accept_job"),
    path(f"{_term}decline/", jobs.decline, name="decline_job"),
    path(f"{_term}step-down/", jobs.step_down, name="step_down"),
    # boards
    path(f"{_job}meetings/", boards.meetings, name="board_meetings"),
    path(f"{_job}meetings/open/", boards.meet, name="board_meet"),
    path(_meeting, boards.meeting, name="board_meeting"),
    path(f"{_meeting}here/", boards.presence, name="board_presence"),
    path(f"{_meeting}minutes/", boards.minutes, name="board_minutes"),
    path(f"{_meeting}decide/", boards.decide, name="board_decide"),
]
