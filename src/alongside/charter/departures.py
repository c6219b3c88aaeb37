"""What happens to versions of the rules when a person exports or is erased: what was set stays, under no name."""

from datetime import datetime
from typing import Any

from alongside.charter.models import CharterVersion
from alongside.people import departures
from alongside.people.models import Person


def register() -> None:
    """Tell `people` how this room says goodbye."""
    departures.register(room="charter", export=export, erase=erase, covers=["charter.CharterVersion.made_by"])


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """The versions that a person set while they began a community."""
    rows = CharterVersion.objects.filter(made_by=person).select_related("community").order_by("made_at", "pk")
    return {
        "rules_begun": [
            {"community": row.community.name, "number": row.number, "made_at": row.made_at.isoformat()} for row in rows
        ]
    }


def erase(person: Person, *, by: Person | None, at: datetime) -> None:
    """Nothing of theirs is in it: the row of the person, which is emptied, is all that it names."""
