"""Reckoning of this room: visits from phases, plans for a week, and figures that name nobody. No Django."""
