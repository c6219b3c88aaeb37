"""Goodbyes on a pathway: what somebody held and was told goes with them, what they noted for others stays nameless."""

from datetime import datetime
from typing import Any

from alongside.people import departures
from alongside.people.models import Membership, Person
from alongside.programs.models import BesideMentor, Introduction, LivedExperience, PathStep, TrainingDone

COVERS = [
    "programs.PathStep.membership",
    "programs.PathStep.offered_by",
    "programs.PathStep.answered_by",
    *(f"programs.{name}.{field}" for name in ("TrainingDone", "BesideMentor") for field in ("noted_by", "keyed_by")),
    "programs.TrainingDone.membership",
    "programs.BesideMentor.membership",
    "programs.BesideMentor.mentor",
    "programs.LivedExperience.membership",
    "programs.LivedExperience.keyed_by",
    "programs.Introduction.led_by",
    "programs.Introduction.made_by",
]


def register() -> None:
    """Tell `people` how these rows say goodbye."""
    departures.register(room="programs_pathway", export=export, erase=erase, leave=leave, merge=merge, covers=COVERS)


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Steps, trainings, sessions beside a mentor, what was said of one's own life, and introductions led."""
    mine = {"membership__person": person}
    steps = PathStep.objects.filter(**mine).select_related("program").order_by("offered_at")
    offered = PathStep.objects.filter(offered_by__person=person).select_related("program").order_by("offered_at")
    trainings = TrainingDone.objects.filter(**mine).select_related("program").order_by("done_on")
    beside = BesideMentor.objects.filter(**mine).select_related("program", "session").order_by("noted_at")
    lived = LivedExperience.objects.filter(**mine).select_related("program").order_by("said_at")
    led = Introduction.objects.filter(led_by__person=person).select_related("program", "gathering")
    return {
        "programs_steps": [
            _on(
                row, step=row.step, state=row.state, offered=row.offered_at.isoformat(), from_elsewhere=row.is_brought,
                held_from=_day(row.held_from), lapsed_on=_day(row.lapsed_on), returned_on=_day(row.returned_on),
            )
            for row in steps
        ],
        "programs_steps_offered_to_others": [_on(row, at=row.offered_at.isoformat()) for row in offered],
        "programs_trainings": [_on(row, what=row.what, done_on=str(row.done_on)) for row in trainings],
        "programs_beside_a_mentor": [_on(row, session=row.session.number) for row in beside],
        "programs_lived_experience": [_on(row, shows_name=row.shows_name, at=row.said_at.isoformat()) for row in lived],
        "programs_introductions_led": [
            _on(row, at=row.gathering.starts_at.isoformat()) for row in led.order_by("gathering__starts_at")
        ],
    }  # fmt: skip


def _on(row: Any, **told: Any) -> dict[str, Any]:
    return {"program": row.program.title, **told}


def _day(day: Any) -> str | None:
    return str(day) if day else None


def erase(person: Person, *, by: Person | None, at: datetime) -> None:
    """What was said of their own life goes, and every offer that waits. Steps they were on stay, under no name."""
    LivedExperience.objects.filter(membership__person=person).delete()
    PathStep.objects.filter(membership__person=person, state=PathStep.State.OFFERED).delete()
    PathStep.objects.filter(membership__person=person).held().update(state=PathStep.State.GIVEN_UP, ended_at=at)


def leave(membership: Membership, *, by: Person | None, at: datetime) -> None:
    """Who leaves is offered nothing any more, and on no step; what they had done stays, should they come back."""
    mine = PathStep.objects.of(membership.community).filter(membership=membership)
    mine.offered().update(state=PathStep.State.WITHDRAWN, ended_at=at)
    mine.held().update(state=PathStep.State.GIVEN_UP, ended_at=at)
    LivedExperience.objects.of(membership.community).filter(membership=membership).delete()


def merge(*, kept: Membership, dropped: Membership, by: Person, at: datetime) -> None:
    """What one record was offered, held and did, the other did; what one noted for the other is nobody's word."""
    here = kept.community
    both = [kept.pk, dropped.pk]
    for model in (TrainingDone, BesideMentor):
        model.objects.of(here).filter(membership__in=both, noted_by__in=both).delete()
    BesideMentor.objects.of(here).filter(membership__in=both, mentor__in=both).delete()
    PathStep.objects.of(here).filter(membership__in=both, offered_by__in=both).update(offered_by=None, is_brought=False)
    _drop_doubles(kept, dropped)
    for field in ("membership", "offered_by"):
        PathStep.objects.of(here).filter(**{field: dropped}).update(**{field: kept})
    for field in ("membership", "noted_by"):
        TrainingDone.objects.of(here).filter(**{field: dropped}).update(**{field: kept})
    for field in ("membership", "mentor", "noted_by"):
        BesideMentor.objects.of(here).filter(**{field: dropped}).update(**{field: kept})
    LivedExperience.objects.of(here).filter(membership=dropped).update(membership=kept)
    Introduction.objects.of(here).filter(led_by=dropped).update(led_by=kept)


def _drop_doubles(kept: Membership, dropped: Membership) -> None:
    """Of two rows that say the same, one stays: a step that is held before one that is offered, else the kept one's."""
    here = kept.community
    for row in PathStep.objects.of(here).going_on().filter(membership=dropped):
        twin = PathStep.objects.of(here).going_on().filter(membership=kept, program=row.program_id, step=row.step)
        held = twin.first()
        if held is not None:
            (held if held.state == "offered" and row.state == "held" else row).delete()
    for row in TrainingDone.objects.of(here).filter(membership=dropped):
        same = {"program": row.program_id, "folded": row.folded}
        if TrainingDone.objects.of(here).filter(membership=kept, **same).exists():
            row.delete()
    sessions = BesideMentor.objects.of(here).filter(membership=kept).values("session")
    BesideMentor.objects.of(here).filter(membership=dropped, session__in=sessions).delete()
    said = LivedExperience.objects.of(here).filter(membership=kept).values("program")
    LivedExperience.objects.of(here).filter(membership=dropped, program__in=said).delete()
