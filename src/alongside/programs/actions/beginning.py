"""Before a program is there: what it starts from, and the answers that somebody gives one by one."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import transaction

from alongside.kernel import activity
from alongside.kernel.errors import Refusal
from alongside.people.models import Community, Membership, Person
from alongside.programs.models import Beginning, BlueprintFile, Program
from alongside.programs.rules.asks import Ask
from alongside.programs.rules.blueprint import Blueprint, read
from alongside.programs.rules.faults import Fault
from alongside.programs.rules.shapes import Text
from alongside.programs.serving import sections
from alongside.programs.shipped import BLANK_ID, blank, shipped_called

TITLE = "title"
_TITLE = Text(longest=100)


class NothingToStartFrom(Refusal):
    """The blueprint is not there any more."""


class AnswerDoesNotFit(Refusal):
    """`faults` says what is wrong with it."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults


@dataclass(frozen=True)
class Source:
    """What a program starts from. `blueprint` None: from `program`, whose design it takes as it is."""

    title: str
    asks: tuple[Ask, ...]
    blueprint: Blueprint | None = None
    program: Program | None = None

    @property
    def questions(self) -> tuple[str, ...]:
        """The keys of all questions in their order; what it is called comes last."""
        return (*(ask.key for ask in self.asks), TITLE)


@transaction.atomic
def begin(
    *,
    membership: Membership,
    by: Person,
    at: datetime,
    shipped: str = "",
    file: BlueprintFile | None = None,
    program: Program | None = None,
) -> Beginning:
    """Begin to answer the questions for a program: from exactly one thing. Raises NothingToStartFrom.

    Whoever began the same before and did not finish goes on there.
    """
    told = {"shipped": shipped, "file": file, "program": program}
    mine = Beginning.objects.of(membership.community).filter(membership=membership, **told).first()
    if mine is not None:
        return mine  # type: ignore[no-any-return]
    made: Beginning = Beginning(
        community=membership.community, membership=membership, begun_at=at, changed_at=at, **told
    )
    source_of(made)
    made.save()
    activity.log(did="programs.begun", about_what=made, by_id=by.pk, at=at)
    return made


@lru_cache(maxsize=16)
def _brought_in(text: str) -> Blueprint:
    """What a file says: read once, and not again for each of its questions."""
    return read(text, sections())


def source_of(beginning: Beginning) -> Source:
    """What it starts from, with its questions. Raises NothingToStartFrom."""
    if beginning.program is not None:
        return Source(beginning.program.title, (), program=beginning.program)
    if beginning.file is not None:
        blueprint: Blueprint | None = _brought_in(beginning.file.text)
    else:
        blueprint = blank() if beginning.shipped == BLANK_ID else shipped_called(beginning.shipped)
    if blueprint is None:
        raise NothingToStartFrom
    title = "" if beginning.shipped == BLANK_ID else blueprint.title
    return Source(title, blueprint.asks, blueprint=blueprint)


@transaction.atomic
def answer(*, beginning: Beginning, key: str, value: Any, by: Person, at: datetime) -> Beginning:
    """Keep the answer to one question; the last word counts. Raises AnswerDoesNotFit or NothingToStartFrom."""
    stands: Beginning = Beginning.objects.of(beginning.community).select_for_update(no_key=True).get(pk=beginning.pk)
    source = source_of(stands)
    shapes = {**{ask.key: ask.answer for ask in source.asks}, TITLE: _TITLE}
    if key not in shapes:
        raise AnswerDoesNotFit([Fault((key,), "unknown")])
    if faults := list(shapes[key].faults(value, (key,))):
        raise AnswerDoesNotFit(faults)
    if key == TITLE:
        stands.title = value.strip()
    else:
        stands.answers = {**stands.answers, key: value}
    stands.changed_at = at
    stands.save(update_fields=["title", "answers", "changed_at"])
    activity.log(did="programs.answered", about_what=stands, by_id=by.pk, at=at)
    return stands


@transaction.atomic
def let_go(*, beginning: Beginning, by: Person, at: datetime) -> None:
    """Start nothing after all: the answers go."""
    activity.log(did="programs.let_go", about_what=beginning, by_id=by.pk, at=at)
    Beginning.objects.of(beginning.community).filter(pk=beginning.pk).delete()


@transaction.atomic
def import_blueprint(*, community: Community, text: str, by: Person, at: datetime) -> BlueprintFile:
    """Bring a blueprint in. The same words again return the first. Raises DoesNotFit with every fault."""
    blueprint = read(text, sections())
    told = {
        "name": blueprint.id,
        "version": blueprint.version,
        "title": blueprint.title,
        "text": text,
        "imported_by": by,
        "imported_at": at,
    }
    made: BlueprintFile
    made, is_new = BlueprintFile.objects.get_or_create(community=community, digest=blueprint.digest, defaults=told)
    if is_new:
        activity.log(did="programs.blueprint_imported", about_what=made, by_id=by.pk, at=at)
    return made
