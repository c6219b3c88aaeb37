"""Small database helpers shared by all rooms."""

from django.db import connection, connections


def is_postgresql(using: str = "default") -> bool:
    """True when the named database is PostgreSQL (or Citus), False on SQLite."""
    return connections[using].vendor == "postgresql"


def empty_the_log() -> None:
    """On SQLite, carry over what the write-ahead log holds, so that what was deleted is in neither of the two.

    The last connection does so when it closes, but the house keeps its connections. While somebody reads it is left
    for the next time: nobody waits for it.
    """
    if is_postgresql():
        return
    with connection.cursor() as cursor:
        patience = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute("PRAGMA busy_timeout=0")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            cursor.execute(f"PRAGMA busy_timeout={patience}")
