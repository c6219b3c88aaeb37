"""What this room hands over, wipes or joins when a person exports, leaves, is erased or merged."""

from alongside.decisions.departures import consent, proposals, votes


def register() -> None:
    """Tell `people` how proposals, votes and consent rounds say goodbye."""
    proposals.register()
    votes.register()
    consent.register()
