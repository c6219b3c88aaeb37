"""Reckoning of strengths and exchanges in plain Python: steps, pictures, times of the week, words, slips."""
