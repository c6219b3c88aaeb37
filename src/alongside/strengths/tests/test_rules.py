"""Pictures, times of the week and slips, without a database."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.strengths.models.picture_names import PICTURE_NAMES
from alongside.strengths.rules import week
from alongside.strengths.rules.pictures import BY_CODE, PICTURES, Section, pictures_of
from alongside.strengths.rules.slips import Slip, twins, unusually_long

AMINA, BEN = UUID(int=1), UUID(int=2)
DAY = date(2026, 3, 3)


def test_every_picture_has_a_name_and_every_name_a_picture():
    assert set(PICTURE_NAMES) == set(BY_CODE)


def test_picture_codes_are_given_once():
    assert len(BY_CODE) == len(PICTURES)


def test_every_section_offers_pictures():
    assert all(pictures_of(section) for section in Section)


@given(st.sets(st.tuples(st.sampled_from(range(7)), st.sampled_from(range(3)))))
def test_pieces_of_the_week_come_back_as_they_were_packed(pieces):
    assert set(week.unpack(week.pack(pieces))) == pieces


@pytest.mark.parametrize(("day", "part"), [(7, 0), (-1, 0), (0, 3), (0, -1)])
def test_there_is_no_eighth_day_and_no_fourth_part(day, part):
    with pytest.raises(ValueError, match="no such piece"):
        week.piece(day, part)


def test_two_slips_alike_are_pointed_out():
    slips = [Slip(AMINA, BEN, 60, DAY), Slip(BEN, AMINA, 60, DAY), Slip(AMINA, BEN, 60, DAY)]

    within, posted = twins(slips)

    assert (within, posted) == ({0, 2}, set())


def test_a_slip_like_one_already_posted_is_pointed_out():
    slips = [Slip(AMINA, BEN, 60, DAY), Slip(AMINA, BEN, 90, DAY)]

    within, posted = twins(slips, already_posted=[Slip(AMINA, BEN, 90, DAY)])

    assert (within, posted) == (set(), {1})


def test_more_than_eight_hours_looks_like_a_slip_of_the_pen():
    assert unusually_long([Slip(AMINA, BEN, 480, DAY), Slip(AMINA, BEN, 481, DAY)]) == {1}
