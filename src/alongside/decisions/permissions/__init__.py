"""Who may do what: one module a subject. Permissions are known once it is imported."""

from alongside.decisions.permissions import proposals, questions, votes

__all__ = ["proposals", "questions", "votes"]
