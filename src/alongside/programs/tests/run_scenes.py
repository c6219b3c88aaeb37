"""Scenes of runs: a course of five evenings in runs of a few places, with a checklist for whoever looks on."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from alongside.gatherings import actions as gatherings
from alongside.people.models import Community, Membership, Role
from alongside.people.tests.factories import community, person_in
from alongside.programs import actions
from alongside.programs.models import Cohort, CohortMove, Program, Session
from alongside.programs.tests.job_scenes import blueprint_text, started
from alongside.programs.tests.scenes import NOON

CHECKLIST = ("It began with a round", "Everybody made a plan", "Somebody told how last week went")
TITLES = ("Beginning", "Moving", "Eating", "Resting", "Going on")


def runs_text(places: int = 2, needed: int = 4) -> str:
    """Where people begin together, in runs of so many places."""
    plan = "".join(f'\n[[sessions.plan]]\ntitle = "{title}"\nhappens = ["A round"]\n' for title in TITLES)
    checklist = ", ".join(f'"{each}"' for each in CHECKLIST)
    text = blueprint_text(plan)
    text = text.replace("complete_after = 4", f"complete_after = {needed}\nchecklist = [{checklist}]")
    text = text.replace('every = "month"', 'every = "week"')
    return text.replace("waiting_list = true", f"waiting_list = true\ncohorts = true\nplaces = {places}")


def guided_text(filled_by: str = "whoever is ready", needs: str = "", *, count: int = 1) -> str:
    """Runs that one guide leads, or `count`: whoever takes part may, with the check that it `needs`."""
    leaders = f'leaders = {{ role = "guide", count = {count}, filled_by = "{filled_by}" }}\n'
    text = runs_text(places=9).replace("complete_after", f"{leaders}complete_after", 1)
    asked = f'needs = ["{needs}"]\n' if needs else ""
    return f'{text}\n[roles.guide]\nname = "Guide"\nwho = "participant"\n{asked}'


def course(*names: str, places: int = 2, needed: int = 4) -> tuple[Program, list[Membership]]:
    """A course kept going by Cora, and people of these names who come in, or wait."""
    town: Community = community()
    cora = person_in(town, "Cora", roles=[Role.COORDINATOR, Role.PROFESSIONAL])
    program = started(cora, runs_text(places, needed), "Evenings")
    people = [person_in(town, name) for name in names]
    for each in people:
        actions.enrol(program=program, membership=each, by=each.person, at=NOON)
    return program, people


def run_from(program: Program, day: date, leaders: tuple[Membership, ...] = (), at: datetime = NOON) -> Cohort:
    cohort = actions.schedule(
        program=program, first_day=day, leaders=[actions.Leader(each) for each in leaders],
        by=program.made_by.person, at=at, key=uuid4(),
    )  # fmt: skip
    return as_told(cohort, program)


def as_told(cohort: Cohort, program: Program) -> Cohort:
    cohort.program, cohort.community = program, program.community
    return cohort


def soon(weeks: int = 1) -> date:
    return NOON.date() + timedelta(weeks=weeks)


def session_of(cohort: Cohort, number: int) -> Session:
    found: Session = Session.objects.select_related("gathering").get(cohort=cohort, number=number)
    found.cohort, found.community, found.gathering.community = cohort, cohort.community, cohort.community
    return found


def held(cohort: Cohort, number: int, *came: Membership) -> Session:
    """A session takes place, and its attendance is closed."""
    session, by = session_of(cohort, number), cohort.program.made_by.person
    at = session.gathering.ends_at
    for member in came:
        gatherings.mark(gathering=session.gathering, membership=member, said="came", by=by, at=at, key=uuid4())
    gatherings.close_attendance(gathering=session.gathering, by=by, at=at)
    actions.note_held(gathering=session.gathering, at=at)
    return session_of(cohort, number)


def changes(program: Program, member: Membership, cohort: Cohort, at: datetime = NOON, **told: Any) -> CohortMove:
    move = actions.change_run(program=program, membership=member, cohort=cohort, by=member.person, at=at, **told)
    move.community = program.community
    return move
