"""What happens in programs when a person exports or is erased: what was agreed stays, under no name."""

from datetime import datetime
from typing import Any

from alongside.people import departures
from alongside.people.models import Membership, Person
from alongside.programs.models import Beginning, BlueprintFile, DesignVersion, Program, StageLead, StageProduct

COVERS = [
    "programs.Program.made_by",
    "programs.Program.keyed_by",
    "programs.DesignVersion.made_by",
    "programs.BlueprintFile.imported_by",
    "programs.Beginning.membership",
    "programs.StageLead.membership",
    "programs.StageProduct.membership",
    "programs.StageProduct.keyed_by",
]


def register() -> None:
    """Tell `people` how this room says goodbye."""
    departures.register(room="programs", export=export, erase=erase, leave=leave, merge=merge, covers=COVERS)


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """What a person started, led and wrote down in programs, and what they began and did not finish."""
    started = Program.objects.filter(made_by__person=person).select_related("community").order_by("made_at")
    leads = StageLead.objects.filter(membership__person=person).select_related("run__program").order_by("since")
    products = StageProduct.objects.filter(membership__person=person).select_related("run__program").order_by("at")
    begun = Beginning.objects.filter(membership__person=person).order_by("begun_at")
    files = BlueprintFile.objects.filter(imported_by=person).order_by("imported_at")
    designs = DesignVersion.objects.filter(made_by=person).select_related("program").order_by("made_at")
    return {
        "programs_started": [
            {"community": row.community.name, "title": row.title, "made_at": row.made_at.isoformat()} for row in started
        ],
        "programs_designs_written": [{"program": row.program.title, "number": row.number} for row in designs],
        "programs_stages_led": [
            {"program": row.run.program.title, "stage": row.run.stage, "side": row.side, "since": row.since.isoformat()}
            for row in leads
        ],
        "programs_written_down": [
            {"program": row.run.program.title, "what": row.makes, "words": row.told, "at": row.at.isoformat()}
            for row in products
        ],
        "programs_begun": [{"title": row.title, "answers": row.answers} for row in begun],
        "blueprints_brought": [{"title": row.title, "version": row.version} for row in files],
    }


def erase(person: Person, *, by: Person | None, at: datetime) -> None:
    """Unfinished beginnings and places at the head of stages go; what was written for all stays with all."""
    Beginning.objects.filter(membership__person=person).delete()
    StageLead.objects.filter(membership__person=person, finished_at=None).delete()


def leave(membership: Membership, *, by: Person | None, at: datetime) -> None:
    """Who leaves leads no stage that goes on; somebody else of that side can."""
    StageLead.objects.of(membership.community).filter(membership=membership, run__finished_at=None).delete()
    Beginning.objects.of(membership.community).filter(membership=membership).delete()


def merge(*, kept: Membership, dropped: Membership, by: Person, at: datetime) -> None:
    """What one record did, the other did; where both lead one stage, the kept one leads for its side alone."""
    here = kept.community
    both = StageLead.objects.of(here).filter(membership=kept).values("run")
    StageLead.objects.of(here).filter(membership=dropped, run__in=both).delete()
    for model in (StageLead, StageProduct, Beginning):
        model.objects.of(here).filter(membership=dropped).update(membership=kept)
    Program.objects.of(here).filter(made_by=dropped).update(made_by=kept)
