"""What happens in programs when a person exports or is erased: what was agreed stays, under no name."""

from datetime import datetime
from typing import Any

from alongside.people import departures
from alongside.people.models import Membership, Person
from alongside.programs import actions
from alongside.programs.models import (
    Beginning,
    BlueprintFile,
    Cohort,
    CohortLeader,
    DesignVersion,
    Enrolment,
    Licence,
    Program,
    Session,
    StageLead,
    StageProduct,
)

COVERS = [
    "programs.Program.made_by",
    "programs.Program.keyed_by",
    "programs.DesignVersion.made_by",
    "programs.BlueprintFile.imported_by",
    "programs.Beginning.membership",
    "programs.StageLead.membership",
    "programs.StageProduct.membership",
    "programs.StageProduct.keyed_by",
    "programs.Enrolment.membership",
    "programs.Enrolment.introduced_by",
    "programs.Enrolment.keyed_by",
    "programs.Licence.written_by",
    "programs.Cohort.made_by",
    "programs.CohortLeader.membership",
    "programs.Session.credited_by",
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
        **_in_programs(person),
        "blueprints_brought": [{"title": row.title, "version": row.version} for row in files],
    }


def _in_programs(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Where a person takes part and leads, and what they wrote down for others."""
    enrolments = Enrolment.objects.filter(membership__person=person).select_related("program", "community")
    introduced = Enrolment.objects.filter(introduced_by__person=person).select_related("program")
    led = CohortLeader.objects.filter(membership__person=person).select_related("cohort__program")
    cohorts = Cohort.objects.filter(made_by=person).select_related("program").order_by("made_at")
    licences = Licence.objects.filter(written_by=person).select_related("program").order_by("written_at")
    credited = Session.objects.filter(credited_by=person).select_related("cohort__program").order_by("credited_at")
    return {
        "programs_taken_part": [
            {
                "program": row.program.title, "state": row.state, "way": row.way, "since": _moment(row.since),
                "left": _moment(row.left_at), "why": row.left_why,
            }
            for row in enrolments.order_by("asked_at")
        ],
        "programs_introduced_to": [
            {"program": row.program.title, "at": _moment(row.asked_at)} for row in introduced.order_by("asked_at")
        ],
        "programs_led": [
            {
                "program": row.cohort.program.title, "cohort": row.cohort.number, "since": _moment(row.since),
                "from_lived_experience": row.from_lived_experience,
            }
            for row in led.order_by("since")
        ],
        "programs_runs_planned": [{"program": row.program.title, "number": row.number} for row in cohorts],
        "programs_licences_written": [{"program": row.program.title, "of": row.of} for row in licences],
        "programs_sessions_credited": [
            {"program": row.cohort.program.title, "session": row.number, "minutes": row.credited_minutes}
            for row in credited
        ],
    }  # fmt: skip


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def erase(person: Person, *, by: Person | None, at: datetime) -> None:
    """Unfinished beginnings and places at the head of stages go; what was written for all stays with all."""
    Beginning.objects.filter(membership__person=person).delete()
    StageLead.objects.filter(membership__person=person, finished_at=None).delete()


def leave(membership: Membership, *, by: Person | None, at: datetime) -> None:
    """Who leaves leads no stage that goes on; somebody else of that side can."""
    StageLead.objects.of(membership.community).filter(membership=membership, run__finished_at=None).delete()
    for enrolment in Enrolment.objects.of(membership.community).going_on().filter(membership=membership):
        enrolment.program.community = membership.community
        actions.leave(program=enrolment.program, membership=membership, by=by or membership.person, at=at)
    Beginning.objects.of(membership.community).filter(membership=membership).delete()


def merge(*, kept: Membership, dropped: Membership, by: Person, at: datetime) -> None:
    """What one record did, the other did; where both lead one stage, the kept one leads for its side alone."""
    here = kept.community
    both = StageLead.objects.of(here).filter(membership=kept).values("run")
    StageLead.objects.of(here).filter(membership=dropped, run__in=both).delete()
    taking_part = Enrolment.objects.of(here).going_on().filter(membership=kept).values("program")
    Enrolment.objects.of(here).going_on().filter(membership=dropped, program__in=taking_part).delete()
    leading = CohortLeader.objects.of(here).filter(membership=kept).values("cohort")
    CohortLeader.objects.of(here).filter(membership=dropped, cohort__in=leading).delete()
    Enrolment.objects.of(here).filter(introduced_by=dropped).update(introduced_by=kept)
    for model in (StageLead, StageProduct, Beginning, Enrolment, CohortLeader):
        model.objects.of(here).filter(membership=dropped).update(membership=kept)
    Program.objects.of(here).filter(made_by=dropped).update(made_by=kept)
