"""A hundred people voting at once, on SQLite."""

from bench.casting import measure

__all__ = ["measure"]
