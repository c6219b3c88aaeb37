"""What the clock does in this room."""

from datetime import datetime, time, timedelta

from alongside.kernel.jobs import periodic
from alongside.programs.models import Program
from alongside.rewards import actions, reading

# How far back the quick sweep looks; the one at night looks at everything.
LATELY = timedelta(days=2)


@periodic("rewards.issue", every=timedelta(minutes=10))
def issue(at: datetime) -> str:
    """Give what was earned and not given yet, where time or hours were written down lately."""
    return f"{sum(_issued(reading.touched_since(at - LATELY), at))} issued"


@periodic("rewards.issue_all", every=timedelta(days=1), first=time(2, 30))
def issue_all(at: datetime) -> str:
    """Give what was earned and not given yet, wherever."""
    return f"{sum(_issued(reading.all_with_rewards(), at))} issued"


def _issued(programs: list[Program], at: datetime) -> list[int]:
    return [len(actions.issue_due(program=program, by=None, at=at)) for program in programs]


@periodic("rewards.run_out", every=timedelta(hours=1))
def run_out(at: datetime) -> str:
    """What was not used by its last day makes room for those in line."""
    return f"{actions.expire_due(by=None, at=at)} run out"


@periodic("rewards.draws", every=timedelta(minutes=1))
def close_draws(at: datetime) -> str:
    """Close the entries of draws in time, before their number is made."""
    return f"{actions.close_due_draws(by=None, at=at)} closed"
