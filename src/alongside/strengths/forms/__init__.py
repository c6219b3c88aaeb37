"""What people type in this room, turned into clean values."""
