"""Reckoning about people, without Django; one module a subject."""
