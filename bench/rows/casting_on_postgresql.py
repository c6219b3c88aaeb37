"""A hundred people voting at once, on PostgreSQL."""

from bench.casting import measure

__all__ = ["measure"]
