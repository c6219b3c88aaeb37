"""What this room tells people: one module a subject. Kinds of notices are known once it is imported."""

from alongside.decisions.letters import (
    advice,
    agenda,
    amendments,
    conciliation,
    consent,
    follow_up,
    hands,
    meetings,
    minutes,
    moderation,
    proposals,
    questions,
    votes,
)

__all__ = [
    "advice",
    "agenda",
    "amendments",
    "conciliation",
    "consent",
    "follow_up",
    "hands",
    "meetings",
    "minutes",
    "moderation",
    "proposals",
    "questions",
    "votes",
]
