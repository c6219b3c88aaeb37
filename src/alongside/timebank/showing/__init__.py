"""What the pages show, made ready from the books; nothing here writes."""
