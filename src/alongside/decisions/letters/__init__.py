"""What this room tells people: one module a subject. Kinds of notices are known once it is imported."""

from alongside.decisions.letters import conciliation, follow_up, proposals, votes

__all__ = ["conciliation", "follow_up", "proposals", "votes"]
