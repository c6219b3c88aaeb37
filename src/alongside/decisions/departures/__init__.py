"""What this room hands over, wipes or joins when a person exports, leaves, is erased or merged."""

from alongside.decisions.departures import (
    advice,
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
    for subject in (
        proposals, amendments, moderation, votes, conciliation, consent, advice, follow_up, questions, meetings,
    ):  # fmt: skip
        subject.register()
