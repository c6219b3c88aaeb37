"""What the clock does in this room."""

from datetime import datetime, timedelta

from alongside.decisions import actions
from alongside.kernel.jobs import periodic


@periodic("decisions.close", every=timedelta(minutes=1))
def close_votes(at: datetime) -> str:
    """Count the votes whose time has come; what was missed while nobody was up is counted now."""
    return f"{actions.close_due(at=at)} closed"


@periodic("decisions.questions", every=timedelta(minutes=1))
def work_out_questions(at: datetime) -> str:
    """Count the open questions that have closed, and look for groups of opinion; never while a page is waited for."""
    return f"{actions.work_out_due(at=at)} counted"
