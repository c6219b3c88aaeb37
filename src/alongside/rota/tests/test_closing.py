"""Days that are closed while somebody looks for another, and days that are over."""

from uuid import uuid4

import pytest

from alongside.people.tests.factories import browser_of
from alongside.rota import actions
from alongside.rota.actions import leaving
from alongside.rota.actions.holding import held
from alongside.rota.models import Assignment, Duty, Rota, Swap
from alongside.rota.tests.scenes import FIRST, LAST, NOON, OVER, Nursery, duty_of, held_in, stands, url
from alongside.rota.tests.times import later

pytestmark = pytest.mark.django_db


def test_of_a_duty_that_is_called_off_nobody_is_looked_for_and_its_page_says_so():
    here = Nursery(20)
    mine = duty_of(here.published(), here.parents[0])
    swap = actions.ask_swap(assignment=mine, by=here.parents[0].person, at=NOON, key=uuid4())
    actions.close_day(program=here.program, day=mine.duty.day, why="", by=here.cora.person, at=NOON)

    with later(NOON):
        page = browser_of(here.parents[0]).get(url("swap", here.town, swap.pk))
        given = browser_of(here.cora).get(url("give_swap", here.town, swap.pk), follow=True)

    assert Swap.objects.get().state == "withdrawn"
    assert "Nothing is to be done here any more." in page.content.decode()
    assert "Nothing is to be done here any more." in given.content.decode()


def test_a_swap_left_open_by_a_duty_that_is_called_off_opens_all_the_same():
    here = Nursery(20)
    mine = duty_of(here.published(), here.parents[0])
    swap = actions.ask_swap(assignment=mine, by=here.parents[0].person, at=NOON, key=uuid4())
    actions.close_day(program=here.program, day=mine.duty.day, why="", by=here.cora.person, at=NOON)
    Swap.objects.update(state="asked", settled_at=None)

    with later(NOON):
        cora = browser_of(here.cora)
        answers = [cora.get(url(name, here.town, swap.pk)).status_code for name in ("swap", "give_swap")]

    assert answers == [200, 302]


def test_a_search_that_moves_a_duty_ends_what_was_asked_for_it():
    here = Nursery(20)
    rota = here.published()
    mine = duty_of(rota, here.parents[0])
    actions.ask_swap(assignment=mine, by=here.parents[0].person, at=NOON, key=uuid4())
    away = {"first_day": mine.duty.day, "last_day": mine.duty.day}
    actions.add_away(membership=here.parents[0], by=here.parents[0].person, at=NOON, key=uuid4(), **away)

    here.searched(stands(rota))

    mine.refresh_from_db()
    assert (mine.ended_why, Swap.objects.get().state) == ("planned_anew", "withdrawn")


def test_a_day_that_is_over_is_not_closed_and_what_was_done_on_it_stays():
    here = Nursery(20)
    rota = here.published()
    here.all_done(rota)

    with pytest.raises(actions.DayIsOver):
        actions.close_day(program=here.program, day=LAST, why="", by=here.cora.person, at=OVER)
    with later(OVER):
        told = {"day": LAST.isoformat(), "why": ""}
        page = browser_of(here.cora).post(url("close_day", here.town, rota.pk), told)

    assert "or a later day." in page.content.decode()
    assert "This day is over" not in page.content.decode(), "the field says so first"
    assert Duty.objects.on(rota).standing().count() == 20


def test_what_has_begun_on_the_day_that_is_closed_is_not_called_off():
    here = Nursery(20)
    rota = here.published()
    begun = held_in(rota)[0].duty

    actions.close_day(program=here.program, day=FIRST, why="", by=here.cora.person, at=begun.starts_at)

    assert Duty.objects.on(rota).standing().filter(pk=begun.pk).exists()


def test_who_leaves_frees_only_what_still_stands_once_the_rota_is_held(monkeypatch: pytest.MonkeyPatch):
    here = Nursery(20)
    mine = duty_of(here.published(), here.parents[0])

    def swapped_first(rota: Rota) -> Rota:
        Assignment.objects.filter(pk=mine.pk).update(ended_at=NOON, ended_why="swapped")
        return held(rota)

    monkeypatch.setattr(leaving, "held", swapped_first)
    gone = actions.free_duties(membership=here.parents[0], by=None, at=NOON)

    mine.refresh_from_db()
    assert (gone, mine.ended_why) == ([], "swapped")
