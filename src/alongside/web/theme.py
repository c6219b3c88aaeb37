"""How pages look on this device: light or dark, usual or large text. Two cookies, nothing else."""

from django.http import HttpRequest, HttpResponse

THEME_COOKIE = "theme"
THEMES = ("light", "dark")
TEXT_SIZE_COOKIE = "text_size"
TEXT_SIZES = ("large",)
A_YEAR_IN_SECONDS = 365 * 24 * 3600


def theme_of(request: HttpRequest) -> str:
    """ "light" or "dark" when chosen on this device; empty when the device decides."""
    return _chosen(request, THEME_COOKIE, THEMES)


def text_size_of(request: HttpRequest) -> str:
    """ "large" when chosen on this device, else empty."""
    return _chosen(request, TEXT_SIZE_COOKIE, TEXT_SIZES)


def choose(response: HttpResponse, *, theme: str, text_size: str) -> None:
    """Keep the choices on this device for a year; an unknown or empty one is forgotten."""
    for cookie, value, known in ((THEME_COOKIE, theme, THEMES), (TEXT_SIZE_COOKIE, text_size, TEXT_SIZES)):
        if value in known:
            response.set_cookie(cookie, value, max_age=A_YEAR_IN_SECONDS, samesite="Lax", httponly=True)
        else:
            response.delete_cookie(cookie, samesite="Lax")


def _chosen(request: HttpRequest, cookie: str, known: tuple[str, ...]) -> str:
    chosen = request.COOKIES.get(cookie, "")
    return chosen if chosen in known else ""
