"""Reading ballots from files, ours and others'. Plain Python, no Django; what cannot be read is told by line."""
