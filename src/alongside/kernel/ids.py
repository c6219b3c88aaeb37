"""Identifiers made by the application, so that a row knows its name before the database does."""

import os
import time
from uuid import UUID

_RANDOM_A_BITS = 12
_RANDOM_B_BITS = 62


def new_id() -> UUID:
    """Return a fresh UUIDv7: 48 bits of Unix milliseconds, then 74 random bits.

    Ids made later sort later (to the millisecond), which keeps database indexes compact.
    Source: RFC 9562, section 5.7.
    """
    milliseconds = time.time_ns() // 1_000_000
    randomness = int.from_bytes(os.urandom(10), "big")
    random_a = randomness >> (80 - _RANDOM_A_BITS)
    random_b = randomness & ((1 << _RANDOM_B_BITS) - 1)
    value = (milliseconds & 0xFFFFFFFFFFFF) << 80 | 0x7 << 76 | random_a << 64 | 0b10 << 62 | random_b
    return UUID(int=value)
