"""What this room hands over, wipes or joins when a person exports, leaves, is erased or merged."""

from alongside.decisions.departures import conciliation, proposals, votes


def register() -> None:
    """Tell `people` how proposals, votes and conciliations say goodbye."""
    proposals.register()
    votes.register()
    conciliation.register()
