"""What people type in this room; one module a subject."""
