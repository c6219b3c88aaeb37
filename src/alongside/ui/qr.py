"""Pictures to scan (QR, ISO/IEC 18004), drawn black on white whatever the page looks like."""

import re
from collections.abc import Iterable, Iterator, Sequence

import segno

# Squares that stay white on each side.
BORDER = 2
_DARK = re.compile(b"\x01+")


def qr(address: str, *, scale: int = 3) -> str:
    """An address as a picture for the `src` of an image. `scale`: pixels a square of it."""
    return next(qr_each([address], scale=scale))


def qr_each(addresses: Iterable[str], *, scale: int = 3) -> Iterator[str]:
    """Pictures of many addresses that are nearly alike, such as those of one pile of ballots.

    Which of the eight masks reads best is tried out on the first and kept: that is most of the work, any mask is
    valid, and what differs between such addresses is a few letters.
    """
    mask: int | None = None
    for address in addresses:
        made = segno.make(address, error="m", mask=mask)
        mask = made.mask
        yield _picture(made.matrix, scale)


def _picture(rows: Sequence[bytes | bytearray], scale: int) -> str:
    """An SVG of the dark squares, each run of them one line. Its address needs no escaping but of a few signs."""
    side = len(rows) + 2 * BORDER
    runs = "".join(
        f"M{run.start() + BORDER} {place + BORDER}.5h{len(run[0])}"
        for place, row in enumerate(rows)
        for run in _DARK.finditer(row)
    )
    return (
        f"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='{side * scale}' height='{side * scale}'"
        f" viewBox='0 0 {side} {side}'%3E%3Cpath fill='%23fff' d='M0 0h{side}v{side}H0z'/%3E"
        f"%3Cpath stroke='%23000' d='{runs}'/%3E%3C/svg%3E"
    )
