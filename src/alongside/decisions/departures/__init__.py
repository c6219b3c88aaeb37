"""What this room hands over, wipes or joins when a person exports, leaves, is erased or merged."""

from alongside.decisions.departures import amendments, conciliation, follow_up, moderation, proposals, votes


def register() -> None:
    """Tell `people` how everything of this room says goodbye."""
    for subject in (proposals, amendments, moderation, votes, conciliation, follow_up):
        subject.register()
