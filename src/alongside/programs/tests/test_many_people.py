"""A program of many: its people a page at a time, and as many questions to the database however many there are."""

import pytest

from alongside.people.tests.factories import browser_of, person_in
from alongside.programs import actions
from alongside.programs.showing_sessions import PAGE_SIZE
from alongside.programs.tests.scenes import NOON, running, url

pytestmark = pytest.mark.django_db


def with_many(many):
    """A program in which so many take part, and one of them at a browser."""
    program, _sides = running()
    people = [person_in(program.community, f"Person {n:03}") for n in range(many)]
    for member in people:
        actions.enrol(program=program, membership=member, by=member.person, at=NOON)
    return program, browser_of(people[0])


def test_people_are_shown_by_name_a_page_at_a_time():
    program, client = with_many(PAGE_SIZE + 2)
    at = url("people", program.community, program.pk)

    first, second = client.get(at), client.get(f"{at}?page=2")

    assert [str(each.enrolment.membership.person) for each in second.context["here"]] == [
        f"Person {n:03}" for n in (PAGE_SIZE, PAGE_SIZE + 1)
    ]
    assert len(first.context["here"]) == PAGE_SIZE
    assert 'rel="next" href="?page=2"' in first.content.decode()
    assert 'rel="next"' not in second.content.decode()
    assert 'rel="prev" href="?page=1"' in second.content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "x", "²", "9" * 40])
def test_a_page_that_cannot_be_is_the_first(page):
    program, client = with_many(1)

    shown = client.get(url("people", program.community, program.pk), {"page": page})

    assert len(shown.context["here"]) == 1
