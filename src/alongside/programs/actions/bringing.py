"""What each side brings: hours given in delivery, lines of the budget, and agreements that bind when both agree."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.decisions.actions.deeds import Deed
from alongside.kernel import undo
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people import undoing
from alongside.people.models import Membership, Person
from alongside.programs.actions.belonging import checked_side, held_program
from alongside.programs.models import BudgetLine, Commitment, CommitmentSide, Input, Program


class NotYetTheDay(Refusal):
    """Time is written down once it was given; the day lies ahead."""


class AlreadyCorrected(Refusal):
    """A later entry has put this one right; correct that one."""


class AgreedAlready(Refusal):
    """The person has agreed for the other side."""


@transaction.atomic
def record_input(
    *,
    program: Program,
    membership: Membership | None,
    side: str,
    kind: str,
    minutes: int,
    is_paid: bool,
    day: date,
    what: str,
    by: Person,
    at: datetime,
    key: UUID,
    corrects: Input | None = None,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Input:
    """Write down time given in delivery; paid time is kept as paid, and no credit comes of any of it here.

    `membership` None: a side alone, with nobody named. `corrects`: an entry in whose place this one stands; 0 minutes
    then say that it should not be there. The same `key` again returns the first.
    Raises ProgramIsOver, NotYetTheDay, AlreadyCorrected, NotOfThisProgram, NotOfThisSide.
    """
    deed = Deed(by, at, on_behalf_of, channel)
    stands = held_program(program)
    if day > stands.community.day_of(at):
        raise NotYetTheDay
    said = {
        "program": stands, "membership": membership, "side": side, "kind": kind, "minutes": minutes,
        "is_paid": is_paid, "day": day, "what": what, "corrects": corrects, "at": at, **deed.keyed(),
    }  # fmt: skip
    there: Input | None = Input.objects.on(stands).filter(key=key).first()
    if there is not None:
        return there
    if corrects is not None and Input.objects.on(stands).filter(corrects=corrects).exists():
        raise AlreadyCorrected
    if membership is not None and corrects is None:
        checked_side(stands, membership, side, at=at)
    entry: Input = Input.objects.create(community=stands.community, key=key, **said)
    deed.log("programs.input_recorded" if corrects is None else "programs.input_corrected", entry)
    return entry


@transaction.atomic
def add_budget_line(
    *,
    program: Program,
    aim: str,
    what_for: str,
    amount_minor: int,
    currency: str,
    minutes: int,
    stage: str,
    by: Person,
    at: datetime,
    key: UUID,
    channel: str = Channel.WEB,
) -> BudgetLine:
    """Set money or time aside, in the present round. The same `key` again returns the first. Raises ProgramIsOver."""
    deed = Deed(by, at, None, channel)
    stands = held_program(program)
    said = {
        "program": stands, "round": stands.round, "stage": stage, "aim": aim, "what_for": what_for,
        "amount_minor": amount_minor, "currency": currency if amount_minor else "", "minutes": minutes, "at": at,
        **deed.keyed(),
    }  # fmt: skip
    line: BudgetLine
    line, is_new = BudgetLine.objects.get_or_create(community=stands.community, key=key, defaults=said)
    if is_new:
        deed.log("programs.budget_line_added", line)
    return line


@transaction.atomic
def take_budget_line_off(*, line: BudgetLine, by: Person, at: datetime, channel: str = Channel.WEB) -> None:
    """The line does not hold any more; it stays to be counted back. Raises SomeoneElseWasFaster."""
    rows = BudgetLine.objects.of(line.community).standing().filter(pk=line.pk)
    if not rows.update(taken_off_at=at):
        raise SomeoneElseWasFaster
    Deed(by, at, None, channel).log("programs.budget_line_taken_off", line)
    undoing.offer("programs.take_budget_line_off", line, by=by, at=at)


@undo.inverse("programs.take_budget_line_off")
@transaction.atomic
def put_budget_line_on(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """The line holds as before. Raises SomeoneElseWasFaster."""
    line = BudgetLine.objects.filter(pk=args["row"]).first()
    if line is None:
        raise SomeoneElseWasFaster
    was = BudgetLine.objects.of(line.community).filter(pk=line.pk, taken_off_at=undoing.moment_of(args))
    undoing.bring_back(was, taken_off_at=None)
    undoing.log("programs.budget_line_put_on", line, by=by, at=at)


@transaction.atomic
def write_commitment(
    *,
    program: Program,
    membership: Membership,
    side: str,
    words: str,
    by: Person,
    at: datetime,
    key: UUID,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Commitment:
    """Write down who brings what, and agree to it for one's side. The same `key` again returns the first.

    Raises ProgramIsOver, NotOfThisProgram, NotOfThisSide.
    """
    deed = Deed(by, at, on_behalf_of, channel)
    stands = held_program(program)
    checked_side(stands, membership, side, at=at)
    said = {"program": stands, "round": stands.round, "words": words, "at": at, **deed.keyed()}
    made: Commitment
    made, is_new = Commitment.objects.get_or_create(community=stands.community, key=key, defaults=said)
    if is_new:
        _agree(made, membership, side, deed)
        deed.log("programs.commitment_written", made)
    return made


@transaction.atomic
def agree_to(
    *,
    commitment: Commitment,
    membership: Membership,
    side: str,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> CommitmentSide:
    """Agree for one's side; twice is once. Raises ProgramIsOver, NotOfThisProgram, NotOfThisSide, AgreedAlready."""
    deed = Deed(by, at, on_behalf_of, channel)
    stands = held_program(commitment.program)
    checked_side(stands, membership, side, at=at)
    mine = CommitmentSide.objects.of(stands.community).filter(commitment=commitment, membership=membership).first()
    if mine is not None and mine.side != side:
        raise AgreedAlready
    if mine is None:
        mine = _agree(commitment, membership, side, deed)
        deed.log("programs.commitment_agreed", mine)
        undoing.offer("programs.agree_to", mine, by=by, at=at)
    return mine


def _agree(commitment: Commitment, membership: Membership, side: str, deed: Deed) -> CommitmentSide:
    agreed: CommitmentSide = CommitmentSide.objects.create(
        community=membership.community, commitment=commitment, side=side, membership=membership, at=deed.at,
        **deed.keyed(),
    )  # fmt: skip
    return agreed


@undo.inverse("programs.agree_to")
@transaction.atomic
def agree_no_more(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """They have not agreed. Raises SomeoneElseWasFaster."""
    mine = CommitmentSide.objects.filter(pk=args["row"], at=undoing.moment_of(args)).first()
    if mine is None:
        raise SomeoneElseWasFaster
    undoing.log("programs.commitment_agreed_no_more", mine, by=by, at=at)
    mine.delete()
