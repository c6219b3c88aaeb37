"""Telling people, on the next page they see, what happened; with Undo where there is one."""

from django.contrib import messages
from django.http import HttpRequest

UNDO = "undo:"


def done(request: HttpRequest, text: str, *, undo_url: str = "") -> None:
    """It worked. `undo_url`: where a POST takes it back."""
    messages.success(request, text, extra_tags=f"{UNDO}{undo_url}" if undo_url else "")


def note(request: HttpRequest, text: str) -> None:
    """Worth knowing; nothing changed."""
    messages.info(request, text)


def sorry(request: HttpRequest, text: str) -> None:
    """It did not work; the text says what was kept and what to do."""
    messages.error(request, text)


def undo_url_of(extra_tags: str | None) -> str:
    """The undo address carried by a message, or nothing."""
    return extra_tags.removeprefix(UNDO) if extra_tags and extra_tags.startswith(UNDO) else ""
