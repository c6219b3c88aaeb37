"""What this room hands over, wipes or joins when a person exports, leaves, is erased or merged."""

from alongside.decisions.departures import proposals, questions, votes


def register() -> None:
    """Tell `people` how proposals, votes and open questions say goodbye."""
    proposals.register()
    votes.register()
    questions.register()
