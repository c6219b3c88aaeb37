"""What this room hands over, wipes or joins when a person exports, leaves, is erased or merged."""

from alongside.decisions.departures import amendments, moderation, proposals, votes


def register() -> None:
    """Tell `people` how proposals, votes, moderation and amendments say goodbye."""
    proposals.register()
    votes.register()
    moderation.register()
    amendments.register()
