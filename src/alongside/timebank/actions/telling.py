"""Letters the ledger sends: a limit is near, or was set aside."""

from alongside.timebank.models import Transfer


def tell_of_limits(transfer: Transfer, *, override_reason: str = "") -> None:
    """Tell both people that a soft limit is passed, or that a coordinator went past a hard one and why."""
