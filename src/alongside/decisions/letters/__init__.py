"""What this room tells people: one module a subject. Kinds of notices are known once it is imported."""

from alongside.decisions.letters import proposals, questions, votes

__all__ = ["proposals", "questions", "votes"]
