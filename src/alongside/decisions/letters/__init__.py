"""What this room tells people: one module a subject. Kinds of notices are known once it is imported."""

from alongside.decisions.letters import consent, proposals, votes

__all__ = ["consent", "proposals", "votes"]
