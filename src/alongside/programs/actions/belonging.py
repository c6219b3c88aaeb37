"""Who speaks for which side in a program that goes on; what several actions hold and look up."""

from datetime import datetime

from alongside.decisions.actions.rolls import sides_of_members
from alongside.kernel.errors import Refusal
from alongside.people.models import Membership
from alongside.programs.actions.stages import NotOfThisSide
from alongside.programs.models import Program


class ProgramIsOver(Refusal):
    """The program has ended; it is only read."""


class NotOfThisProgram(Refusal):
    """The person does not belong to the program's people."""


class RoundIsOver(Refusal):
    """The round that the page was about has ended, and another one has begun."""


def held_program(program: Program) -> Program:
    """The program as it stands, held until the end of the transaction. Raises ProgramIsOver."""
    rows = Program.objects.of(program.community).running().select_for_update(no_key=True)
    stands: Program | None = rows.filter(pk=program.pk).first()
    if stands is None:
        raise ProgramIsOver
    stands.community = program.community
    return stands


def held_round(program: Program, round_number: int) -> Program:
    """The same, while that round goes on. Raises ProgramIsOver, RoundIsOver."""
    stands = held_program(program)
    if stands.round != round_number:
        raise RoundIsOver
    return stands


def sides_in(program: Program, membership: Membership, *, at: datetime) -> tuple[str, ...]:
    """The sides for which somebody may speak in a program; none for who is not of its people."""
    day = program.community.day_of(at)
    return sides_of_members(program, on=day, only=membership).get(membership, ())


def checked_side(program: Program, membership: Membership, side: str, *, at: datetime) -> str:
    """The side, if it is theirs. Raises NotOfThisProgram, NotOfThisSide."""
    theirs = sides_in(program, membership, at=at)
    if not theirs:
        raise NotOfThisProgram
    if side not in theirs:
        raise NotOfThisSide(side=side)
    return side


def people_of(program: Program, side: str, *, at: datetime) -> int:
    """How many may speak for a side in a program."""
    everybody = sides_of_members(program, on=program.community.day_of(at))
    return sum(side in theirs for theirs in everybody.values())
