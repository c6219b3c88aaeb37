"""A board meets: who is there is ticked, what is said is written down, and it decides only with a quorum."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from alongside.decisions.actions.deeds import Deed
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people.models import Membership, Person
from alongside.programs.actions.belonging import held_program
from alongside.programs.actions.jobs import NoSuchJob
from alongside.programs.models import BoardDecision, BoardMeeting, BoardPresence, JobTerm, Program
from alongside.programs.models.jobs import JobTermQuerySet
from alongside.programs.models.program import design_of
from alongside.programs.rules import jobs as rules


class MeetsLater(Refusal):
    """The day lies ahead: who is there is ticked once people are there."""


class NotOnTheBoard(Refusal):
    """Somebody is ticked who had no seat on the board that day."""


class NoQuorum(Refusal):
    """Too few are there to decide."""

    def __init__(self, *, here: int, needed: int) -> None:
        super().__init__(f"{here} of {needed}")
        self.here, self.needed = here, needed


@dataclass(frozen=True)
class Quorum:
    """Of a board's `holders` on the day so many are `here`, and so many are `needed` to decide."""

    holders: int
    here: int
    needed: int

    @property
    def is_there(self) -> bool:
        return self.here >= self.needed


def quorum_of(meeting: BoardMeeting) -> Quorum:
    """As the design says now, of who had a seat on the day of the meeting and is ticked. Raises NoSuchJob."""
    job = rules.jobs_in(design_of(meeting.program)).get(meeting.job)
    if job is None or job["kind"] != rules.BOARD:
        raise NoSuchJob
    holders = set(holders_of(meeting).values_list("membership", flat=True))
    ticked = BoardPresence.objects.of(meeting.community).filter(meeting=meeting)
    here = ticked.filter(membership__in=holders).count()
    return Quorum(len(holders), here, rules.needed(job["quorum"], len(holders)))


def holders_of(meeting: BoardMeeting) -> JobTermQuerySet:
    """Who had a seat on the board on the day it met."""
    found: JobTermQuerySet = JobTerm.objects.on(meeting.program).filter(job=meeting.job).held_on(meeting.held_on)
    return found


@transaction.atomic
def hold_board_meeting(
    *, program: Program, job: str, held_on: date, by: Person, at: datetime, channel: str = Channel.WEB
) -> BoardMeeting:
    """Open the page of a board's meeting, today or on a day that was; one board meets once a day.

    Raises ProgramIsOver, NoSuchJob, MeetsLater.
    """
    stands = held_program(program)
    told = rules.jobs_in(design_of(stands)).get(job)
    if told is None or told["kind"] != rules.BOARD:
        raise NoSuchJob
    if held_on > stands.community.day_of(at):
        raise MeetsLater
    meeting: BoardMeeting
    meeting, is_new = BoardMeeting.objects.get_or_create(
        community=stands.community, program=stands, job=job, held_on=held_on,
        defaults={"changed_at": at, "keyed_by": by, "at": at},
    )  # fmt: skip
    if is_new:
        Deed(by, at, None, channel).log("programs.board_met", meeting)
    return meeting


@transaction.atomic
def tick_presence(
    *, meeting: BoardMeeting, here: Collection[Membership], by: Person, at: datetime, channel: str = Channel.WEB
) -> Quorum:
    """Say who is there now; others are not. What was decided before keeps its own count.

    Raises ProgramIsOver, NoSuchJob, NotOnTheBoard.
    """
    stands = _held(meeting)
    wanted = {one.pk for one in here}
    if not wanted <= set(holders_of(stands).values_list("membership", flat=True)):
        raise NotOnTheBoard
    rows = BoardPresence.objects.of(stands.community).filter(meeting=stands)
    rows.exclude(membership__in=wanted).delete()
    there = set(rows.values_list("membership", flat=True))
    BoardPresence.objects.bulk_create(
        BoardPresence(community=stands.community, meeting=stands, membership_id=pk, keyed_by=by, at=at)
        for pk in sorted(wanted - there)
    )
    Deed(by, at, None, channel).log("programs.board_presence_ticked", stands)
    return quorum_of(stands)


@transaction.atomic
def write_board_minutes(
    *, meeting: BoardMeeting, minutes: str, seen: datetime | None, by: Person, at: datetime, channel: str = Channel.WEB
) -> BoardMeeting:
    """Write down what was said; that needs no quorum. Raises ProgramIsOver, SomeoneElseWasFaster."""
    stands = _held(meeting)
    if stands.changed_at != seen:
        raise SomeoneElseWasFaster
    stands.minutes, stands.changed_at = minutes, at
    stands.save(update_fields=["minutes", "changed_at"])
    Deed(by, at, None, channel).log("programs.board_minutes_written", stands)
    return stands


@transaction.atomic
def note_board_decision(
    *, meeting: BoardMeeting, words: str, by: Person, at: datetime, key: UUID, channel: str = Channel.WEB
) -> BoardDecision:
    """Note what the board decided, with who is there now. The same `key` again returns the first.

    Raises ProgramIsOver, NoSuchJob, NoQuorum.
    """
    stands = _held(meeting)
    if there := BoardDecision.objects.of(stands.community).filter(key=key).first():
        return there  # type: ignore[no-any-return]
    count = quorum_of(stands)
    needed = max(count.needed, _needed_today(stands, at))
    if count.here < needed:
        raise NoQuorum(here=count.here, needed=needed)
    made: BoardDecision = BoardDecision.objects.create(
        community=stands.community, meeting=stands, words=words, holders=count.holders, here=count.here,
        needed=count.needed, keyed_by=by, channel=channel, at=at, key=key,
    )  # fmt: skip
    Deed(by, at, None, channel).log("programs.board_decided", made)
    return made


def _needed_today(meeting: BoardMeeting, at: datetime) -> int:
    """How many of today's board it takes: nobody decides alone on a day that lies before the others came."""
    board = JobTerm.objects.on(meeting.program).filter(job=meeting.job).held_on(meeting.community.day_of(at))
    return rules.needed(rules.jobs_in(design_of(meeting.program))[meeting.job]["quorum"], board.count())


def _held(meeting: BoardMeeting) -> BoardMeeting:
    """The meeting as it stands; who changes seats or presence goes one after the other. Raises ProgramIsOver."""
    program = held_program(meeting.program)
    stands: BoardMeeting = BoardMeeting.objects.on(program).get(pk=meeting.pk)
    stands.program, stands.community = program, program.community
    return stands
