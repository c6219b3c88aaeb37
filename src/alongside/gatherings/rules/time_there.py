"""How long somebody was there, as far as somebody else saw it."""

from datetime import datetime, timedelta

# Two accounts of a moment this close say the same: clocks differ, and people write "ten".
SAME_WITHIN = timedelta(minutes=5)
MOST_MINUTES = 24 * 60


def minutes_there(came_in: datetime | None, went_out: datetime | None) -> int | None:
    """Whole minutes between in and out; None while one is missing, or out lies before in."""
    if came_in is None or went_out is None or went_out <= came_in:
        return None
    return min(int((went_out - came_in).total_seconds()) // 60, MOST_MINUTES)


def says_otherwise(one: datetime | None, other: datetime | None) -> bool:
    """True when both are told and lie too far apart to mean the same."""
    return one is not None and other is not None and abs(one - other) > SAME_WITHIN
