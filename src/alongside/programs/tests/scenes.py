"""Scenes of programs: a community of two sides, a program started from a file, and changes of its design."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.urls import reverse

from alongside.decisions import actions as decisions
from alongside.decisions.models import Decision, Draft, Proposal, Version
from alongside.decisions.tests.voting import LATER, NOON, Scene, opened, say
from alongside.people import actions as people
from alongside.people.models import BodyMember, Community, Membership, Role
from alongside.people.tests.factories import community, person_in
from alongside.programs import actions
from alongside.programs.models import Beginning, PathStep, Program
from alongside.programs.models.program import design_of
from alongside.programs.rules.design import applied, difference
from alongside.programs.rules.leaders import role_that_leads
from alongside.programs.rules.pathway import opening
from alongside.programs.shipped import BLANK_ID

__all__ = ["LATER", "NOON"]

COURSE = "peer-course"


def everybody_in(town: Community, *, each: int = 6) -> dict[str, list[Membership]]:
    """As many who use it as who provide it."""
    return {
        "uses": [person_in(town, f"Uma {n}") for n in range(each)],
        "provides": [person_in(town, f"Pia {n}", roles=[Role.PROFESSIONAL]) for n in range(each)],
    }


def begun(by: Membership, shipped: str = BLANK_ID, **answers: Any) -> Beginning:
    """A beginning with every question answered as most would, but for `answers`."""
    beginning = actions.begin(membership=by, shipped=shipped, by=by.person, at=NOON)
    source = actions.source_of(beginning)
    told = {**{ask.key: ask.usual for ask in source.asks}, "title": "Walk and cook", **answers}
    for key in source.questions:
        beginning = actions.answer(beginning=beginning, key=key, value=told[key], by=by.person, at=NOON)
    return beginning


def program_of(by: Membership, shipped: str = BLANK_ID, at: datetime = NOON, **answers: Any) -> Program:
    """A program that has just started."""
    return actions.start(beginning=begun(by, shipped, **answers), by=by.person, at=at, key=uuid4())


def in_it(program: Program, members: list[Membership]) -> None:
    """Let people belong to a program's group."""
    for member in members:
        people.join_body(body=program.group, membership=member, part=BodyMember.Part.BELONGS, by=member.person, at=NOON)


def running(shipped: str = BLANK_ID, **answers: Any) -> tuple[Program, dict[str, list[Membership]]]:
    """A program with six people of each side in it; the first who provides started it."""
    sides = everybody_in(community())
    program = program_of(sides["provides"][0], shipped, **answers)
    in_it(program, [*sides["uses"], *sides["provides"][1:]])
    return program, sides


def on_step(
    program: Program, members: list[Membership], step: str = "leader", *, at: datetime = NOON
) -> list[PathStep]:
    """Let people hold a step that they have from elsewhere; who holds it already keeps it."""
    found = []
    for member in members:
        row = PathStep.objects.on(program).held().filter(membership=member, step=step).first()
        if row is None:
            other = program.made_by if program.made_by_id != member.pk else person_in(program.community, "Otto")
            row = actions.offer_step(
                program=program, membership=member, step=step, offered_by=other, by=other.person, at=at, is_brought=True
            )
            row = actions.answer_step(step=row, membership=member, accepts=True, by=member.person, at=at)
        found.append(row)
    return found


def ready_to_lead(program: Program, members: list[Membership]) -> None:
    """Let people hold the step that opens the role of those who lead, where the design has one."""
    design = design_of(program)
    for key in opening(design.get("pathway", {}), role_that_leads(design))[:1]:
        on_step(program, members, key)


def changed(program: Program, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The change from what is agreed to other values: {"sessions.starts": "18:30"}."""
    design = design_of(program)
    return difference(design, applied(design, {name: [None, value] for name, value in values.items()}))


def proposed(program: Program, author: Membership, values: Mapping[str, Any], title: str = "Evenings") -> Proposal:
    """A draft that would change the design."""
    return actions.propose(
        program=program, membership=author, title=title, change=changed(program, values),
        words={"text": "So that people who work can come."}, by=author.person, at=NOON, key=uuid4(),
    )  # fmt: skip


def put_forward(proposal: Proposal, author: Membership, at: datetime = NOON) -> Version:
    draft = Draft.objects.get(proposal=proposal)
    return decisions.put_forward(proposal=proposal, membership=author, seen=draft.changed_at, by=author.person, at=at)


def scene_about(
    program: Program, sides: dict[str, list[Membership]], values: Mapping[str, Any], title: str = "Evenings"
) -> Scene:
    """A proposal of the first participant that is talked over."""
    author = sides["uses"][0]
    proposal = proposed(program, author, values, title)
    version = put_forward(proposal, author)
    proposal.refresh_from_db()
    proposal.community = program.community
    return Scene(program.community, sides, proposal, version)


def decided(place: Scene, uses: str = "yyyyyy", provides: str = "yyyyyy", *, at: datetime = NOON) -> Decision:
    """The vote on it, closed a week after it was opened. What came of it waits for the room to act."""
    decision = opened(place, at=at, closes_at=at + timedelta(days=7))
    say(decision, place.sides["uses"], uses)
    say(decision, place.sides["provides"], provides)
    return decisions.close(decision=decision, by=None, at=at + timedelta(days=7))


def url(name: str, town: Community, *args: object) -> str:
    """An address of this room in a community."""
    return reverse(f"programs:{name}", args=[town.slug, *args])
