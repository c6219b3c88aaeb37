"""What happens to changes offered for proposals when somebody exports, is erased or merged."""

from datetime import datetime
from typing import Any

from django.db import transaction

from alongside.decisions.models import Amendment
from alongside.people import departures
from alongside.people.models import Membership, Person


def register() -> None:
    """Tell `people` how amendments say goodbye; beside the proposals of this room."""
    departures.register(
        room="amendments",
        export=export,
        erase=erase,
        merge=merge,
        covers=[
            "decisions.Amendment.membership",
            "decisions.Amendment.keyed_by",
            "decisions.Amendment.answered_by",
        ],
    )


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """The changes they offered, and what they answered to those of others."""
    mine = Amendment.objects.filter(membership__person=person).select_related("proposal").order_by("at", "id")
    answers = Amendment.objects.filter(answered_by__person=person).order_by("answered_at", "id")
    return {
        "changes_to_proposals": [
            {
                "proposal": each.proposal.title,
                "text": each.text,
                "why": each.why,
                "state": each.state,
                "at": each.at.isoformat(),
            }
            for each in mine
        ],
        "answers_to_changes": [
            {"state": each.state, "reason": each.reason, "at": each.answered_at.isoformat()} for each in answers
        ],
    }


@transaction.atomic
def erase(person: Person, *, by: Person | None, at: datetime) -> None:
    """Wipe what they offered; of what was answered, that it was stays, and so does a version made of it."""
    mine = Amendment.objects.filter(membership__person=person)
    mine.filter(state__in=[Amendment.State.OPEN, Amendment.State.WITHDRAWN]).delete()
    mine.update(text="", why="", words_erased_at=at)
    Amendment.objects.filter(answered_by__person=person).update(reason="")


@transaction.atomic
def merge(*, kept: Membership, dropped: Membership, by: Person, at: datetime) -> None:
    """Move it all to the record that stays."""
    for field in ("membership", "answered_by"):
        Amendment.objects.of(kept.community).filter(**{field: dropped}).update(**{field: kept})
