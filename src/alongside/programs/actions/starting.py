"""A program starts, with its group, its first design and its first stage; and ends."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.kernel import activity
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people import actions as people
from alongside.people.models import Group, Person
from alongside.programs.actions.beginning import Source, source_of
from alongside.programs.actions.turning import begin_stage
from alongside.programs.models import Beginning, DesignVersion, Program
from alongside.programs.models.program import design_of
from alongside.programs.rules.blueprint import about, fill
from alongside.programs.rules.loop import stages_of
from alongside.programs.serving import Turn, carry_out, sections
from alongside.programs.shipped import BLANK_ID


class NotYetAnswered(Refusal):
    """`key` is the first question that has no answer."""

    def __init__(self, *, key: str) -> None:
        super().__init__(key)
        self.key = key


@transaction.atomic
def start(*, beginning: Beginning, by: Person, at: datetime, key: UUID) -> Program:
    """Start a program from the answers of a beginning, which is over then. The same `key` again returns the first.

    Raises NotYetAnswered, NothingToStartFrom, and DoesNotFit for answers that do not go together.
    """
    community = beginning.community
    if made := Program.objects.of(community).filter(key=key).first():
        return made  # type: ignore[no-any-return]
    stands = Beginning.objects.of(community).select_for_update(no_key=True).filter(pk=beginning.pk).first()
    if stands is None:
        raise SomeoneElseWasFaster
    source = source_of(stands)
    for question in source.questions:
        if question not in stands.answers and not (question == "title" and stands.title):
            raise NotYetAnswered(key=question)
    design = _design(source, stands.answers)
    program = _made(stands, source, stages_of(design)[0], by=by, at=at, key=key)
    DesignVersion.objects.create(community=community, program=program, number=1, design=design, made_by=by, made_at=at)
    begin_stage(program, design, at=at)
    carry_out(Turn(program, {}, design, by, at))
    stands.delete()
    activity.log(did="programs.started", about_what=program, by_id=by.pk, at=at)
    return program


def _design(source: Source, answers: Mapping[str, Any]) -> dict[str, Any]:
    if source.blueprint is not None:
        return fill(source.blueprint, answers, sections())
    assert source.program is not None
    return design_of(source.program)


def _made(beginning: Beginning, source: Source, stage: str, *, by: Person, at: datetime, key: UUID) -> Program:
    group = people.make_body(
        kind=Group, community=beginning.community, name=beginning.title, leader=beginning.membership, by=by, at=at
    )
    assert isinstance(group, Group)
    program: Program = Program.objects.create(
        community=beginning.community,
        group=group,
        title=beginning.title,
        stage=stage,
        made_by=beginning.membership,
        keyed_by=by,
        made_at=at,
        key=key,
        **_told(beginning, source),
    )
    return program


def _told(beginning: Beginning, source: Source) -> dict[str, Any]:
    """What a program keeps of the thing it started from."""
    if source.program is not None:
        kept = ("summary", "aim", "principles", "manner", "sources", "blueprint", "blueprint_version")
        return {
            **{name: getattr(source.program, name) for name in kept},
            "blueprint_digest": source.program.blueprint_digest,
            "copied_from": source.program,
        }
    blueprint = source.blueprint
    assert blueprint is not None
    told = about(blueprint, beginning.answers)
    from_nothing = beginning.shipped == BLANK_ID
    return {
        "summary": told["summary"],
        "aim": told["aim"],
        "principles": told["principles"],
        "manner": told.get("in_the_manner_of", ""),
        "sources": told.get("sources", []),
        "blueprint": "" if from_nothing else blueprint.id,
        "blueprint_version": "" if from_nothing else blueprint.version,
        "blueprint_digest": "" if from_nothing else blueprint.digest,
    }


@transaction.atomic
def end(*, program: Program, by: Person, at: datetime) -> Program:
    """End a program: it stays to be read, and nothing new happens in it. Raises SomeoneElseWasFaster."""
    if not Program.objects.of(program.community).running().filter(pk=program.pk).update(ended_at=at):
        raise SomeoneElseWasFaster
    program.refresh_from_db()
    activity.log(did="programs.ended", about_what=program, by_id=by.pk, at=at)
    return program
