"""Pictures to scan (QR, ISO/IEC 18004), drawn black on white whatever the page looks like."""

from collections.abc import Iterable, Iterator

import segno


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
        yield made.svg_data_uri(scale=scale, border=2, dark="#000000", light="#ffffff")
