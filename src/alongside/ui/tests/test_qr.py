"""Pictures to scan: many of a kind are as good as one drawn with all the care."""

import re

import segno

from alongside.ui.qr import BORDER, qr, qr_each

ADDRESSES = [f"https://alongside.example/c/millbrook/decide/paper/?code=K7QM{number:04}" for number in range(40)]


def test_each_address_has_a_picture_of_its_own():
    assert len(set(qr_each(ADDRESSES))) == len(ADDRESSES)


def test_the_first_of_many_is_drawn_like_one_alone():
    assert next(qr_each(ADDRESSES)) == qr(ADDRESSES[0])


def test_the_others_differ_from_one_drawn_alone_in_their_mask_at_most():
    mask = segno.make(ADDRESSES[0], error="m").mask

    for address, picture in zip(ADDRESSES, qr_each(ADDRESSES), strict=True):
        made = segno.make(address, error="m", mask=mask)
        assert squares(picture) == [bytes(row) for row in made.matrix]


def squares(picture: str) -> list[bytes]:
    """What a picture shows, row by row and without its border: 1 for a dark square."""
    side = len(segno.make(ADDRESSES[0], error="m").matrix)
    rows = [bytearray(side) for _row in range(side)]
    for left, row, run in re.findall(r"M(\d+) (\d+)\.5h(\d+)", picture):
        begin = int(left) - BORDER
        rows[int(row) - BORDER][begin : begin + int(run)] = b"\x01" * int(run)
    return [bytes(row) for row in rows]


def test_no_address_has_no_picture():
    assert list(qr_each([])) == []
