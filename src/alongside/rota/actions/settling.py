"""What became of duties, hours for them, and what a family owes where they were not done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people import undoing
from alongside.people.models import Person
from alongside.programs import posted
from alongside.programs.models import Enrolment, Program
from alongside.programs.models.program import design_of
from alongside.programs.rules.sections.giving import credit_of
from alongside.rota.actions.holding import NotPublishedYet, changed, held, held_program, log
from alongside.rota.eligible import NotOfThisPool
from alongside.rota.hours_once import by_sessions, key_of
from alongside.rota.models import Assignment, Exemption, Family, FeeLine, Rota
from alongside.rota.pool import pool_of
from alongside.rota.sums import sums_of
from alongside.timebank import actions as timebank
from alongside.timebank.models import Account, Transfer


class NotYet(Refusal):
    """What has not begun has neither been done nor missed."""


class OwnHours(Refusal):
    """Nobody posts hours to themself: another coordinator or a steward does."""


class OwnDuty(Refusal):
    """Whoever had the duty does not write down themself what became of it."""


class NothingEarned(Refusal):
    """By the program's policy these duties earn nobody hours, or all are posted."""


class NoPot(Refusal):
    """The pot from which the hours come is not open."""


class StillUnsettled(Refusal):
    """Of so many (`count`) duties nobody has said yet what became of them."""

    def __init__(self, *, count: int) -> None:
        super().__init__(str(count))
        self.count = count


class ExemptionUpsideDown(Refusal):
    """The last day lies before the first."""


@transaction.atomic
def settle_duty(*, assignment: Assignment, outcome: str, by: Person, at: datetime) -> Assignment:
    """Say that somebody has done a duty or has not; it may be put right until hours are posted or fees are written.

    `by` may take it back for ten seconds.
    Raises NotPublishedYet, NotYet, OwnDuty, SomeoneElseWasFaster.
    """
    rota = held(assignment.duty.rota)
    if rota.is_draft:
        raise NotPublishedYet
    rows = Assignment.objects.on(rota).standing().filter(pk=assignment.pk).with_people()
    stands: Assignment | None = rows.first()
    if stands is None or stands.credited_at is not None or rota.settled_at is not None:
        raise SomeoneElseWasFaster
    if stands.duty.starts_at > at:
        raise NotYet
    if stands.membership.person_id == by.pk:
        raise OwnDuty
    stands.community = rota.community
    before = {
        "outcome": stands.outcome,
        "settled_at": stands.settled_at.isoformat() if stands.settled_at else None,
        "settled_by_id": str(stands.settled_by_id) if stands.settled_by_id else None,
    }
    stands.outcome, stands.settled_at, stands.settled_by = outcome, at, by
    stands.save(update_fields=["outcome", "settled_at", "settled_by"])
    changed(rota)
    undoing.offer("rota.settle_duty", stands, by=by, at=at, revision=rota.revision, before=before)
    log(f"duty_{outcome}", stands, by=by, at=at)
    return stands


@dataclass(frozen=True)
class Line:
    """Minutes that a duty is worth to somebody. `left_out`: what a session at that time has posted already."""

    assignment: Assignment
    minutes: int
    left_out: int = 0


def lines_of(rota: Rota) -> list[Line]:
    """What the duties that were done and not posted yet earn, by the design as it is now; in order of their days.

    The same person's same time is posted once: what a session has posted for it is left out, and said.
    """
    design = design_of(rota.program)
    credits = design.get("credits", {})
    worth = credit_of(credits.get("helping", "none"))
    rows = Assignment.objects.on(rota).standing().filter(outcome=Assignment.Outcome.DONE, credited_at=None)
    rows = rows.with_people().in_order()
    unpaid = _unpaid(rota.program, design, credits)
    earned = {one: one.duty.minutes if worth is None else worth for one in rows if unpaid(one.membership_id)}
    there_already = by_sessions(rota.community, list(earned))
    lines = []
    for one, minutes in earned.items():
        left_out = min(minutes, there_already.get(one.pk, 0))
        lines.append(Line(one, minutes - left_out, left_out))
    return [line for line in lines if line.minutes or line.left_out]


def _unpaid(program: Program, design: Mapping[str, Any], credits: Mapping[str, Any]) -> Any:
    """Does somebody earn hours? Not who is paid for it, unless the policy says so."""
    roles = design.get("roles", {})
    in_role = dict(Enrolment.objects.on(program).going_on().values_list("membership", "role"))

    def earns(membership_id: UUID) -> bool:
        is_paid = bool(roles.get(in_role.get(membership_id, ""), {}).get("paid", False))
        return not is_paid or bool(credits.get("paid_people_earn", False))

    return earns


@transaction.atomic
def credit(*, rota: Rota, by: Person, at: datetime) -> list[Transfer]:
    """Post the hours of all duties that were done and not posted yet, all or none. The same again posts nothing more.

    Raises NotPublishedYet, OwnHours, NothingEarned, NoPot, and what `timebank.pay_together` raises.
    """
    posted.one_at_a_time(rota.community)
    rota.program = held_program(rota.program)
    stands = held(rota)
    if stands.is_draft:
        raise NotPublishedYet
    lines = [line for line in lines_of(stands) if line.minutes]
    if not lines:
        raise NothingEarned
    if any(line.assignment.membership.person_id == by.pk for line in lines):
        raise OwnHours
    pot = pot_of(stands)
    transfers = timebank.pay_together(
        lines=[_transfer_line(stands, line, pot, by=by, at=at) for line in lines],
        by=by, at=at, key=f"rota:{lines[0].assignment.pk}", kind=Transfer.Kind.GRANT,
    )  # fmt: skip
    for line in lines:
        one = line.assignment
        one.credited_minutes, one.credited_at, one.credited_by = line.minutes, at, by
    fields = ["credited_minutes", "credited_at", "credited_by"]
    Assignment.objects.bulk_update([line.assignment for line in lines], fields)
    changed(stands)
    log("credited", stands, by=by, at=at)
    return transfers


def pot_of(rota: Rota) -> Account:
    """The account from which the hours come. Raises NoPot."""
    accounts = Account.objects.of(rota.community).filter(closed_at=None)
    if design_of(rota.program).get("credits", {}).get("from") == "program pot":
        accounts = accounts.filter(kind=Account.Kind.GROUP_POT, group=rota.program.group_id)
    else:
        accounts = accounts.filter(kind=Account.Kind.COMMUNITY_POT)
    pot: Account | None = accounts.first()
    if pot is None:
        raise NoPot
    pot.community = rota.community
    return pot


def _transfer_line(rota: Rota, line: Line, pot: Account, *, by: Person, at: datetime) -> timebank.Line:
    one = line.assignment
    payee = timebank.account_of(community=rota.community, person=one.membership.person, by=by, at=at)
    return timebank.Line(
        payer=pot, payee=payee, minutes=line.minutes, note=f"{rota.program.title}: {one.duty.name}",
        helped_on=one.duty.day, key=key_of(one),
    )  # fmt: skip


@transaction.atomic
def exempt(
    *,
    program: Program,
    family_key: str,
    first_day: date,
    last_day: date,
    reason: str,
    by: Person,
    at: datetime,
    key: UUID,
) -> Exemption:
    """A family owes nothing for a time, for a reason. Raises NotOfThisPool, ExemptionUpsideDown."""
    stands = held_program(program)
    if made := Exemption.objects.of(stands.community).filter(key=key).first():
        return made  # type: ignore[no-any-return]
    if last_day < first_day:
        raise ExemptionUpsideDown
    home = pool_of(stands, on=stands.community.day_of(at)).homes.get(family_key)
    if home is None:
        raise NotOfThisPool
    family, _new = Family.objects.get_or_create(
        community=stands.community, program=stands, household=home.household, membership=home.alone
    )
    made = Exemption(
        community=stands.community, family=family, first_day=first_day, last_day=last_day, reason=reason, made_by=by,
        made_at=at, key=key,
    )  # fmt: skip
    made.save(force_insert=True)
    log("exempted", made, by=by, at=at)
    return made


@transaction.atomic
def end_exemption(*, exemption: Exemption, by: Person, at: datetime) -> Exemption:
    """From now on the family owes as others do; fees that were written stay. Raises SomeoneElseWasFaster."""
    rows = Exemption.objects.of(exemption.community).standing().filter(pk=exemption.pk)
    if not rows.update(ended_at=at):
        raise SomeoneElseWasFaster
    exemption.refresh_from_db()
    log("exemption_ended", exemption, by=by, at=at)
    return exemption


@transaction.atomic
def settle_fees(*, rota: Rota, by: Person, at: datetime) -> list[FeeLine]:
    """Write down what each family owes for duties of this rota that were not done; once, when it is over.

    Raises NotPublishedYet, NotYet, StillUnsettled, SomeoneElseWasFaster.
    """
    stands = held(rota)
    if stands.is_draft:
        raise NotPublishedYet
    if stands.settled_at is not None:
        raise SomeoneElseWasFaster
    if stands.community.day_of(at) <= stands.last_day:
        raise NotYet
    if open_ones := Assignment.objects.on(stands).standing().filter(outcome="").count():
        raise StillUnsettled(count=open_ones)
    fee = stands.section.get("fee", {})
    lines = []
    for row in sums_of(stands, at=at):
        if not row.sum.missing:
            continue
        line = FeeLine(
            community=stands.community, rota=stands, family=row.family(), owed=row.sum.owed, missing=row.sum.missing,
            exemption=row.exemption, made_by=by, made_at=at,
        )  # fmt: skip
        if row.exemption is None:
            if row.sum.fee:
                line.minor, line.currency = row.sum.fee
            elif fee.get("words"):
                line.words = fee["words"]
            else:
                continue
        lines.append(line)
    FeeLine.objects.bulk_create(lines)
    changed(stands, settled_at=at, settled_by=by)
    log("fees_settled", stands, by=by, at=at)
    return lines
