"""Lots that anybody can draw again: the seed is published before voting opens."""

from collections.abc import Iterable, Sequence
from hashlib import sha256


def drawn(tied: Iterable[str], *, seed: str, moment: str) -> list[str]:
    """The tied ids in the order of the lot.

    Each id gets the SHA-256 of "seed⏎moment⏎id" in UTF-8; the smallest comes first. `moment` names the round,
    so that one seed serves several lots. The order in which ids are given does not matter.
    """
    return sorted(tied, key=lambda one: (sha256(f"{seed}\n{moment}\n{one}".encode()).digest(), one))


def volunteers(willing: Sequence[str], *, seats: int, seed: str, side: str) -> list[str]:
    """Draw `seats` people of one side from those willing; all of them where they are fewer."""
    return drawn(set(willing), seed=seed, moment=f"volunteers of {side}")[:seats]
