"""What happens to questions, statements and opinions when a person exports, leaves, is erased or merged."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from alongside.decisions.models import OpenQuestion, Opinion, QuestionResult, Statement
from alongside.people import departures
from alongside.people.models import Membership, Person


def register() -> None:
    """Tell `people` how open questions say goodbye."""
    departures.register(
        room="questions",
        export=export,
        erase=erase,
        leave=leave,
        merge=merge,
        covers=[
            "decisions.OpenQuestion.made_by",
            "decisions.OpenQuestion.keyed_by",
            "decisions.Statement.membership",
            "decisions.Statement.keyed_by",
            "decisions.Statement.judged_by",
            "decisions.Opinion.membership",
            "decisions.Opinion.keyed_by",
        ],
    )


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """The questions a person asked, the statements they wrote, and what they said to those of others."""
    asked = OpenQuestion.objects.filter(made_by__person=person).order_by("made_at", "id")
    wrote = Statement.objects.filter(membership__person=person).select_related("question").order_by("at", "id")
    said = Opinion.objects.filter(membership__person=person).select_related("statement__question")
    return {
        "open_questions": [
            {"title": each.title, "words": each.words, "at": each.made_at.isoformat()} for each in asked
        ],
        "statements": [
            {
                "question": each.question.title,
                "text": each.text,
                "source": each.source,
                "state": each.state,
                "refused_why": each.refused_why,
                "at": each.at.isoformat(),
            }
            for each in wrote
        ],
        "opinions": [
            {
                "question": each.statement.question.title,
                "statement": each.statement.text,
                "word": each.word,
                "side": each.side,
                "at": each.at.isoformat(),
            }
            for each in said.order_by("at", "id")
        ],
    }


@transaction.atomic
def erase(person: Person, *, by: Person | None, at: datetime) -> None:
    """Wipe what they said to statements, their place on maps, and the statements nobody else has answered.

    A statement that others answered stays without a writer: what they said is about it. Sums that were counted stay.
    """
    Opinion.objects.filter(membership__person=person).delete()
    others = Opinion.objects.filter(statement=OuterRef("pk"), community=OuterRef("community"))
    mine = Statement.objects.filter(membership__person=person)
    mine.exclude(Exists(others)).delete()
    mine.update(membership=None)
    members = set(map(str, Membership.objects.filter(person=person).values_list("pk", flat=True)))
    communities = Membership.objects.filter(person=person).values("community")
    for result in QuestionResult.objects.filter(community__in=communities):
        if members & result.places.keys():
            result.places = {name: place for name, place in result.places.items() if name not in members}
            result.save(update_fields=["places"])


@transaction.atomic
def leave(membership: Membership, *, by: Person | None, at: datetime) -> None:
    """What they wrote and said counts as it stands; nobody writes or votes after leaving."""


@transaction.atomic
def merge(*, kept: Membership, dropped: Membership, by: Person, at: datetime) -> None:
    """Move everything to the record that stays; where both answered a statement, the later word counts."""
    community = kept.community
    OpenQuestion.objects.of(community).filter(made_by=dropped).update(made_by=kept)
    statements = Statement.objects.of(community)
    # Nobody is shown as having let in their own words.
    statements.filter(membership=dropped, judged_by=kept).update(judged_by=None)
    statements.filter(membership=kept, judged_by=dropped).update(judged_by=None)
    statements.filter(judged_by=dropped).update(judged_by=kept)
    statements.filter(membership=dropped).update(membership=kept)
    opinions = Opinion.objects.of(community)
    twin = opinions.filter(statement=OuterRef("statement"))
    opinions.filter(membership=kept).filter(Exists(twin.filter(membership=dropped, at__gt=OuterRef("at")))).delete()
    opinions.filter(membership=dropped).filter(Exists(twin.filter(membership=kept))).delete()
    opinions.filter(membership=dropped).update(membership=kept)
    for result in QuestionResult.objects.of(community):
        if (place := result.places.pop(str(dropped.pk), None)) is not None:
            result.places.setdefault(str(kept.pk), place)
            result.save(update_fields=["places"])
