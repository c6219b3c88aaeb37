"""What moving in keeps about a person: which imports they read, moved in and took back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q

from alongside.interop.models import Import
from alongside.people.models import Person


def export(person: Person) -> Mapping[str, list[dict[str, Any]]]:
    """The imports this person had a hand in."""
    mine = Import.objects.filter(Q(read_by=person) | Q(undone_by=person))
    return {
        "imports": list(mine.values("id", "community_id", "system", "state", "read_at", "moved_in_at", "undone_at"))
    }


def erase(person: Person, *, by: Person | None, at: datetime) -> None:
    """Nothing to wipe: an import names people by id alone, and reports hold no words of theirs."""
