"""Alongside: the open platform for co-production."""

__version__ = "0.1.0"
