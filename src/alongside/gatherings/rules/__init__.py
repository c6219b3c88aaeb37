"""Reckoning about gatherings: recurrence, lines, verified time. No Django."""
