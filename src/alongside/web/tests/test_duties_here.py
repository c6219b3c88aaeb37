"""Duties on the noticeboard: one's own, and those that somebody asks one to take."""

from datetime import timedelta
from uuid import uuid4

import pytest

from alongside.people.tests.factories import standing_for
from alongside.rota import actions
from alongside.rota.tests.scenes import NOON, Nursery, duty_of, held_in
from alongside.web.noticeboard import board_for

pytestmark = pytest.mark.django_db


def test_my_duties_and_what_i_am_asked_stand_on_my_noticeboard():
    here = Nursery(20)
    rota = here.published()
    mine = duty_of(rota, here.parents[0])
    far = max(held_in(rota), key=lambda one: abs(one.duty.day - mine.duty.day)).membership
    actions.ask_swap(assignment=mine, asked_of=far, by=here.parents[0].person, at=NOON, key=uuid4())
    soon = NOON.replace(year=mine.duty.day.year, month=mine.duty.day.month, day=mine.duty.day.day, hour=1)

    board = board_for(standing_for(here.parents[0]), at=soon - timedelta(days=3))
    asked = board_for(standing_for(far), at=soon - timedelta(days=3))

    assert "Parent of the day" in [line.title for line in board.coming]
    assert "Parent 00 asks whether you take it." in [line.text for line in asked.answers]
