"""What the clock does in this room."""

from datetime import datetime, timedelta

from alongside.decisions import actions
from alongside.kernel.jobs import periodic


@periodic("decisions.close", every=timedelta(minutes=1))
def close_votes(at: datetime) -> str:
    """Count the votes whose time has come; what was missed while nobody was up is counted now."""
    return f"{actions.close_due(at=at)} closed"


@periodic("decisions.remind", every=timedelta(minutes=10))
def remind(at: datetime) -> str:
    """Two days before a vote closes, remind who has not voted; and who decides after asking, what waits for them."""
    return f"{actions.remind_of_votes(at=at) + actions.remind_of_advice(at=at)} reminded of"


@periodic("decisions.review", every=timedelta(hours=1))
def review(at: datetime) -> str:
    """Ask people what came of a decision, from the day on which it is looked at again."""
    return f"{actions.ask_for_ratings(at=at)} asked about"


@periodic("decisions.conciliate", every=timedelta(minutes=10))
def conciliate(at: datetime) -> str:
    """Draw seats when a call is over; what finds no new version in time ends, and things stay as they are."""
    drawn, ended = actions.go_on_by_the_clock(at=at)
    return f"{drawn} drawn, {ended} ended"


@periodic("decisions.questions", every=timedelta(minutes=1))
def work_out_questions(at: datetime) -> str:
    """Count the open questions that have closed, and look for groups of opinion; never while a page is waited for."""
    return f"{actions.work_out_due(at=at)} counted"


@periodic("decisions.hands", every=timedelta(hours=1))
def let_hands_lapse(at: datetime) -> str:
    """What a meeting decided by show of hands, and both sides did not confirm in two weeks, does not stand."""
    return f"{actions.lapse_hands(at=at)} lapsed"


@periodic("decisions.minutes", every=timedelta(hours=1))
def let_minutes_stand(at: datetime) -> str:
    """Minutes that enough of every side approved stand once everybody who was there had three days to read them."""
    return f"{actions.let_minutes_stand(at=at)} approved"


@periodic("decisions.forget_sources", every=timedelta(hours=1))
def forget_sources(at: datetime) -> str:
    """Delete the files that authors have taken off, once that can no longer be undone."""
    return f"{actions.forget_sources(at=at)} deleted"
