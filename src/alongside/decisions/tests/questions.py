"""Scenes of open questions: one that is asked, statements that are let in, and what people say to them."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from alongside.decisions import actions
from alongside.decisions.models import OpenQuestion, QuestionResult, Statement
from alongside.decisions.tests.voting import Scene, scene
from alongside.kernel.clock import now
from alongside.people.models import Membership
from alongside.people.tests.factories import NOON, coordinator_in

__all__ = ["AFTER", "NOON", "Scene", "scene"]

AFTER = NOON + timedelta(days=8)
WORDS = {1: "agree", -1: "disagree", 0: "pass"}


def asked(member: Membership, title: str = "What would help?", *, at: datetime = NOON, **terms: Any) -> OpenQuestion:
    given = {"words": "", "closes_at": at + timedelta(days=7), "by": member.person, "key": uuid4(), **terms}
    return actions.ask_question(membership=member, title=title, at=at, **given)


def wrote(question: OpenQuestion, member: Membership, text: str = "A quiet room.", **details: Any) -> Statement:
    given = {"source": "own", "by": member.person, "at": question.made_at, "key": uuid4(), **details}
    return actions.write_statement(question=question, membership=member, text=text, **given)


def let_in(question: OpenQuestion, writer: Membership, judge: Membership, text: str = "A quiet room.") -> Statement:
    statement = wrote(question, writer, text)
    return actions.let_in(statement=statement, membership=judge, seen="waiting", by=judge.person, at=question.made_at)


def says(statement: Statement, member: Membership, word: str = "agree", **details: Any) -> None:
    given = {"by": member.person, "at": statement.question.made_at, **details}
    actions.say_opinion(statement=statement, membership=member, word=word, **given)


def open_now(place: Scene, many: int = 2) -> tuple[OpenQuestion, list[Statement], Membership]:
    """A question that is open at this moment, statements by the first participant, and the coordinator."""
    cora, writer = coordinator_in(place.town), place.sides["uses"][0]
    question = asked(cora, at=now() - timedelta(minutes=5))
    return question, [let_in(question, writer, cora, f"Sentence {n}.") for n in range(many)], cora


def closed(place: Scene, said: Mapping[str, Sequence[str]]) -> tuple[OpenQuestion, QuestionResult]:
    """A question that closed a day ago and is counted. `said`: statement → "+-o" of everybody in turn, " " for none."""
    cora, meant = coordinator_in(place.town), {"+": "agree", "-": "disagree", "o": "pass"}
    question = asked(cora, at=now() - timedelta(days=8))
    for text, words in said.items():
        statement = let_in(question, place.sides["uses"][0], cora, text)
        for member, word in zip(place.everybody, words, strict=False):
            if word in meant:
                says(statement, member, meant[word], side=_side(place, member))
    actions.work_out_due(at=now())
    return question, QuestionResult.objects.get(question=question)


def _side(place: Scene, member: Membership) -> str:
    return next(side for side, members in place.sides.items() if member in members)
