"""Sharing out a budget of money or hours between projects."""
