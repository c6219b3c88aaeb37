"""Pictures to scan: many of a kind are as good as one drawn with all the care."""

import re

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.ui.qr import BORDER, MANY, _difference, _squares, qr, qr_each

ADDRESSES = [f"https://alongside.example/c/millbrook/decide/paper/?code=K7QM{number:04}" for number in range(3 * MANY)]


def test_each_address_has_a_picture_of_its_own():
    assert len(set(qr_each(ADDRESSES))) == len(ADDRESSES)


def test_the_first_of_many_is_drawn_like_one_alone():
    assert next(qr_each(ADDRESSES)) == qr(ADDRESSES[0])


@pytest.mark.parametrize("many", [3, MANY, 3 * MANY])
def test_the_others_differ_from_one_drawn_alone_in_their_mask_at_most(many):
    told = [*ADDRESSES[: many - 1], f"{ADDRESSES[0]}&longer=1"]
    mask = segno.make(ADDRESSES[0], error="m").mask

    for address, picture in zip(told, qr_each(told), strict=True):
        assert squares(picture) == [bytes(row) for row in segno.make(address, error="m", mask=mask).matrix]


@given(st.lists(st.binary(min_size=60, max_size=60), min_size=2, max_size=2), st.integers(0, 7))
@settings(max_examples=20)
def test_each_bit_turns_the_same_squares_over_whatever_the_rest_says(told, mask):
    one, other = (segno.make_qr(each, mode="byte", error="m", mask=mask) for each in told)

    assert _squares(one) ^ _difference(one, *told) == _squares(other)


def squares(picture: str) -> list[bytes]:
    """What a picture shows, row by row and without its border: 1 for a dark square."""
    side = int(re.findall(r"viewBox='0 0 (\d+)", picture)[0]) - 2 * BORDER
    rows = [bytearray(side) for _row in range(side)]
    for row, line in re.findall(rf"M{BORDER} (\d+)\.5([hm\d 0]*)", picture):
        at = 0
        for step, length in re.findall(r"([hm])(\d+)", line):
            if step == "h":
                rows[int(row) - BORDER][at : at + int(length)] = b"\x01" * int(length)
            at += int(length)
    return [bytes(row) for row in rows]


def test_no_address_has_no_picture():
    assert list(qr_each([])) == []
