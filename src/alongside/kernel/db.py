"""Small database helpers shared by all rooms."""

from django.db import connections


def is_postgresql(using: str = "default") -> bool:
    """True when the named database is PostgreSQL (or Citus), False on SQLite."""
    return connections[using].vendor == "postgresql"
