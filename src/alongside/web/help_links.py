"""Which help page speaks about which page of the house."""

HELP_FOR: dict[str, str] = {
    "web:front": "explanation/what-alongside-is",
    "web:home": "tutorials/first-hour",
}

# Where a page has nothing of its own to say, its room has.
HELP_FOR_ROOM: dict[str, str] = {
    "people": "explanation/privacy",
    "timebank": "explanation/an-hour-is-an-hour",
    "strengths": "how-to/index",
    "notices": "how-to/index",
}


def help_path_for(view_name: str) -> str:
    """The path of the help page about a view, below `docs/` and without ".md"; empty for the contents."""
    return HELP_FOR.get(view_name) or HELP_FOR_ROOM.get(view_name.partition(":")[0], "")
