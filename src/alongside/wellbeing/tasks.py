"""What the clock does in this room."""

from datetime import datetime, timedelta

from alongside.kernel.jobs import periodic
from alongside.wellbeing import actions


@periodic("wellbeing.remind", every=timedelta(minutes=10))
def remind(at: datetime) -> str:
    """Remind people of visits, the day before."""
    return f"{actions.remind_due(at=at)} reminded"


@periodic("wellbeing.checks", every=timedelta(hours=1))
def look_at_checks(at: datetime) -> str:
    """Look for somebody else where whoever visits lacks a check, should nobody have heard of it."""
    return f"{actions.free_all_unchecked(at=at)} looked for"


@periodic("wellbeing.forget", every=timedelta(minutes=1))
def forget(at: datetime) -> str:
    """What somebody let go is gone, once it cannot be brought back."""
    return f"{actions.forget_let_go(at=at)} forgotten"
