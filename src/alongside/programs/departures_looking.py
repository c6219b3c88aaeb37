"""Goodbyes in what was assessed: private answers go, words go, sums and what was agreed stay under no name."""

from datetime import datetime
from typing import Any

from alongside.people import departures
from alongside.people.models import Membership, Person
from alongside.programs.models import (
    Barrier,
    BarrierAnswer,
    BudgetLine,
    Commitment,
    CommitmentSide,
    Input,
    LookBack,
    SelfCheck,
)

_MODELS = (SelfCheck, LookBack, Barrier, BarrierAnswer, Input, BudgetLine, Commitment, CommitmentSide)
COVERS = [
    *(f"programs.{model.__name__}.keyed_by" for model in _MODELS),
    *(f"programs.{model.__name__}.membership" for model in (SelfCheck, LookBack, BarrierAnswer, Input, CommitmentSide)),
    "programs.Barrier.raised_by",
    "programs.Barrier.owner",
]


def register() -> None:
    """Tell `people` how these rows say goodbye."""
    departures.register(
        room="programs_looking_back", export=export, erase=erase, leave=leave, merge=merge, covers=COVERS
    )


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """What a person answered, said, raised, gave and agreed to."""
    mine = {"membership__person": person}
    checks = SelfCheck.objects.filter(**mine).select_related("program").order_by("at")
    said = LookBack.objects.filter(**mine).select_related("program").order_by("at")
    raised = Barrier.objects.filter(raised_by__person=person).select_related("program").order_by("at")
    owned = Barrier.objects.filter(owner__person=person).select_related("program").order_by("at")
    answers = BarrierAnswer.objects.filter(**mine).select_related("barrier__program").order_by("at")
    inputs = Input.objects.filter(**mine).select_related("program").order_by("day", "at")
    agreed = CommitmentSide.objects.filter(**mine).select_related("commitment__program").order_by("at")
    return {
        "programs_self_checks": [_on(row, round=row.round, side=row.side, answers=row.answers) for row in checks],
        "programs_looked_back": [
            _on(row, round=row.round, well=row.went_well, badly=row.went_badly, next=row.next) for row in said
        ],
        "programs_barriers_raised": [
            _on(row, kind=row.kind, words=row.words, is_named=row.is_named, at=row.at.isoformat()) for row in raised
        ],
        "programs_barriers_looked_after": [_on(row, kind=row.kind) for row in owned],
        "programs_barriers_answered": [
            {"program": row.barrier.program.title, "words": row.words, "at": row.at.isoformat()} for row in answers
        ],
        "programs_time_given": [
            _on(row, day=str(row.day), minutes=row.minutes, kind=row.kind, paid=row.is_paid, what=row.what)
            for row in inputs
        ],
        "programs_agreed_to": [
            {"program": row.commitment.program.title, "words": row.commitment.words, "at": row.at.isoformat()}
            for row in agreed
        ],
    }


def _on(row: Any, **told: Any) -> dict[str, Any]:
    return {"program": row.program.title, **told}


def erase(person: Person, *, by: Person | None, at: datetime) -> None:
    """Answers and words of their own go. Minutes stay in the sums, with nobody named and nothing said."""
    SelfCheck.objects.filter(membership__person=person).delete()
    LookBack.objects.filter(membership__person=person).delete()
    raised = Barrier.objects.filter(raised_by__person=person)
    raised.filter(answers=None).delete()
    raised.update(raised_by=None, words="", side="", is_named=False)
    Barrier.objects.filter(owner__person=person).update(owner=None)
    Input.objects.filter(membership__person=person).update(membership=None, what="")


def leave(membership: Membership, *, by: Person | None, at: datetime) -> None:
    """Who leaves looks after no barrier any more; somebody else can."""
    Barrier.objects.of(membership.community).filter(owner=membership).update(owner=None)


def merge(*, kept: Membership, dropped: Membership, by: Person, at: datetime) -> None:
    """What one record did, the other did; of two answers in one round or to one agreement the kept one's stays."""
    here = kept.community
    for model in (SelfCheck, LookBack):
        for row in model.objects.of(here).filter(membership=kept):
            same = {"program": row.program_id, "round": row.round}
            model.objects.of(here).filter(membership=dropped, **same).delete()
    both = CommitmentSide.objects.of(here).filter(membership=kept).values("commitment")
    CommitmentSide.objects.of(here).filter(membership=dropped, commitment__in=both).delete()
    for rows in (SelfCheck, LookBack, BarrierAnswer, Input, CommitmentSide):
        rows.objects.of(here).filter(membership=dropped).update(membership=kept)
    Barrier.objects.of(here).filter(raised_by=dropped).update(raised_by=kept)
    Barrier.objects.of(here).filter(owner=dropped).update(owner=kept)
