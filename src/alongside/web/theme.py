"""Light, dark, or as the device says: a choice kept in one cookie on this device."""

from django.http import HttpRequest

COOKIE = "theme"
THEMES = ("light", "dark")


def theme_of(request: HttpRequest) -> str:
    """ "light" or "dark" when chosen on this device; empty when the device decides."""
    chosen = request.COOKIES.get(COOKIE, "")
    return chosen if chosen in THEMES else ""
