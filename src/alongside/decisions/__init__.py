"""Deciding together: for now the rules by which ballots are counted, and the files they are read from."""
