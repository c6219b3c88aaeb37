"""What happens to reports, appeals and the log of moderation when somebody exports, is erased or merged."""

from datetime import datetime
from typing import Any

from django.db import transaction

from alongside.decisions.models import Appeal, ModerationEntry, Report
from alongside.people import departures
from alongside.people.models import Membership, Person


def register() -> None:
    """Tell `people` how moderation says goodbye; beside the proposals of this room."""
    departures.register(
        room="moderation",
        export=export,
        erase=erase,
        merge=merge,
        covers=[
            "decisions.ModerationEntry.moderator",
            "decisions.Appeal.keyed_by",
            "decisions.Appeal.decided_by",
            "decisions.Report.membership",
            "decisions.Report.keyed_by",
        ],
    )


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """What they reported, appealed against, took from view and decided."""
    reports = Report.objects.filter(membership__person=person).order_by("at", "id")
    appeals = Appeal.objects.filter(entry__contribution__membership__person=person).order_by("at", "id")
    entries = ModerationEntry.objects.filter(moderator__person=person).order_by("at", "id")
    decided = Appeal.objects.filter(decided_by__person=person).order_by("decided_at", "id")
    return {
        "words_reported": [{"rule": each.rule, "text": each.text, "at": each.at.isoformat()} for each in reports],
        "appeals": [
            {"text": each.text, "outcome": each.outcome, "why": each.why, "at": each.at.isoformat()} for each in appeals
        ],
        "words_taken_from_view": [
            {"rule": each.rule, "words": each.words, "at": each.at.isoformat()} for each in entries
        ],
        "appeals_decided": [
            {"outcome": each.outcome, "why": each.why, "at": each.decided_at.isoformat()} for each in decided
        ],
    }


@transaction.atomic
def erase(person: Person, *, by: Person | None, at: datetime) -> None:
    """Wipe their reports and what they wrote in an appeal. That words were hidden, and by which rule, stays."""
    Report.objects.filter(membership__person=person).delete()
    Appeal.objects.filter(entry__contribution__membership__person=person).update(text="")


@transaction.atomic
def merge(*, kept: Membership, dropped: Membership, by: Person, at: datetime) -> None:
    """Move it all to the record that stays; of two reports of the same words the first stays."""
    community = kept.community
    ModerationEntry.objects.of(community).filter(moderator=dropped).update(moderator=kept)
    Appeal.objects.of(community).filter(decided_by=dropped).update(decided_by=kept)
    reports = Report.objects.of(community)
    mine = reports.filter(membership=kept).values("contribution")
    reports.filter(membership=dropped, contribution__in=mine).delete()
    reports.filter(membership=dropped).update(membership=kept)
