"""What every page of the house needs to draw its frame."""

from typing import Any

from django.http import HttpRequest


def house(request: HttpRequest) -> dict[str, Any]:
    return {
        "community": getattr(request, "community", None),
        "standing": getattr(request, "standing", None),
    }
