"""The hours of a session: reckoned by the program's policy, shown before, posted all together or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from alongside.gatherings.models import Attendance, Seat
from alongside.kernel import activity
from alongside.kernel.errors import Refusal
from alongside.people.models import Membership, Person
from alongside.programs import posted
from alongside.programs.actions.delivering import held
from alongside.programs.models import DesignVersion, Enrolment, Session, leaders_of
from alongside.programs.rules import course
from alongside.timebank import actions as timebank
from alongside.timebank.models import Account, Transfer


class NotYetHeld(Refusal):
    """Hours are posted once attendance is closed."""


class StillDisputed(Refusal):
    """Somebody's attendance is contradicted; a coordinator settles it first."""


class OwnHours(Refusal):
    """Nobody posts hours to themself: another coordinator or a steward does."""


class NothingEarned(Refusal):
    """By the program's policy this session earns nobody any hours."""


class NoPot(Refusal):
    """The pot from which the hours come is not open."""


@dataclass(frozen=True)
class Line:
    """Minutes that a session is worth to somebody, and for what. `left_out`: what was posted already for that time."""

    membership: Membership
    minutes: int
    what: tuple[str, ...]
    left_out: int = 0


def lines_of(session: Session) -> list[Line]:
    """What each person earns for a session that was held, by the design of that moment; by name.

    Raises NotYetHeld or StillDisputed.
    """
    if session.held_at is None:
        raise NotYetHeld
    rows = Attendance.objects.of(session.community).filter(gathering=session.gathering)
    if rows.disputed().exists():
        raise StillDisputed
    came = list(rows.came().with_people().order_by("membership__person__search_name", "membership__number"))
    design = DesignVersion.objects.on(session.cohort.program).get(number=session.held_version).design
    there = _there(session, design, came)
    minutes = course.minutes(design["sessions"])
    by_pk = {row.membership_id: row.membership for row in came}
    found = course.earned(design.get("credits", {}), there, length_minutes=minutes)
    gathering = session.gathering
    there_already = posted.minutes_between(
        session.community, list(by_pk), gathering.starts_at, gathering.ends_at, before=session.credited_at
    )
    left_out = {one.person: min(one.minutes, there_already[one.person]) for one in found}
    return [
        Line(by_pk[one.person], one.minutes - left_out[one.person], one.what, left_out[one.person]) for one in found
    ]


def _there(session: Session, design: dict[str, object], came: Sequence[Attendance]) -> list[course.There]:
    """Who led, who lent a hand, who attended; and who is paid for it."""
    leaders = leaders_of(session)
    helping = Seat.objects.of(session.community).filter(
        booking__gathering=session.gathering, booking__state="booked", part__kind="help"
    )
    helpers = set(helping.values_list("booking__membership", flat=True))
    roles = design.get("roles", {})
    assert isinstance(roles, dict)
    in_role = dict(Enrolment.objects.on(session.cohort.program).going_on().values_list("membership", "role"))
    found = []
    for row in came:
        does = "leading" if row.membership_id in leaders else "helping" if row.membership_id in helpers else "attending"
        paid = bool(roles.get(in_role.get(row.membership_id, ""), {}).get("paid", False))
        found.append(course.There(row.membership_id, does, row.minutes, paid))
    return found


@transaction.atomic
def credit(*, session: Session, by: Person, at: datetime) -> list[Transfer]:
    """Post the hours of a session, all or none, once. The same again posts nothing more.

    Raises NotYetHeld, StillDisputed, OwnHours, NothingEarned, NoPot, and what `timebank.pay_together` raises.
    """
    posted.one_at_a_time(session.community)
    program = held(session.cohort.program)
    stands: Session = Session.objects.of(session.community).select_related("cohort", "gathering").get(pk=session.pk)
    stands.community = stands.gathering.community = stands.cohort.community = session.community
    stands.cohort.program = program
    if stands.credited_at is not None:
        return []
    lines = [line for line in lines_of(stands) if line.minutes]
    if not lines:
        raise NothingEarned
    if any(line.membership.person_id == by.pk for line in lines):
        raise OwnHours
    pot = _pot(stands, by=by, at=at)
    transfers = timebank.pay_together(
        lines=[_transfer_line(stands, line, pot, by=by, at=at) for line in lines],
        by=by, at=at, key=f"session:{stands.pk}", kind=Transfer.Kind.GRANT,
    )  # fmt: skip
    stands.credited_at, stands.credited_by = at, by
    stands.credited_minutes = sum(line.minutes for line in lines)
    stands.save(update_fields=["credited_at", "credited_by", "credited_minutes"])
    activity.log(did="programs.session_credited", about_what=stands, by_id=by.pk, at=at)
    return transfers


def _pot(session: Session, *, by: Person, at: datetime) -> Account:
    """The account from which the hours come; a program's pot is opened when it is first needed. Raises NoPot."""
    program = session.cohort.program
    design = DesignVersion.objects.on(program).get(number=session.held_version).design
    pot: Account | None
    if design.get("credits", {}).get("from") == "program pot":
        group = program.group
        group.community = session.community
        pot = timebank.open_account(community=session.community, holder=group, by=by, at=at)
    else:
        pot = Account.objects.of(session.community).filter(kind=Account.Kind.COMMUNITY_POT).first()
    if pot is None or pot.closed_at is not None:
        raise NoPot
    pot.community = session.community
    return pot


def _transfer_line(session: Session, line: Line, pot: Account, *, by: Person, at: datetime) -> timebank.Line:
    payee = timebank.account_of(community=session.community, person=line.membership.person, by=by, at=at)
    return timebank.Line(
        payer=pot, payee=payee, minutes=line.minutes, note=session.cohort.program.title,
        helped_on=session.community.day_of(session.gathering.starts_at),
        key=posted.key_of(session.pk, line.membership.pk),
    )  # fmt: skip
