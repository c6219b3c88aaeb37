"""Who may do what: one module a subject. Permissions are known once it is imported."""

from alongside.decisions.permissions import advice, amendments, moderation, proposals, questions, votes

__all__ = ["advice", "amendments", "moderation", "proposals", "questions", "votes"]
