"""The same person's same time is posted once, whether the session or the duty comes first."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from alongside.people import actions as people
from alongside.people.models import Membership, Role
from alongside.people.tests.factories import browser_of, person_in
from alongside.programs import actions as programs
from alongside.programs.tests.scenes import url as program_url
from alongside.programs.tests.test_delivery import course_with_people, fill_the_pot, hold_session
from alongside.rota import actions
from alongside.rota.models import Assignment, Duty
from alongside.rota.tests.exchanges import FREELY, shared_out
from alongside.rota.tests.scenes import INDUCTION, Nursery, stands, url
from alongside.timebank import actions as timebank
from alongside.timebank.models import Transfer

pytestmark = pytest.mark.django_db


class Evening:
    """Lena led a session, and had prepared it; her duty of three hours began an hour before it was over."""

    def __init__(self) -> None:
        program, sides, cohort = course_with_people()
        self.lena = sides["uses"][4]
        self.session = hold_session(cohort, 1, [self.lena])
        fill_the_pot(sides["uses"][0], 600)
        starts = self.session.gathering.starts_at
        self.after = starts + timedelta(days=9)
        self.here = Nursery(town=program.community, says=FREELY)
        self.here.enrols(self.lena)
        self.here.parents = [self.lena]
        first = starts.date() - timedelta(days=starts.weekday())
        draft = self.here.rota(first, first + timedelta(days=4))
        self.rota = shared_out(self.here, draft)
        self.duty = Assignment.objects.get(duty__rota=self.rota, duty__day=starts.date())
        begins = self.session.gathering.ends_at - timedelta(hours=1)
        Duty.objects.filter(pk=self.duty.duty_id).update(starts_at=begins, ends_at=begins + timedelta(hours=3))
        done = Assignment.objects.with_people().get(pk=self.duty.pk)
        done.community = done.duty.community = self.here.town
        done.duty.rota = stands(self.rota)
        actions.settle_duty(assignment=done, outcome="done", by=self.here.stella.person, at=self.after)

    def posts_the_session(self) -> list[Transfer]:
        return programs.credit(session=self.session, by=self.here.cora.person, at=self.after)

    def posts_the_duty(self) -> list[Transfer]:
        return actions.credit(rota=stands(self.rota), by=self.here.cora.person, at=self.after)

    def lines(self) -> list[Any]:
        return [(line.minutes, line.left_out) for line in actions.lines_of(stands(self.rota))]


def test_after_the_session_the_duty_earns_what_is_not_posted_yet():
    it = Evening()
    assert it.lines() == [(180, 0)]

    session = it.posts_the_session()

    assert it.lines() == [(120, 60)]
    duty = it.posts_the_duty()
    assert [each.minutes for each in (*session, *duty)] == [180, 120]


def test_after_the_duty_the_session_earns_what_is_not_posted_yet():
    it = Evening()

    duty = it.posts_the_duty()

    lines = programs.lines_of(it.session)
    assert [(line.minutes, line.left_out) for line in lines] == [(120, 60)]
    session = it.posts_the_session()
    assert [each.minutes for each in (*duty, *session)] == [180, 120]
    it.session.refresh_from_db()
    assert it.session.credited_minutes == 120


def test_both_pages_say_before_posting_what_is_left_out():
    first, second = Evening(), Evening()
    first.posts_the_session()
    second.posts_the_duty()

    of_duty = browser_of(first.here.cora).get(url("credit", first.here.town, first.rota.pk)).content.decode()
    program = second.session.cohort.program
    page = program_url("credit", second.here.town, program.pk, second.session.pk)
    of_session = browser_of(second.here.cora).get(page).content.decode()

    assert "posted already with a session" in of_duty
    assert "posted already for this time" in of_session


def test_what_was_taken_back_counts_no_more():
    it = Evening()
    session = it.posts_the_session()[0]
    session.community = it.here.town

    timebank.reverse(transfer=session, reason="x", by=it.here.stella.person, at=it.after, key=uuid4())

    assert it.lines() == [(180, 0)]


def test_hours_that_were_posted_to_a_record_that_was_joined_since_count_too():
    it = Evening()
    it.posts_the_session()
    twin = person_in(it.here.town, "Lena, written down twice")
    Membership.objects.filter(pk=it.lena.pk).update(number=99)

    kept = people.merge_members(one=it.lena, other=twin, by=it.here.cora.person, at=it.after)

    assert kept == twin
    assert it.lines() == [(120, 60)]


def test_time_of_others_is_no_matter():
    it = Evening()
    other = person_in(it.here.town, "Otto", roles=[Role.PARTICIPANT])
    it.here.enrols(other)
    it.here.seen(other, INDUCTION)

    it.posts_the_session()
    Assignment.objects.filter(pk=it.duty.pk).update(membership=other)

    assert it.lines() == [(180, 0)]
