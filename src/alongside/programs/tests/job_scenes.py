"""Scenes of jobs: a cooperative nursery with a treasurer, a committee and a board of seven."""

from datetime import datetime
from typing import Any, TypeVar
from uuid import uuid4

from alongside.people.models import Community, Membership, Role
from alongside.people.tests.factories import community, person_in
from alongside.programs import actions
from alongside.programs.models import BoardMeeting, JobTerm, Program
from alongside.programs.shipped import FOLDER
from alongside.programs.tests.scenes import NOON, in_it

OfProgram = TypeVar("OfProgram", JobTerm, BoardMeeting)

JOBS = """
[jobs]
every_household = true

[jobs.list.treasurer]
name = "Treasurer"
kind = "job"
does = ["Keeps the books", "Pays what was agreed"]
least = 1
most = 1
side = "people"
term = "1 year"
terms = 2

[jobs.list.garden]
name = "Garden committee"
kind = "committee"
least = 2
most = 4

[jobs.list."board"]
name = "Board"
kind = "board"
least = 5
most = 7
chosen_by = "vote"
term = "2 years"
quorum = "1/2"

[jobs.list.carer]
name = "Childcare coordinator"
kind = "job"
most = 2
role = "carer"
"""


def blueprint_text(jobs: str = JOBS) -> str:
    return (FOLDER / "family-college.toml").read_text(encoding="utf-8") + jobs


def started(by: Membership, text: str, title: str = "Nursery", at: datetime = NOON, **answers: Any) -> Program:
    """A program from a file that somebody brought in, with the usual answers but for `answers`."""
    text = text.replace('title = "Family college"', f'title = "A file for: {title}"')
    file = actions.import_blueprint(community=by.community, text=text, by=by.person, at=at)
    beginning = actions.begin(membership=by, file=file, by=by.person, at=at)
    source = actions.source_of(beginning)
    told = {**{ask.key: ask.usual for ask in source.asks}, "title": title, **answers}
    for key in source.questions:
        beginning = actions.answer(beginning=beginning, key=key, value=told[key], by=by.person, at=at)
    return actions.start(beginning=beginning, by=by.person, at=at, key=uuid4())


def nursery(*names: str, town: Community | None = None) -> tuple[Program, list[Membership]]:
    """A program with jobs, kept going by Cora, and parents of these names in it."""
    town = town or community()
    cora = person_in(town, "Cora", roles=[Role.COORDINATOR, Role.PROFESSIONAL])
    program = started(cora, blueprint_text())
    parents = [person_in(town, name) for name in names]
    in_it(program, parents)
    return program, parents


def offers(program: Program, member: Membership, job: str = "treasurer", at: datetime = NOON) -> JobTerm:
    return again(actions.offer_job(program=program, job=job, membership=member, by=member.person, at=at), program)


def again(term: OfProgram, program: Program) -> OfProgram:
    """A row with its program and community as the test has them."""
    term.program, term.community = program, program.community
    return term


def seated(program: Program, members: list[Membership], job: str = "board", at: datetime = NOON) -> list[JobTerm]:
    """Chosen by a vote, each in a seat, as Cora writes down."""
    by = program.made_by.person
    return [
        actions.choose_for_job(term=offers(program, member, job, at), how="vote", where="Annual meeting", by=by, at=at)
        for member in members
    ]
