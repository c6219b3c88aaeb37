"""Reckoning of this room, without Django: what time earns, codes, draws, and who came again."""
