"""What this room tells people: one module a subject. Kinds of notices are known once it is imported."""

from alongside.decisions.letters import (
    advice,
    amendments,
    conciliation,
    consent,
    follow_up,
    moderation,
    proposals,
    questions,
    votes,
)

__all__ = [
    "advice",
    "amendments",
    "conciliation",
    "consent",
    "follow_up",
    "moderation",
    "proposals",
    "questions",
    "votes",
]
