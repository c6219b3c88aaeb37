"""What this room says when a rule forbids something: one module a subject."""
