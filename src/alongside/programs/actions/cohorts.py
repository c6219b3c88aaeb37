"""Changing from one run to another: at once where there is a place, else in line there, with the own place kept."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.decisions.actions.deeds import Deed
from alongside.gatherings import actions as gatherings
from alongside.gatherings.models import Booking
from alongside.kernel import activity, undo
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people import undoing
from alongside.people.models import Membership, Person
from alongside.programs import letters_cohorts
from alongside.programs.actions.belonging import held_program
from alongside.programs.models import Cohort, CohortMove, Enrolment, Program, Session
from alongside.programs.models.program import design_of
from alongside.programs.models.sessions import SessionQuerySet

State = CohortMove.State


class NotInARun(Refusal):
    """They take part in no run yet, or in no program."""


class RunIsOver(Refusal):
    """No session of that run is still to come, or they are in it already."""


def free_in(cohort: Cohort, design: Mapping[str, Any]) -> int | None:
    """How many places a run has left; None where nobody counts them."""
    places = design.get("enrolment", {}).get("places")
    if places is None:
        return None
    here = Enrolment.objects.of(cohort.community).here().filter(cohort=cohort)
    return max(0, int(places) - here.count())


@transaction.atomic
def change_run(
    *,
    program: Program,
    membership: Membership,
    cohort: Cohort,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> CohortMove:
    """Change to another run, or wait in line for it and stay where one is until then. Sessions attended count on.

    Raises ProgramIsOver, NotInARun, RunIsOver.
    """
    deed = Deed(by, at, on_behalf_of, channel)
    stands = held_program(program)
    mine = Enrolment.objects.on(stands).here().filter(membership=membership).select_related("cohort").first()
    if mine is None or mine.cohort is None:
        raise NotInARun
    if cohort.program_id != stands.pk or cohort.pk == mine.cohort_id or not _to_come(stands, cohort, at).exists():
        raise RunIsOver
    cohort.community, cohort.program = stands.community, stands
    waiting = CohortMove.objects.of(stands.community).waiting().filter(enrolment=mine)
    if there := waiting.filter(to_cohort=cohort).first():
        return there  # type: ignore[no-any-return]
    waiting.delete()
    move = CohortMove(
        community=stands.community, enrolment=mine, from_cohort=mine.cohort, to_cohort=cohort, state=State.WAITING,
        asked_at=at, **deed.keyed(),
    )  # fmt: skip
    mine.community, mine.membership = stands.community, membership
    if free_in(cohort, design_of(stands)) != 0:
        _move(move, stands, by=by, at=at)
    move.save()
    deed.log("programs.run_changed" if move.state == State.MOVED else "programs.waits_for_a_run", move)
    undoing.offer("programs.change_run", move, by=by, at=at)
    if move.state == State.MOVED:
        fill_from_line(stands, move.from_cohort, by=by, at=at)
    return move


def fill_from_line(program: Program, cohort: Cohort | None, *, by: Person, at: datetime) -> list[CohortMove]:
    """Places that are free in a run go to those who wait for it, in order; so do the ones that they leave.

    Nobody comes into a run that has no session to come. A part of other actions: call it inside a transaction that
    holds the program. Returns who changed.
    """
    moved: list[CohortMove] = []
    freed = [cohort] if cohort is not None else []
    while freed:
        run = freed.pop()
        run.community = program.community
        first = (
            CohortMove.objects.waiting_for(run).select_related("enrolment__membership__person", "from_cohort").first()
        )
        if first is None or free_in(run, design_of(program)) == 0 or not _to_come(program, run, at).exists():
            continue
        first.community = first.enrolment.community = first.enrolment.membership.community = program.community
        first.to_cohort = run
        _move(first, program, by=by, at=at)
        first.save()
        activity.log(did="programs.run_changed", about_what=first, by_id=None, at=at)
        letters_cohorts.moved_up(first, program, at=at)
        moved.append(first)
        freed += [run, first.from_cohort]
    return moved


def _to_come(program: Program, cohort: Cohort, at: datetime) -> SessionQuerySet:
    """The sessions that a run of a program still has ahead."""
    rows: SessionQuerySet = Session.objects.of(program.community).filter(cohort=cohort)
    return rows.to_come(at)


def _move(move: CohortMove, program: Program, *, by: Person, at: datetime) -> None:
    """Into the other run; what was booked at the sessions ahead of the old one is given back."""
    enrolment = move.enrolment
    ahead = _to_come(program, move.from_cohort, at).values("gathering")
    booked = Booking.objects.of(program.community).booked().filter(membership=enrolment.membership, gathering__in=ahead)
    for booking in booked.select_related("gathering"):
        booking.gathering.community = program.community
        gatherings.leave(gathering=booking.gathering, membership=enrolment.membership, by=by, at=at)
    enrolment.cohort = move.to_cohort
    enrolment.save(update_fields=["cohort"])
    move.state, move.moved_at = State.MOVED, at


@transaction.atomic
def wait_no_more(
    *,
    move: CohortMove,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> None:
    """Stay in the run one is in. Raises SomeoneElseWasFaster where one has changed already."""
    rows = CohortMove.objects.of(move.community).waiting().filter(pk=move.pk)
    stands = rows.select_for_update(of=("self",)).first()
    if stands is None:
        raise SomeoneElseWasFaster
    Deed(by, at, on_behalf_of, channel).log("programs.waits_for_a_run_no_more", stands)
    stands.delete()


@undo.inverse("programs.change_run")
@transaction.atomic
def change_back(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """Back in the run they came from, if their place is still free; the one they leave goes on to who waits for it.

    Raises SomeoneElseWasFaster.
    """
    rows = CohortMove.objects.select_related(
        "community", "enrolment__program", "enrolment__membership", "from_cohort", "to_cohort"
    )
    move = rows.filter(pk=args["row"], asked_at=undoing.moment_of(args)).first()
    if move is None:
        raise SomeoneElseWasFaster
    program, enrolment, back = move.enrolment.program, move.enrolment, move.from_cohort
    program.community = back.community = move.community
    stands = held_program(program)
    if move.state == State.MOVED:
        mine = Enrolment.objects.on(stands).here().filter(pk=enrolment.pk, cohort=move.to_cohort)
        if free_in(back, design_of(stands)) == 0:
            raise SomeoneElseWasFaster
        undoing.bring_back(mine, cohort=back)
    undoing.log("programs.run_changed_back", move, by=by, at=at)
    was_moved = move.state == State.MOVED
    move.delete()
    if was_moved:
        fill_from_line(stands, move.to_cohort, by=Person.objects.get(pk=by), at=at)
