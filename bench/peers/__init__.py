"""Others doing the same work."""
