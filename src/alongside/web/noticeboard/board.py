"""Gathers the noticeboard. A room adds one function to a list here for what it has to say.

Every gatherer takes who reads it at which moment, asks a fixed number of queries and returns notes.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

import rules

from alongside.people.models import Membership, Role
from alongside.people.permissions import Standing
from alongside.web.noticeboard import gatherings, keeping, mine, rota, steps, visits
from alongside.web.noticeboard.lines import Deed, Hours, Line, Suggestion, Tile
from alongside.web.noticeboard.reader import Reader

Gatherer = Callable[[Reader], Iterable[Line]]

# What needs my answer.
ANSWERS: tuple[Gatherer, ...] = (
    mine.exchanges_waiting,
    gatherings.to_confirm,
    steps.offered,
    rota.to_answer,
    mine.proposals_waiting,
)
# What is coming up.
COMING: tuple[Gatherer, ...] = (gatherings.coming, rota.coming, visits.coming, mine.arranged)
# What was said or decided, and what came of it.
NEWS: tuple[Gatherer, ...] = (mine.unread_notices,)


@dataclass(frozen=True)
class Board:
    """The noticeboard of one person at one moment; parts that do not concern them are empty."""

    answers: list[Line]
    coming: list[Line]
    news: list[Line]
    hours: Hours | None
    suggestion: Suggestion | None
    only_looks: bool
    desk: list[Tile] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    books: list[Tile] = field(default_factory=list)


def board_for(standing: Standing, *, at: datetime) -> Board:
    """Everything on the noticeboard of this person, whatever roles they hold today."""
    only_looks = standing.roles == frozenset({Role.COMMISSIONER})
    reader = Reader.of(standing, at=at)
    answers = _gather(ANSWERS, reader)
    hours = None if only_looks else mine.hours(reader)
    members = Membership.objects.of(standing.community).current().count() if _keeps(standing) else 0
    return Board(
        answers=answers,
        coming=_gather(COMING, reader),
        news=_without(answers, _gather(NEWS, reader)),
        hours=hours,
        suggestion=mine.suggestion(standing, hours) if hours else None,
        only_looks=only_looks,
        desk=keeping.desk(standing, at) if standing.has(Role.COORDINATOR) else [],
        deeds=_deeds(standing, only_looks=only_looks, members=members),
        books=keeping.books(standing, at, members=members) if rules.has_perm("web.see_sums", standing, None) else [],
    )


def _keeps(standing: Standing) -> bool:
    return standing.has(Role.COORDINATOR) or rules.has_perm("web.see_sums", standing, None)


def _deeds(standing: Standing, *, only_looks: bool, members: int) -> list[Deed]:
    if standing.has(Role.COORDINATOR):
        return keeping.deeds(standing, members=members)
    return keeping.looking(standing) if only_looks else mine.deeds(standing)


def _without(answers: list[Line], news: list[Line]) -> list[Line]:
    """The newest letter about each matter, less those about what already stands above as a question."""
    told = {line.url for line in answers}
    kept = []
    for line in news:
        if line.about and line.about in told:
            continue
        told.add(line.about)
        kept.append(line)
    return kept


def _gather(gatherers: Iterable[Gatherer], reader: Reader) -> list[Line]:
    return [line for gatherer in gatherers for line in gatherer(reader)]
