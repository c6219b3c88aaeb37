"""What this room hands over, wipes or joins when a person exports, leaves, is erased or merged."""

from alongside.decisions.departures import conciliation, follow_up, proposals, votes


def register() -> None:
    """Tell `people` how proposals, votes, conciliations and follow-ups say goodbye."""
    proposals.register()
    votes.register()
    conciliation.register()
    follow_up.register()
