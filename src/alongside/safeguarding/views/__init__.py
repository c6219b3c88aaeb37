"""Pages of this room: they find, call one action, and answer."""
