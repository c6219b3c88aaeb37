"""However many people, runs and sessions a program has, its pages ask the database no more."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.people.tests.factories import browser_of
from alongside.programs.tests.leading_scenes import Losing
from alongside.programs.tests.scenes import NOON, url
from alongside.programs.tests.test_delivery import planned

pytestmark = pytest.mark.django_db

PAGES = ["leaders", "guide", "pathway", "sums", "sessions", "people", "program"]
WEEK = timedelta(days=7)
# One session was held, five are still to come.
SOON = NOON + timedelta(days=10)


def questions(course: Losing, name: str) -> int:
    browser, place = browser_of(course.cora), url(name, course.town, course.program.pk)
    with patch("django.utils.timezone.now", lambda: SOON):
        browser.get(place)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(place).status_code == 200
    return len(asked)


def test_the_pages_of_a_program_ask_no_more_with_more_people_runs_and_sessions():
    course = Losing(held=1)
    few = {name: questions(course, name) for name in PAGES}

    more = [course.could(f"More {number}") for number in range(5)]
    for number in range(1, 4):
        cohort = planned(course.program, more[number : number + 2], first_day=NOON.date() + number * WEEK)
        course.hold(1, cohort)

    assert {name: questions(course, name) for name in PAGES} == few
