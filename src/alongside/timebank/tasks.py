"""What the time bank does by itself."""

from datetime import datetime, time, timedelta

from alongside.kernel.jobs import periodic
from alongside.timebank.actions import release_expired_holds
from alongside.timebank.ledger import selfcheck
from alongside.timebank.ledger.fold import fold


@periodic("timebank.fold", every=timedelta(seconds=5))
def fold_transfers(at: datetime) -> str:
    """Count and seal what was posted since."""
    return f"{fold(at)} transfers folded"


@periodic("timebank.release_expired_holds", every=timedelta(hours=1))
def let_go(at: datetime) -> str:
    """Release the holds whose time is up."""
    return f"{release_expired_holds(at=at)} holds released"


@periodic("timebank.selfcheck", every=timedelta(days=1), first=time(3, 20))
def check_the_books(at: datetime) -> str:
    """Check every community's books and keep the result for its page."""
    reports = selfcheck.check_all(at=at)
    wrong = [report for report in reports if report.findings]
    return f"{len(reports)} books checked, {len(wrong)} with findings"
