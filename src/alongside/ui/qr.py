"""Pictures to scan (QR, ISO/IEC 18004), drawn black on white whatever the page looks like."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby

import segno

# Squares that stay white on each side.
BORDER = 2
# From so many on, knowing what each bit of an address changes costs less than drawing every address anew.
MANY = 40


def qr(address: str, *, scale: int = 3) -> str:
    """An address as a picture for the `src` of an image. `scale`: pixels a square of it."""
    return next(qr_each([address], scale=scale))


def qr_each(addresses: Iterable[str], *, scale: int = 3) -> Iterator[str]:
    """Pictures of many addresses that are nearly alike, such as those of one pile of ballots.

    Which of the eight masks reads best is tried out on the first and kept: any mask is valid, and what differs between
    such addresses is a few letters.
    """
    told = [address.encode() for address in addresses]
    if not told:
        return
    first = _made(told[0])
    drawn = _squares(first)
    for each in told:
        if len(told) >= MANY and len(each) == len(told[0]):
            squares, side = drawn ^ _difference(first, told[0], each), len(first.matrix)
        else:
            own = _made(each, mask=first.mask)
            squares, side = _squares(own), len(own.matrix)
        yield _picture(squares, side, scale)


def _made(told: bytes, mask: int | None = None) -> segno.QRCode:
    return segno.make_qr(told, mode="byte", error="m", mask=mask)


def _squares(made: segno.QRCode) -> int:
    """The squares as bits of one number, row by row, each row filled up to whole bytes."""
    wide = 8 * _row_bytes(len(made.matrix))
    rows = b"".join(bytes(row).ljust(wide, b"\0") for row in made.matrix)
    return int(rows.translate(_AS_FIGURES), 2)


def _row_bytes(side: int) -> int:
    return -(-side // 8)


_AS_FIGURES = bytes.maketrans(b"\0\1", b"01")


def _difference(made: segno.QRCode, one: bytes, other: bytes) -> int:
    """The squares in which two symbols differ that say as many bytes.

    What is said, its check words and the mask are sums modulo 2: each bit turns the same squares over, whatever the
    rest says (ISO/IEC 18004:2015, 7.5 and 7.8).
    """
    turned = 0
    for place, (here, there) in enumerate(zip(one, other, strict=True)):
        for bit in range(8) if here != there else ():
            if (here ^ there) >> bit & 1:
                turned ^= _turned_by(int(made.version), str(made.error), len(one), place, 1 << bit)
    return turned


@lru_cache(maxsize=4096)
def _turned_by(version: int, error: str, length: int, place: int, change: int) -> int:
    """The squares that turn over when one byte of so many changes."""
    with_it = bytearray(length)
    with_it[place] = change
    return _plain(version, error, bytes(with_it)) ^ _plain(version, error, bytes(length))


@lru_cache(maxsize=16)
def _plain(version: int, error: str, told: bytes) -> int:
    made = segno.make_qr(told, mode="byte", version=version, error=error, mask=0, boost_error=False)
    return _squares(made)


def _picture(squares: int, side: int, scale: int) -> str:
    """An SVG of the dark squares, each row one line with gaps. Its address needs no escaping but of a few signs."""
    wide = _row_bytes(side)
    told = squares.to_bytes(side * wide, "big")
    lines = "".join(
        f"M{BORDER} {row + BORDER}.5" + "".join([_STROKES[byte] for byte in told[row * wide : (row + 1) * wide]])
        for row in range(side)
    )
    full = side + 2 * BORDER
    return (
        f"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='{full * scale}' height='{full * scale}'"
        f" viewBox='0 0 {full} {full}'%3E%3Cpath fill='%23fff' d='M0 0h{full}v{full}H0z'/%3E"
        f"%3Cpath stroke='%23000' d='{lines}'/%3E%3C/svg%3E"
    )


def _strokes(byte: int) -> str:
    """Eight squares side by side: a stroke where they are dark, a step where they are white."""
    runs = [(figure, len(list(run))) for figure, run in groupby(f"{byte:08b}")]
    return "".join(f"h{length}" if figure == "1" else f"m{length} 0" for figure, length in runs)


_STROKES = [_strokes(byte) for byte in range(256)]
