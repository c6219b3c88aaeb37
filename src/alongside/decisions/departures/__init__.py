"""What this room hands over, wipes or joins when a person exports, leaves, is erased or merged."""

from alongside.decisions.departures import (
    amendments,
    conciliation,
    consent,
    follow_up,
    meetings,
    moderation,
    proposals,
    questions,
    votes,
)


def register() -> None:
    """Tell `people` how everything of this room says goodbye."""
    for subject in (proposals, amendments, moderation, votes, conciliation, consent, follow_up, questions, meetings):
        subject.register()
