"""Forms about people; one module a subject."""
