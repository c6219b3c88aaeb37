"""How blueprints and designs are read, checked, filled in, compared and changed: plain Python, usable as a library."""
