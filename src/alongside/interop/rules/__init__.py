"""Reading other systems' files: plain Python, no Django."""
