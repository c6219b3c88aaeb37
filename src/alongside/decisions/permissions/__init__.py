"""Who may do what: one module a subject. Permissions are known once it is imported."""

from alongside.decisions.permissions import moderation, proposals, votes

__all__ = ["moderation", "proposals", "votes"]
