"""Who may do what: one module a subject. Permissions are known once it is imported."""

from alongside.decisions.permissions import advice, amendments, meetings, moderation, proposals, questions, votes

__all__ = ["advice", "amendments", "meetings", "moderation", "proposals", "questions", "votes"]
