"""Coming in and leaving: nobody has to say what they need, places are counted, and who left is welcome back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from alongside.gatherings import actions as gatherings
from alongside.gatherings.models import Booking
from alongside.kernel import activity
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal
from alongside.people import actions as people
from alongside.people.models import BodyMember, Household, Membership, Person
from alongside.programs import letters_pathway, signals
from alongside.programs.actions.cohorts import fill_from_line
from alongside.programs.actions.losing import stop_leading_sessions
from alongside.programs.actions.seats import end_seats_of
from alongside.programs.models import Cohort, CohortMove, Enrolment, Program, Session
from alongside.programs.models.program import design_of


class ProgramHasEnded(Refusal):
    """Nobody comes into a program that has ended."""


class NotThisWay(Refusal):
    """The design has other ways in."""


class ProgramIsFull(Refusal):
    """All places are taken, and there is no waiting list."""


class NotEnrolled(Refusal):
    """The person does not take part and does not wait."""


class NotOfThisHousehold(Refusal):
    """The person does not live there."""


@dataclass(frozen=True)
class Came:
    """How somebody comes in. `household`, where they come as one; `introduced_by`, whoever referred or introduced."""

    way: str = Enrolment.Way.PERSON
    household: Household | None = None
    introduced_by: Membership | None = None
    role: str = ""


@transaction.atomic
def enrol(
    *,
    program: Program,
    membership: Membership,
    by: Person,
    at: datetime,
    came: Came | None = None,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Enrolment:
    """Take part, or wait in line where every place is taken. The same again changes nothing.

    Raises ProgramHasEnded, NotThisWay, ProgramIsFull, NotOfThisHousehold.
    """
    stands, design, came = _held(program), design_of(program), came or Came()
    _check(stands, design, membership, came)
    rows = Enrolment.objects.on(stands)
    if mine := rows.going_on().filter(membership=membership).first():
        return mine  # type: ignore[no-any-return]
    has_room = _free(stands, design, at) != 0
    if not has_room and not design.get("enrolment", {}).get("waiting_list", False):
        raise ProgramIsFull
    made = Enrolment(
        community=stands.community,
        program=stands,
        membership=membership,
        household=came.household,
        role=came.role or _usual_role(design),
        way=came.way,
        introduced_by=came.introduced_by,
        state=Enrolment.State.WAITING,
        asked_at=at,
        keyed_by=by,
        channel=channel,
    )
    made.save()
    if has_room:
        _let_in(made, by=by, at=at)
    _log("programs.enrolled" if has_room else "programs.waits", made, by, at, on_behalf_of, channel)
    return made


@transaction.atomic
def leave(
    *,
    program: Program,
    membership: Membership,
    by: Person,
    at: datetime,
    why: str = Enrolment.Why.NOT_SAID,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Enrolment:
    """Leave, or give up one's place in line; what lies ahead is given back, and the first who waits moves up.

    Raises NotEnrolled.
    """
    stands = _held(program)
    mine: Enrolment | None = Enrolment.objects.on(stands).going_on().filter(membership=membership).first()
    if mine is None:
        raise NotEnrolled
    was_in = mine.state == Enrolment.State.IN
    mine.state, mine.left_at, mine.left_why = Enrolment.State.LEFT, at, why
    mine.save(update_fields=["state", "left_at", "left_why"])
    if was_in:
        end_seats_of(stands, membership, by, at)
        stop_leading_sessions(stands, membership, at=at)
        _give_back(stands, membership, by=by, at=at, on_behalf_of=on_behalf_of, channel=channel)
        CohortMove.objects.of(stands.community).waiting().filter(enrolment=mine).delete()
        fill_from_line(stands, mine.cohort, by=by, at=at)
        signals.left.send(Enrolment, enrolment=mine, by=by, at=at)
        move_up(stands, by=by, at=at)
    _log("programs.left", mine, by, at, on_behalf_of, channel)
    return mine


def move_up(program: Program, *, by: Person, at: datetime) -> list[Enrolment]:
    """Let in those who wait, in order, as long as there are places, and tell them.

    A part of other actions: call it inside a transaction that holds the program.
    """
    free = _free(program, design_of(program), at)
    waiting = list(Enrolment.objects.on(program).waiting().with_people()[: free if free is not None else None])
    for enrolment in waiting:
        enrolment.community = enrolment.membership.community = program.community
        enrolment.program = program
        _let_in(enrolment, by=by, at=at)
        letters_pathway.moved_up(enrolment, by=by, at=at)
    return waiting


def let_in_waiting(*, at: datetime) -> int:
    """Let in those who wait where a run has begun and the next one has places; how many came in."""
    waiting = Enrolment.objects.waiting().order_by().values("program").distinct()
    programs = Program.objects.running().filter(pk__in=waiting).select_related("community", "group", "made_by__person")
    return sum(_filled(program, at=at) for program in programs.order_by("pk"))


@transaction.atomic
def _filled(program: Program, *, at: datetime) -> int:
    return len(move_up(_held(program), by=program.made_by.person, at=at))


def _let_in(enrolment: Enrolment, *, by: Person, at: datetime) -> None:
    program = enrolment.program
    enrolment.state, enrolment.since = Enrolment.State.IN, at
    enrolment.cohort = _cohort_to_join(program, at)
    enrolment.save()
    here = BodyMember.objects.of(program.community).filter(group=program.group, membership=enrolment.membership)
    if not here.exists():
        people.join_body(
            body=program.group, membership=enrolment.membership, part=BodyMember.Part.BELONGS, by=by, at=at
        )


def _cohort_to_join(program: Program, at: datetime) -> Cohort | None:
    """The newest cohort, unless its sessions are over or, where people begin together, have begun."""
    newest: Cohort | None = Cohort.objects.on(program).newest_first().first()
    if newest is None:
        return None
    sessions = Session.objects.of(program.community).filter(cohort=newest)
    begin_together = design_of(program).get("enrolment", {}).get("cohorts", False)
    has_begun = sessions.filter(gathering__starts_at__lte=at).exists()
    return None if (begin_together and has_begun) or not sessions.to_come(at).exists() else newest


def join_cohort(cohort: Cohort) -> None:
    """Everybody who takes part and has no cohort yet begins with this one. Call it inside a transaction."""
    waiting = Enrolment.objects.on(cohort.program).here().filter(cohort=None)
    waiting.update(cohort=cohort)


def _give_back(program: Program, membership: Membership, *, by: Person, at: datetime, **told: Any) -> None:
    """Places at sessions ahead, and the place in the program's group."""
    ahead = Session.objects.on(program).to_come(at).values("gathering")
    booked = Booking.objects.of(program.community).booked().filter(membership=membership, gathering__in=ahead)
    for booking in booked.select_related("gathering"):
        booking.gathering.community = program.community
        gatherings.leave(gathering=booking.gathering, membership=membership, by=by, at=at, **told)
    places = BodyMember.objects.of(program.community).filter(group=program.group, membership=membership)
    places.filter(part=BodyMember.Part.BELONGS).delete()


def _check(program: Program, design: dict[str, Any], membership: Membership, came: Came) -> None:
    if program.ended_at is not None:
        raise ProgramHasEnded
    ways = design.get("enrolment", {}).get("by")
    if ways and came.way not in ways:
        raise NotThisWay
    if came.household is not None and not came.household.members.filter(membership=membership).exists():
        raise NotOfThisHousehold


def _free(program: Program, design: dict[str, Any], at: datetime) -> int | None:
    """How many places are left; None where nobody counts them.

    Where people begin together each run has its places: those of the run that is still to begin are counted.
    """
    places = design.get("enrolment", {}).get("places")
    if places is None:
        return None
    here = Enrolment.objects.on(program).here()
    if design["enrolment"].get("cohorts", False):
        here = here.filter(cohort=_cohort_to_join(program, at))
    return max(0, int(places) - here.count())


def _usual_role(design: dict[str, Any]) -> str:
    """The first role of the design that participants have."""
    return next((key for key, role in design.get("roles", {}).items() if role["who"] == "participant"), "")


def _held(program: Program) -> Program:
    """Who comes in or leaves goes one after the other: two never take the last place."""
    stands: Program = Program.objects.of(program.community).select_for_update(no_key=True).get(pk=program.pk)
    stands.community, stands.group = program.community, program.group
    return stands


def _log(did: str, what: Enrolment, by: Person, at: datetime, on_behalf_of: Person | None, channel: str) -> None:
    activity.log(
        did=did,
        about_what=what,
        by_id=by.pk,
        at=at,
        on_behalf_of_id=on_behalf_of.pk if on_behalf_of else None,
        channel=channel,
    )
