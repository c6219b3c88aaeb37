"""What happens to notes on progress, and to what people said came of it, when a person exports, leaves or is erased."""

from datetime import datetime
from typing import Any

from django.db import transaction

from alongside.decisions.models import ProgressNote, Rating
from alongside.people import departures
from alongside.people.models import Membership, Person


def register() -> None:
    """Tell `people` how what follows votes says goodbye; beside the votes of this room."""
    departures.register(
        room="follow-ups",
        export=export,
        erase=erase,
        leave=leave,
        merge=merge,
        covers=[
            "decisions.ProgressNote.membership",
            "decisions.ProgressNote.keyed_by",
            "decisions.Rating.membership",
            "decisions.Rating.keyed_by",
        ],
    )


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """What a person wrote about decisions they saw to, and what they said came of others."""
    notes = ProgressNote.objects.filter(membership__person=person).select_related("decision__proposal")
    ratings = Rating.objects.filter(membership__person=person).select_related("decision__proposal")
    return {
        "notes_on_decisions": [
            {"about": str(one.decision), "step": one.step, "text": one.text, "at": one.at.isoformat()}
            for one in notes.order_by("at", "id")
        ],
        "what_came_of_decisions": [
            {"about": str(one.decision), "side": one.side, "kind": one.kind, "at": one.at.isoformat()}
            for one in ratings.order_by("at", "id")
        ],
    }


@transaction.atomic
def erase(person: Person, *, by: Person | None, at: datetime) -> None:
    """Wipe their words, and what they said of it; how far something was stays, under "former member"."""
    ProgressNote.objects.filter(membership__person=person).update(text="", words_erased_at=at)
    Rating.objects.filter(membership__person=person).delete()


@transaction.atomic
def leave(membership: Membership, *, by: Person | None, at: datetime) -> None:
    """What they wrote and said stays; what they saw to waits for somebody else, as votes see to."""


@transaction.atomic
def merge(*, kept: Membership, dropped: Membership, by: Person, at: datetime) -> None:
    """Move notes and words to the record that stays; where both spoke, the later word counts."""
    community = kept.community
    ProgressNote.objects.of(community).filter(membership=dropped).update(membership=kept)
    for theirs in Rating.objects.of(community).filter(membership=dropped):
        mine = Rating.objects.of(community).filter(membership=kept, decision=theirs.decision_id).first()
        if mine is not None and mine.at >= theirs.at:
            theirs.delete()
            continue
        if mine is not None:
            mine.delete()
        theirs.membership = kept
        theirs.save(update_fields=["membership"])
