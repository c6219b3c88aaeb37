"""Open questions: asking one, writing a statement, letting it in or not, and saying what one thinks of it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.decisions.actions.deeds import Deed
from alongside.decisions.actions.opening import ClosesTooSoon
from alongside.decisions.actions.talking import NotTheirSide
from alongside.decisions.letters import questions as letters
from alongside.decisions.models import OpenQuestion, Opinion, QuestionResult, Statement
from alongside.decisions.permissions.proposals import sides_of
from alongside.decisions.rules.statements import has_link
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people.models import Membership, Person

MOST_STATEMENTS = 20  # of one person on one question


class QuestionIsOver(Refusal):
    """The question is closed: nobody writes or votes any more."""


class NoLinks(Refusal):
    """A statement holds words, no addresses of the web."""


class TooManyStatements(Refusal):
    """Somebody has written as many statements on this question as one person may."""


class NotTheirOwn(Refusal):
    """Nobody lets in, or refuses, what they wrote themself."""


class NotLetIn(Refusal):
    """Only a statement that a coordinator let in is voted on."""


class WhyNotMissing(Refusal):
    """A statement is refused with a reason, which its writer reads."""


@transaction.atomic
def ask_question(
    *,
    membership: Membership,
    title: str,
    words: str,
    closes_at: datetime,
    by: Person,
    at: datetime,
    key: UUID,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> OpenQuestion:
    """Ask everybody in the community; they are told once. The same `key` again returns the first.

    Raises ClosesTooSoon when it would close before it is asked.
    """
    if closes_at <= at:
        raise ClosesTooSoon
    deed = Deed(by, at, on_behalf_of, channel)
    question: OpenQuestion
    question, is_new = OpenQuestion.objects.get_or_create(
        community=membership.community,
        key=key,
        defaults={
            "title": title,
            "words": words,
            "closes_at": closes_at,
            "made_by": membership,
            "made_at": at,
            **deed.keyed(),
        },
    )
    if is_new:
        deed.log("decisions.question_asked", question)
        letters.question_asked(question, speaker=deed.speaker, at=at)
    return question


@transaction.atomic
def write_statement(
    *,
    question: OpenQuestion,
    membership: Membership,
    text: str,
    source: str,
    by: Person,
    at: datetime,
    key: UUID,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Statement:
    """Keep a statement; others see it once a coordinator lets it in. The same `key` again returns the first.

    Raises QuestionIsOver, NoLinks, TooManyStatements.
    """
    if has_link(text):
        raise NoLinks
    stands = _held_open(question, at)
    rows = Statement.objects.of(stands.community).filter(question=stands)
    if rows.filter(membership=membership).exclude(key=key).count() >= MOST_STATEMENTS:
        raise TooManyStatements
    deed = Deed(by, at, on_behalf_of, channel)
    statement: Statement
    statement, is_new = Statement.objects.get_or_create(
        community=stands.community,
        key=key,
        defaults={
            "question": stands,
            "membership": membership,
            "text": text,
            "source": source,
            "at": at,
            **deed.keyed(),
        },
    )
    if is_new:
        deed.log("decisions.statement_written", statement)
    return statement


@transaction.atomic
def let_in(*, statement: Statement, membership: Membership, seen: str, by: Person, at: datetime) -> Statement:
    """Let a statement in: from now on others see it and answer. Its writer is told.

    `seen`: its state on the page; raises SomeoneElseWasFaster when it is another by now, NotTheirOwn for the
    writer of the statement, and QuestionIsOver.
    """
    _held_open(statement.question, at)
    return _judged(statement, membership, Statement.State.SHOWN, seen=seen, why="", by=by, at=at)


@transaction.atomic
def keep_out(
    *, statement: Statement, membership: Membership, seen: str, why: str, by: Person, at: datetime
) -> Statement:
    """Refuse a statement, or take one out that was let in; its writer is told the reason.

    Raises WhyNotMissing, NotTheirOwn, and SomeoneElseWasFaster when it is in another state than `seen`.
    """
    if not why.strip():
        raise WhyNotMissing
    return _judged(statement, membership, Statement.State.REFUSED, seen=seen, why=why.strip(), by=by, at=at)


def _judged(
    statement: Statement, judge: Membership, state: str, *, seen: str, why: str, by: Person, at: datetime
) -> Statement:
    rows = Statement.objects.of(statement.community).select_related("question", "membership__person", "community")
    stands: Statement = rows.select_for_update(no_key=True, of=("self",)).get(pk=statement.pk)
    if stands.membership_id == judge.pk or (stands.membership and stands.membership.person_id == by.pk):
        raise NotTheirOwn
    if stands.state != seen or stands.state == state:
        raise SomeoneElseWasFaster
    stands.state, stands.refused_why, stands.judged_by, stands.judged_at = state, why, judge, at
    stands.save(update_fields=["state", "refused_why", "judged_by", "judged_at"])
    did = "decisions.statement_let_in" if state == Statement.State.SHOWN else "decisions.statement_refused"
    Deed(by, at).log(did, stands)
    letters.judged(stands, speaker=by, at=at)
    return stands


@transaction.atomic
def say_opinion(
    *,
    statement: Statement,
    membership: Membership,
    word: str,
    by: Person,
    at: datetime,
    side: str = "",
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Opinion:
    """Say agree, disagree or pass to a statement. One word a person and statement; the last one counts.

    Raises QuestionIsOver, NotLetIn, NotTheirSide.
    """
    stands = _held_open(statement.question, at)
    if not Statement.objects.of(stands.community).shown().filter(pk=statement.pk).exists():
        raise NotLetIn
    if side and side not in sides_of(membership, on=stands.community.day_of(at)):
        raise NotTheirSide
    deed = Deed(by, at, on_behalf_of, channel)
    opinion: Opinion
    opinion, _is_new = Opinion.objects.update_or_create(
        community=stands.community,
        statement=statement,
        membership=membership,
        defaults={"word": word, "side": side, "at": at, **deed.keyed()},
    )
    # About the statement and without the word: nobody reads from the log what somebody said.
    deed.log("decisions.opinion_said", statement)
    return opinion


def _held_open(question: OpenQuestion, at: datetime) -> OpenQuestion:
    """The question, held until the transaction ends; only one that is open and not yet counted."""
    rows = OpenQuestion.objects.of(question.community).select_related("community")
    stands: OpenQuestion = rows.select_for_update(no_key=True, of=("self",)).get(pk=question.pk)
    counted = QuestionResult.objects.of(question.community).filter(question=stands).exists()
    if counted or not stands.is_open(at):
        raise QuestionIsOver
    return stands
