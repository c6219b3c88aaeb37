"""Jobs, committees and boards: offered, asked, accepted, chosen, given up; terms end by themselves."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.decisions.actions.deeds import Deed
from alongside.kernel import activity, undo
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people import undoing
from alongside.people.models import Membership, Person
from alongside.programs import letters_jobs
from alongside.programs.actions import holding
from alongside.programs.actions.belonging import held_program
from alongside.programs.models import JobTerm, Program
from alongside.programs.models.program import design_of
from alongside.programs.rules import jobs as rules

State, How, Why = JobTerm.State, JobTerm.How, JobTerm.Why
# Somewhere on earth it may be tomorrow already.
_ANYWHERE = timedelta(days=1)


class NoSuchJob(Refusal):
    """The design has no such job, or not any more."""


class MayNotHold(Refusal):
    """The job is for another role or side, or the person is not of the program."""


class JobNeedsChecks(Refusal):
    """The role asks for checks; `what` are those that the person has not."""

    def __init__(self, *, what: list[str]) -> None:
        super().__init__(", ".join(what))
        self.what = what


class SeatsTaken(Refusal):
    """Every seat is taken; `most` is how many there are."""

    def __init__(self, *, most: int) -> None:
        super().__init__(str(most))
        self.most = most


class EnoughTerms(Refusal):
    """They have had as many terms running as the design allows; `most` is how many."""

    def __init__(self, *, most: int) -> None:
        super().__init__(str(most))
        self.most = most


class SaidAlready(Refusal):
    """They do it, offer it, or were asked already."""


class OwnChoice(Refusal):
    """Somebody else notes that one was chosen."""


@transaction.atomic
def offer_job(
    *,
    program: Program,
    job: str,
    membership: Membership,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> JobTerm:
    """Offer to do a job. Where nobody has to choose, the seat is theirs from today; else they stand to be chosen.

    Raises ProgramIsOver, NoSuchJob, MayNotHold, JobNeedsChecks, SaidAlready, SeatsTaken, EnoughTerms.
    """
    deed = Deed(by, at, on_behalf_of, channel)
    stands, told = _held_job(program, job)
    _check(stands, told, membership, at)
    if JobTerm.objects.on(stands).still_open().filter(job=job, membership=membership).exists():
        raise SaidAlready
    term = JobTerm(community=stands.community, program=stands, job=job, membership=membership, at=at, **deed.keyed())
    _let_do(term, told, how=How.OFFERED, at=at) if rules.chosen_by(told) == rules.OFFERING else _let_stand(term)
    term.save(force_insert=True)
    deed.log("programs.job_offered", term)
    _way_back(term, None, by=by, at=at)
    return term


@transaction.atomic
def ask_to_do(
    *, program: Program, job: str, membership: Membership, asked_by: Membership, by: Person, at: datetime,
    channel: str = Channel.WEB,
) -> JobTerm:  # fmt: skip
    """Ask somebody whether they would do a job; they are told. Raises as `offer_job`, and NotOfThisProgram."""
    stands, told = _held_job(program, job)
    holding.check_asker(stands, asked_by, at=at)
    _check(stands, told, membership, at)
    if JobTerm.objects.on(stands).still_open().filter(job=job, membership=membership).exists():
        raise SaidAlready
    term: JobTerm = JobTerm.objects.create(
        community=stands.community, program=stands, job=job, membership=membership, state=State.ASKED,
        asked_by=asked_by, keyed_by=by, channel=channel, at=at,
    )  # fmt: skip
    Deed(by, at, None, channel).log("programs.job_asked", term)
    _way_back(term, None, by=by, at=at)
    letters_jobs.asked(term, told["name"], by=by, at=at)
    return term


@transaction.atomic
def accept_job(
    *, term: JobTerm, by: Person, at: datetime, on_behalf_of: Person | None = None, channel: str = Channel.WEB
) -> JobTerm:
    """Say yes to what one was asked. Raises as `offer_job`, and SomeoneElseWasFaster where nobody asks any more."""
    stands, told = _held_job(term.program, term.job)
    mine = _as_it_is(term, stands, State.ASKED)
    _check(stands, told, mine.membership, at)
    before = _values(mine)
    _let_do(mine, told, how=How.OFFERED, at=at) if rules.chosen_by(told) == rules.OFFERING else _let_stand(mine)
    mine.save()
    Deed(by, at, on_behalf_of, channel).log("programs.job_accepted", mine)
    _way_back(mine, before, by=by, at=at)
    return mine


@transaction.atomic
def decline_job(
    *, term: JobTerm, by: Person, at: datetime, on_behalf_of: Person | None = None, channel: str = Channel.WEB
) -> None:
    """Say no to what one was asked, or take one's offer back; nothing is kept of it. Raises SomeoneElseWasFaster."""
    stands = held_program(term.program)
    mine = _as_it_is(term, stands, State.ASKED, State.OFFERED)
    Deed(by, at, on_behalf_of, channel).log("programs.job_declined", mine)
    letters_jobs.take_back(mine, at=at)
    mine.delete()


@transaction.atomic
def choose_for_job(
    *, term: JobTerm, how: str, where: str, by: Person, at: datetime, channel: str = Channel.WEB
) -> JobTerm:
    """Note that a board or a vote has chosen somebody who offers; `where` says which meeting or vote it was.

    Raises ProgramIsOver, NoSuchJob, MayNotHold, JobNeedsChecks, SeatsTaken, EnoughTerms, OwnChoice,
    SomeoneElseWasFaster.
    """
    if term.membership.person_id == by.pk:
        raise OwnChoice
    stands, told = _held_job(term.program, term.job)
    theirs = _as_it_is(term, stands, State.OFFERED)
    _check(stands, told, theirs.membership, at)
    before = _values(theirs)
    _let_do(theirs, told, how=how, at=at)
    theirs.chosen_where = where
    theirs.save()
    Deed(by, at, None, channel).log("programs.job_chosen", theirs)
    _way_back(theirs, before, by=by, at=at)
    letters_jobs.chosen(theirs, told["name"], by=by, at=at)
    return theirs


@transaction.atomic
def step_down(
    *, term: JobTerm, by: Person, at: datetime, on_behalf_of: Person | None = None, channel: str = Channel.WEB
) -> JobTerm:
    """Give a seat up; it is free from today. Raises ProgramIsOver, SomeoneElseWasFaster."""
    stands = held_program(term.program)
    mine = _as_it_is(term, stands, State.HELD)
    before = _values(mine)
    mine.state, mine.over_on, mine.over_why = State.OVER, stands.community.day_of(at), Why.STEPPED_DOWN
    mine.save(update_fields=["state", "over_on", "over_why"])
    Deed(by, at, on_behalf_of, channel).log("programs.job_given_up", mine)
    _way_back(mine, before, by=by, at=at)
    return mine


@undo.inverse("programs.job_term")
@transaction.atomic
def as_it_was(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """A seat, an offer or a question stands as before the last word about it. Raises SomeoneElseWasFaster."""
    term: JobTerm | None = (
        JobTerm.objects.filter(pk=args["row"]).select_related("community", "program", "membership").first()
    )
    if term is None:
        raise SomeoneElseWasFaster
    undoing.refuse_unless_here(term.community_id, term.membership_id)
    left = JobTerm.objects.of(term.community).filter(pk=term.pk, **args["after"])
    undoing.log("programs.job_as_it_was", term, by=by, at=at)
    letters_jobs.take_back(term, at=at)
    if args["before"] is not None:
        undoing.bring_back(left, **args["before"])
    elif not left.delete()[0]:
        raise SomeoneElseWasFaster


def tell_of_ends(*, at: datetime) -> int:
    """Tell those whose term ends within eight weeks, once; how many were told."""
    rows = JobTerm.objects.held().filter(told_of_end_at=None, ends_on__lte=at.date() + rules.SOON + _ANYWHERE)
    rows = rows.filter(program__ended_at=None).select_related("community", "program", "membership__person")
    return sum(_told(term, at=at) for term in rows if rules.ends_soon(term.ends_on, term.community.day_of(at)))


@transaction.atomic
def _told(term: JobTerm, *, at: datetime) -> bool:
    """Another runner may be at it: whoever writes the moment tells."""
    mine = JobTerm.objects.of(term.community).held().filter(pk=term.pk, told_of_end_at=None)
    if not mine.update(told_of_end_at=at):
        return False
    activity.log(did="programs.job_ends_soon", about_what=term, by_id=None, at=at)
    letters_jobs.ends_soon(term, _name_of(term), at=at)
    return True


def end_terms(*, at: datetime) -> int:
    """Free the seats whose last day is over; how many."""
    rows = JobTerm.objects.held().filter(ends_on__lt=at.date() + _ANYWHERE)
    rows = rows.select_related("community", "program", "membership__person")
    return sum(_ended(term, at=at) for term in rows if term.ends_on and term.ends_on < term.community.day_of(at))


@transaction.atomic
def _ended(term: JobTerm, *, at: datetime) -> bool:
    assert term.ends_on is not None
    mine = JobTerm.objects.of(term.community).held().filter(pk=term.pk)
    if not mine.update(state=State.OVER, over_on=term.ends_on + timedelta(days=1), over_why=Why.TERM):
        return False
    activity.log(did="programs.job_term_over", about_what=term, by_id=None, at=at)
    letters_jobs.over(term, _name_of(term), at=at)
    return True


def _name_of(term: JobTerm) -> str:
    told = rules.jobs_in(design_of(term.program)).get(term.job)
    return str(told["name"]) if told else term.job


def _held_job(program: Program, job: str) -> tuple[Program, Mapping[str, Any]]:
    """Who takes or gives a seat goes one after the other: two never take the last one."""
    stands = held_program(program)
    told = rules.jobs_in(design_of(stands)).get(job)
    if told is None:
        raise NoSuchJob
    return stands, told


def _check(program: Program, job: Mapping[str, Any], membership: Membership, at: datetime) -> None:
    design, role = design_of(program), job.get("role", "")
    if not holding.may_hold(program, design, membership, role=role, side=job.get("side", ""), at=at):
        raise MayNotHold
    if what := holding.lacks(program, design, membership, role, at=at):
        raise JobNeedsChecks(what=what)


def _as_it_is(term: JobTerm, program: Program, *states: str) -> JobTerm:
    """The row as it stands in a program that is held. Raises SomeoneElseWasFaster for one that has moved on."""
    rows = JobTerm.objects.on(program).select_related("membership__person").filter(state__in=states)
    stands: JobTerm | None = rows.filter(pk=term.pk).first()
    if stands is None:
        raise SomeoneElseWasFaster
    stands.program, stands.community = program, program.community
    stands.membership.community = program.community
    return stands


def _let_stand(term: JobTerm) -> None:
    term.state = State.OFFERED


def _let_do(term: JobTerm, job: Mapping[str, Any], *, how: str, at: datetime) -> None:
    """Give the lowest free seat from today on. Raises SeatsTaken, EnoughTerms."""
    rows = JobTerm.objects.on(term.program).filter(job=term.job)
    seat = rules.free_seat(set(rows.held().values_list("seat", flat=True)), job["most"])
    if seat is None:
        raise SeatsTaken(most=job["most"])
    today = term.community.day_of(at)
    earlier = [
        rules.Held(one.starts_on, one.over_on, one.number)
        for one in rows.filter(membership=term.membership, state=State.OVER)
    ]
    number = rules.running_number(earlier, today, job.get("term"))
    if number > job.get("terms", number):
        raise EnoughTerms(most=job["terms"])
    term.state, term.how, term.seat, term.number = State.HELD, how, seat, number
    term.starts_on, term.ends_on = today, rules.last_day(today, job.get("term"))


_KEPT = ("state", "how", "seat", "number", "chosen_where", "starts_on", "ends_on", "over_on", "over_why")


def _values(term: JobTerm) -> dict[str, Any]:
    told = {name: getattr(term, name) for name in _KEPT}
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in told.items()}


def _way_back(term: JobTerm, before: dict[str, Any] | None, *, by: Person, at: datetime) -> None:
    """`before`: the row as it was; None where there was none."""
    undoing.offer("programs.job_term", term, by=by, at=at, before=before, after=_values(term))
