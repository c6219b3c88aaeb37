"""Deciding together: proposals talked over by everybody, and the rules by which ballots are counted."""
