"""What happens to stances, objections and findings when a person exports, leaves, is erased or merged.

An objection outlives whoever raised it: nobody takes it back for another. The facilitators can still look at it, and
if they do not, things stay as they are.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from alongside.decisions.models import Decision, Finding, Objection, RoundSeen, SmallEdit, Stance
from alongside.people import departures
from alongside.people.models import Membership, Person


def register() -> None:
    """Tell `people` how consent rounds say goodbye."""
    departures.register(
        room="consent",
        export=export,
        erase=erase,
        leave=leave,
        merge=merge,
        covers=[
            "decisions.Stance.membership",
            "decisions.Stance.keyed_by",
            "decisions.Objection.membership",
            "decisions.Objection.keyed_by",
            "decisions.Objection.clarified_by",
            "decisions.Finding.membership",
            "decisions.RoundSeen.membership",
            "decisions.RoundSeen.keyed_by",
            "decisions.SmallEdit.membership",
        ],
    )


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Where a person stood, what they objected to, and what they found as a facilitator."""
    stances = Stance.objects.filter(membership__person=person).select_related("decision__proposal", "version")
    objections = Objection.objects.filter(membership__person=person).select_related("decision__proposal")
    findings = Finding.objects.filter(membership__person=person).select_related("objection__decision__proposal")
    seen = RoundSeen.objects.filter(membership__person=person).select_related("decision__proposal", "version")
    edits = SmallEdit.objects.filter(membership__person=person).select_related("decision__proposal", "version")
    return {
        "versions_read": [
            {"about": str(one.decision), "version": one.version.number, "at": one.at.isoformat()}
            for one in seen.order_by("at", "pk")
        ],
        "called_small_edits": [
            {"about": str(one.decision), "version": one.version.number, "at": one.at.isoformat()}
            for one in edits.order_by("at", "pk")
        ],
        "stances": [
            {
                "about": str(one.decision), "version": one.version.number, "stance": one.kind, "words": one.words,
                "edits_agreed": one.edits_agreed,
                "at": one.at.isoformat(),
            }
            for one in stances.order_by("at", "pk")
        ],
        "objections": [
            {
                "about": str(one.decision), "reason": one.reason, "harms": one.harms, "understood": one.clarified,
                "state": one.state, "at": one.raised_at.isoformat(),
            }
            for one in objections.order_by("raised_at", "pk")
        ],
        "findings": [
            {"about": str(one.objection.decision), "reason": one.reason, "at": one.at.isoformat()}
            for one in findings.order_by("at", "pk")
        ],
    }  # fmt: skip


@transaction.atomic
def erase(person: Person, *, by: Person | None, at: datetime) -> None:
    """Wipe what they wrote. That somebody stood here, objected or found something stays, under "former member"."""
    Stance.objects.filter(membership__person=person).update(words="")
    mine = Objection.objects.filter(membership__person=person)
    mine.update(reason="", harms="", clarified="", words_erased_at=at)
    Objection.objects.filter(clarified_by__person=person).update(clarified="")
    Finding.objects.filter(membership__person=person).update(reason="", words_erased_at=at)


@transaction.atomic
def leave(membership: Membership, *, by: Person | None, at: datetime) -> None:
    """What they said stays as they said it: it was said to everybody, while they belonged."""


@transaction.atomic
def merge(*, kept: Membership, dropped: Membership, by: Person, at: datetime) -> None:
    """Everything goes to the record that stays. Where both stood somewhere, an objection stands, else the kept word."""
    community = kept.community
    mine = Stance.objects.of(community).filter(membership=kept)
    theirs = Stance.objects.of(community).filter(membership=dropped)
    objects = theirs.filter(kind=Stance.Kind.OBJECTION, decision__state=Decision.State.OPEN).values("decision")
    mine.filter(decision__in=list(objects.values_list("decision", flat=True))).delete()
    theirs.filter(decision__in=mine.values("decision")).delete()
    theirs.update(membership=kept)
    read = RoundSeen.objects.of(community)
    read.filter(membership=dropped, version__in=read.filter(membership=kept).values("version")).delete()
    read.filter(membership=dropped).update(membership=kept)
    SmallEdit.objects.of(community).filter(membership=dropped).update(membership=kept)
    Objection.objects.of(community).filter(membership=dropped).update(membership=kept)
    Objection.objects.of(community).filter(clarified_by=dropped).update(clarified_by=kept)
    found = Finding.objects.of(community).filter(membership=kept)
    free = Finding.objects.of(community).filter(membership=dropped).exclude(objection__in=found.values("objection"))
    free.update(membership=kept)
